from __future__ import annotations

import pytest

from kb.domain.heading_words import LESSONS, Part, part_of_heading, part_of_words
from kb.domain.lesson import LessonKind
from kb.domain.proposal import Proposal, proposals
from kb.domain.sections import Paper, Section

LONG = (
    "The unit had worked for a year on the forum when a partner abroad told of a member who lived in our country. "
    * 3
)


def proposed(*sections: Section) -> list[tuple[str, Part]]:
    return [(each.section.heading, each.part) for each in proposals(Paper(sections=sections))]


def test_parts_that_become_lessons_are_spelt_as_their_kinds() -> None:
    assert {part.value for part in LESSONS} == {kind.value for kind in LessonKind}


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("Abstract", Part.SUMMARY), ("Der Sachverhalt", Part.SUMMARY), ("Antecedentes", Part.SUMMARY), ("Résumé", Part.SUMMARY),
        ("Premessa", Part.SUMMARY), ("Введение", Part.SUMMARY),
        ("What stood in the way", Part.DIFFICULTY), ("Schwierigkeiten", Part.DIFFICULTY), ("Obstáculos", Part.DIFFICULTY),
        ("Les difficultés rencontrées", Part.DIFFICULTY), ("Criticità", Part.DIFFICULTY), ("С какими трудностями мы столкнулись", Part.DIFFICULTY),
        ("How we solved it", Part.SOLUTION), ("Lösungen", Part.SOLUTION), ("Medidas adoptadas", Part.SOLUTION), ("Mesures prises", Part.SOLUTION),
        ("Soluzioni", Part.SOLUTION), ("Решения", Part.SOLUTION), ("What was overcome", Part.SOLUTION),
        ("Lessons learned", Part.GOOD_PRACTICE), ("Empfehlungen für andere", Part.GOOD_PRACTICE), ("Recomendaciones", Part.GOOD_PRACTICE),
        ("Bonnes pratiques", Part.GOOD_PRACTICE), ("Raccomandazioni", Part.GOOD_PRACTICE), ("Выводы", Part.GOOD_PRACTICE),
        ("Cross-border issues", Part.CROSS_BORDER_ISSUE), ("Grenzüberschreitendes", Part.CROSS_BORDER_ISSUE),
        ("Cuestiones transfronterizas", Part.CROSS_BORDER_ISSUE), ("Questions transfrontalières", Part.CROSS_BORDER_ISSUE),
        ("All'estero", Part.CROSS_BORDER_ISSUE), ("Международное сотрудничество", Part.CROSS_BORDER_ISSUE),
        ("References", Part.LEAVE_OUT), ("Vielen Dank!", Part.LEAVE_OUT), ("Questions?", Part.LEAVE_OUT), ("Список литературы", Part.LEAVE_OUT),
    ],
)  # fmt: skip
def test_a_heading_tells_what_stands_below_it(heading: str, part: Part) -> None:
    assert part_of_heading(heading) is part


@pytest.mark.parametrize(
    "heading", ["", "The forum", "Operation of the unit", "Sweetheart", "Undercover work"]
)
def test_other_headings_tell_nothing(heading: str) -> None:
    assert part_of_heading(heading) is None


def test_the_first_telling_word_decides() -> None:
    assert part_of_heading("Difficulties and how they were solved") is Part.DIFFICULTY
    assert part_of_heading("Solutions to difficulties") is Part.SOLUTION


def test_a_long_heading_with_a_word_of_the_end_matter_tells_something_else() -> None:
    assert part_of_heading("What the contact point told us about the obstacle") is Part.DIFFICULTY


def test_a_text_tells_its_kind_where_it_speaks_of_one_far_more_than_of_others() -> None:
    assert part_of_words("An obstacle, a difficulty and one more problem.") is Part.DIFFICULTY
    assert part_of_words("An obstacle and its solution, a difficulty and its solution.") is None
    assert part_of_words("One obstacle.") is None


def test_the_sections_of_a_plain_paper() -> None:
    assert proposed(
        Section(text="Vienna, September 2007"),
        Section(heading="Background", text=LONG),
        Section(heading="Difficulties", text=LONG),
        Section(heading="Measures", text=LONG),
        Section(heading="Recommendations", text=LONG),
        Section(heading="References", text="A book"),
    ) == [
        ("", Part.LEAVE_OUT),
        ("Background", Part.SUMMARY),
        ("Difficulties", Part.DIFFICULTY),
        ("Measures", Part.SOLUTION),
        ("Recommendations", Part.GOOD_PRACTICE),
        ("References", Part.LEAVE_OUT),
    ]


def test_what_stands_below_a_telling_heading_is_of_its_kind() -> None:
    assert proposed(
        Section(heading="Facts", text=LONG),
        Section(heading="Difficulties", text="They were two."),
        Section(heading="Retention", level=2, text=LONG),
        Section(heading="The response of providers took three months", level=2, text=LONG),
        Section(heading="Solution", level=3, text=LONG),
        Section(heading="The forum", level=1, text="It closed."),
    ) == [
        ("Facts", Part.SUMMARY),
        ("Difficulties", Part.LEAVE_OUT),
        ("Retention", Part.DIFFICULTY),
        ("The response of providers took three months", Part.DIFFICULTY),
        ("Solution", Part.SOLUTION),
        ("The forum", Part.LEAVE_OUT),
    ]


def test_long_words_above_other_headings_are_a_lesson_themselves() -> None:
    found = proposed(
        Section(heading="Facts", text="x"),
        Section(heading="Difficulties", text=LONG),
        Section(heading="A", level=2, text=LONG),
    )
    assert found[1] == ("Difficulties", Part.DIFFICULTY)


def test_a_heading_without_words_is_no_section_but_tells_of_those_below() -> None:
    assert proposed(Section(heading="Solutions"), Section(heading="The desk", level=2, text=LONG)) == [
        ("The desk", Part.SOLUTION)
    ]


def test_untelling_headings_are_judged_by_place_and_words() -> None:
    assert proposed(
        Section(heading="The forum", text=LONG),
        Section(heading="How it was found", text=LONG),
        Section(heading="Later", text="The main obstacle and a second difficulty."),
        Section(heading="And then", text="Nothing."),
        Section(heading="At last", text="Nothing."),
    ) == [
        ("The forum", Part.SUMMARY),
        ("How it was found", Part.SUMMARY),
        ("Later", Part.DIFFICULTY),
        ("And then", Part.LEAVE_OUT),
        ("At last", Part.LEAVE_OUT),
    ]


def test_a_long_beginning_without_heading_is_the_summary() -> None:
    assert proposed(Section(text=LONG), Section(heading="Measures", text="x"))[0] == ("", Part.SUMMARY)


def test_each_point_of_a_list_of_difficulties_is_one() -> None:
    paper = Paper(
        sections=(
            Section(heading="Difficulties", text="Two:\n\n- A: one.\n- B: two.\n\nBoth."),
            Section(heading="x"),
        )
    )
    assert proposals(paper) == (
        Proposal(section=Section(heading="Difficulties", text="Two:"), part=Part.LEAVE_OUT),
        Proposal(section=Section(heading="A", level=2, text="one."), part=Part.DIFFICULTY),
        Proposal(section=Section(heading="B", level=2, text="two."), part=Part.DIFFICULTY),
        Proposal(section=Section(heading="Difficulties", text="Both."), part=Part.CONTINUES),
    )


def test_a_list_of_points_alone_becomes_those_points_alone() -> None:
    section = Section(heading="Difficulties", text="- A: one.\n- B: two.")
    assert proposed(section) == [("A", Part.DIFFICULTY), ("B", Part.DIFFICULTY)]


def test_a_list_in_the_summary_stays_whole() -> None:
    assert proposed(Section(heading="Summary", text="- A: one.\n- B: two.")) == [("Summary", Part.SUMMARY)]


def test_what_is_said_to_a_slide_belongs_to_it() -> None:
    assert proposed(
        Section(heading="Difficulties", text="Logs", slide=2),
        Section(heading="Difficulties", text="They were gone.", slide=2, spoken=True),
        Section(heading="Solutions", text="I have nothing to show.", slide=3, spoken=True),
    ) == [
        ("Difficulties", Part.DIFFICULTY),
        ("Difficulties", Part.CONTINUES),
        ("Solutions", Part.SOLUTION),
    ]
