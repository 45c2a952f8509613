from __future__ import annotations

import pytest

from kb.domain.document import Block, BlockKind, DropKind, Dropped, Manuscript
from kb.domain.sections import MOST_SECTIONS, Paper, Section, paper_of, unnumbered


def heading(text: str, level: int = 1, slide: int = 0) -> Block:
    return Block(kind=BlockKind.HEADING, text=text, level=level, slide=slide)


def words(text: str, slide: int = 0, *, spoken: bool = False) -> Block:
    return Block(kind=BlockKind.PARAGRAPH, text=text, slide=slide, spoken=spoken)


def read(*blocks: Block) -> Paper:
    return paper_of(Manuscript(blocks=blocks))


def headings(paper: Paper) -> list[tuple[int, str]]:
    return [(section.level, section.heading) for section in paper.sections]


def test_headings_become_sections_with_the_words_below_them() -> None:
    paper = read(
        Block(kind=BlockKind.TITLE, text="A case of hosting"),
        heading("Summary"),
        words("One."),
        words("Two."),
        heading("Difficulties"),
        Block(kind=BlockKind.LIST, text="- a\n- b"),
    )
    assert paper.title == "A case of hosting"
    assert paper.sections == (
        Section(heading="Summary", text="One.\n\nTwo."),
        Section(heading="Difficulties", text="- a\n- b"),
    )


def test_what_was_dropped_stays_said() -> None:
    dropped = (Dropped(kind=DropKind.IMAGES, count=2),)
    assert paper_of(Manuscript(blocks=(words("x"),), dropped=dropped)).dropped == dropped


@pytest.mark.parametrize(
    "line",
    [
        "**Difficulties**",
        "**Difficulties:**",
        "**Difficulties**:",
        "2. Difficulties",
        "2 Difficulties",
        "2) Difficulties",
    ],
)
def test_a_line_that_reads_as_a_heading_is_one(line: str) -> None:
    found = headings(read(words("Before it stood a sentence."), words(line), words("The logs were gone.")))
    assert [(level, unnumbered(heading)) for level, heading in found[1:]] == [(1, "Difficulties")]


def test_capitals_make_a_heading_and_keep_them() -> None:
    assert headings(read(words("Text."), words("TRUDNOST И МЕРЫ"), words("Text."))) == [
        (1, ""),
        (1, "TRUDNOST И МЕРЫ"),
    ]


def test_numbers_tell_the_level() -> None:
    paper = read(
        words("1 Introduction"),
        words("Text."),
        words("1.1 The unit"),
        words("Text."),
        words("2 Results"),
        words("Text."),
    )
    assert headings(paper) == [(1, "1 Introduction"), (2, "1.1 The unit"), (1, "2 Results")]
    assert [unnumbered(section.heading) for section in paper.sections] == [
        "Introduction",
        "The unit",
        "Results",
    ]
    assert unnumbered("Results of 2007") == "Results of 2007"


def test_a_line_in_bold_stands_below_the_last_real_heading() -> None:
    assert headings(read(heading("Difficulties", 2), words("**Retention**"), words("Gone."))) == [
        (2, "Difficulties"),
        (3, "Retention"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "**Nobody answered, and nobody said why; weeks went by** until a desk was found.",
        "3. We asked the provider for the records and waited.",
        "12 days later,",
        "EU",
        "**" + "very " * 30 + "long**",
        "**word " + "x" * 130 + "**",
        "** **",
        "One line\nand another",
    ],
)
def test_a_sentence_is_no_heading(line: str) -> None:
    assert headings(read(heading("Facts"), words(line), words("More."))) == [(1, "Facts")]


def test_lines_numbered_by_hand_are_a_list() -> None:
    paper = read(heading("Steps"), words("1. Ask the desk"), words("2. Wait for it"), words("3. Ask again"))
    assert headings(paper) == [(1, "Steps")]


def test_the_last_line_is_no_heading() -> None:
    assert headings(read(heading("Facts"), words("Text."), words("**The end**"))) == [(1, "Facts")]


def test_footnotes_come_at_the_end_of_their_section() -> None:
    note = Block(kind=BlockKind.NOTE, text="[1] Said by the prosecutor.")
    paper = read(heading("Facts"), words("Text [1]."), note, words("More."), heading("End"), words("x"))
    assert paper.sections[0].text == "Text [1].\n\nMore.\n\n[1] Said by the prosecutor."


# -- the title --


def test_the_only_heading_of_its_rank_is_the_title() -> None:
    paper = read(
        heading("A case", 1), words("Vienna."), heading("Facts", 2), words("x"), heading("End", 2), words("y")
    )
    assert paper.title == "A case"
    assert [section.heading for section in paper.sections] == ["", "Facts", "End"]


def test_a_line_above_all_headings_is_the_title() -> None:
    assert read(words("A case of hosting"), heading("Facts"), words("x")).title == "A case of hosting"


def test_the_first_slide_gives_the_title() -> None:
    paper = read(heading("A case", slide=1), words("Vienna", 1), heading("Facts", slide=2), words("x", 2))
    assert (paper.title, paper.sections[0]) == ("A case", Section(text="Vienna", slide=1))


@pytest.mark.parametrize(
    "blocks",
    [
        (words("Only a sentence stands here."),),
        (heading("Facts"), words("x"), heading("End"), words("y")),
        (heading("Facts"), words("x")),
        (words("A sentence stands first."), heading("Facts"), words("x")),
        (),
    ],
)
def test_where_nothing_is_a_title_there_is_none(blocks: tuple[Block, ...]) -> None:
    assert read(*blocks).title == ""


def test_a_title_is_no_longer_than_one_may_be() -> None:
    assert len(read(Block(kind=BlockKind.TITLE, text="x" * 900), words("y")).title) == 300


# -- slides --


def test_notes_of_a_slide_are_a_section_of_their_own() -> None:
    paper = read(
        heading("A case", slide=1),
        heading("Difficulties", slide=2),
        words("Logs", 2),
        words("I say this.", 2, spoken=True),
        words("And that.", 2, spoken=True),
        heading("End", slide=3),
        words("Thanks", 3),
    )
    assert paper.sections == (
        Section(heading="Difficulties", text="Logs", slide=2),
        Section(heading="Difficulties", text="I say this.\n\nAnd that.", slide=2, spoken=True),
        Section(heading="End", text="Thanks", slide=3),
    )


def test_notes_of_the_title_slide_have_no_heading() -> None:
    paper = read(heading("A case", slide=1), words("Good morning.", 1, spoken=True), heading("x", slide=2))
    assert paper.sections[0] == Section(text="Good morning.", slide=1, spoken=True)


# -- very many --


def test_deep_sections_become_part_of_those_above_where_there_are_too_many() -> None:
    blocks = [Block(kind=BlockKind.TITLE, text="Long")]
    for number in range(MOST_SECTIONS):
        blocks += [heading(f"Part {number}", 1), words("a"), heading("Detail", 2), words("b")]
    sections = read(*blocks).sections
    assert len(sections) == MOST_SECTIONS
    assert sections[0] == Section(heading="Part 0", text="a\n\n**Detail**\n\nb")


def test_sections_of_one_level_are_joined_in_pairs_where_there_are_too_many() -> None:
    blocks = [Block(kind=BlockKind.TITLE, text="Long")]
    for number in range(MOST_SECTIONS + 1):
        blocks += [heading(f"Part {number}"), words("a")]
    sections = read(*blocks).sections
    assert len(sections) == MOST_SECTIONS // 2 + 1
    assert sections[0].text == "a\n\n**Part 1**\n\na"
    assert sections[-1].heading == f"Part {MOST_SECTIONS}"


def test_a_deep_beginning_is_kept_too() -> None:
    blocks = [Block(kind=BlockKind.TITLE, text="Long"), heading("Deep", 2), words("a")]
    for number in range(MOST_SECTIONS):
        blocks += [heading(f"Part {number}", 1), words("b")]
    sections = read(*blocks).sections
    assert sections[0].text == "a\n\n**Part 0**\n\nb"


# -- language --


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The provider said that it had kept the records for only a week and that no other office could help us in time.", "en"),
        ("Der Anbieter sagte, dass er die Daten nur eine Woche lang habe und dass uns keine andere Stelle bei der Frage helfen kann.", "de"),
        ("Le fournisseur nous a dit que les données ne sont pas là depuis une semaine et que la police de ce pays ne peut rien.", "fr"),
        ("El proveedor dijo que no tiene los datos de la semana y que la policía de ese país no puede hacer nada por nosotros.", "es"),
        ("Il fornitore ha detto che non ha i dati della settimana e che la polizia di questo paese non può fare nulla per noi con ciò.", "it"),
        ("Оператор сказал, что у него нет данных за эту неделю и что полиция этой страны не может помочь нам, как бы мы ни просили его об этом, и так далее.", "ru"),
        ("12 + 30", ""),
    ],
)  # fmt: skip
def test_the_language_is_guessed_from_small_words(text: str, language: str) -> None:
    assert read(words(text), words(text)).language == language
