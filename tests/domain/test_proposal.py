from __future__ import annotations

import pytest

from kb.domain.heading_words import LESSONS, Use, use_of_heading, use_of_words
from kb.domain.lesson import LessonKind
from kb.domain.proposal import Proposal, proposals
from kb.domain.sections import Paper, Section

LONG = (
    "The unit had worked for a year on the forum when a partner abroad told of a member who lived in our country. "
    * 3
)


def proposed(*sections: Section) -> list[tuple[str, Use]]:
    return [(each.section.heading, each.use) for each in proposals(Paper(sections=sections))]


def test_parts_that_become_lessons_are_spelt_as_their_kinds() -> None:
    assert {use.value for use in LESSONS} == {kind.value for kind in LessonKind}


@pytest.mark.parametrize(
    ("heading", "use"),
    [
        ("Abstract", Use.SUMMARY), ("Der Sachverhalt", Use.SUMMARY), ("Antecedentes", Use.SUMMARY), ("Résumé", Use.SUMMARY),
        ("Premessa", Use.SUMMARY), ("Введение", Use.SUMMARY),
        ("What stood in the way", Use.DIFFICULTY), ("Schwierigkeiten", Use.DIFFICULTY), ("Obstáculos", Use.DIFFICULTY),
        ("Les difficultés rencontrées", Use.DIFFICULTY), ("Criticità", Use.DIFFICULTY), ("С какими трудностями мы столкнулись", Use.DIFFICULTY),
        ("How we solved it", Use.SOLUTION), ("Lösungen", Use.SOLUTION), ("Medidas adoptadas", Use.SOLUTION), ("Mesures prises", Use.SOLUTION),
        ("Soluzioni", Use.SOLUTION), ("Решения", Use.SOLUTION), ("What was overcome", Use.SOLUTION), ("What we tried", Use.SOLUTION),
        ("Lessons learned", Use.GOOD_PRACTICE), ("Empfehlungen für andere", Use.GOOD_PRACTICE), ("Recomendaciones", Use.GOOD_PRACTICE),
        ("Bonnes pratiques", Use.GOOD_PRACTICE), ("Raccomandazioni", Use.GOOD_PRACTICE), ("Выводы", Use.GOOD_PRACTICE),
        ("Cross-border issues", Use.CROSS_BORDER_ISSUE), ("Grenzüberschreitendes", Use.CROSS_BORDER_ISSUE),
        ("Cuestiones transfronterizas", Use.CROSS_BORDER_ISSUE), ("Questions transfrontalières", Use.CROSS_BORDER_ISSUE),
        ("All'estero", Use.CROSS_BORDER_ISSUE), ("Международное сотрудничество", Use.CROSS_BORDER_ISSUE),
        ("References", Use.LEAVE_OUT), ("Vielen Dank!", Use.LEAVE_OUT), ("Questions?", Use.LEAVE_OUT), ("Список литературы", Use.LEAVE_OUT),
    ],
)  # fmt: skip
def test_a_heading_tells_what_stands_below_it(heading: str, use: Use) -> None:
    assert use_of_heading(heading) is use


@pytest.mark.parametrize(
    "heading", ["", "The forum", "Operation of the unit", "Sweetheart", "Undercover work"]
)
def test_other_headings_tell_nothing(heading: str) -> None:
    assert use_of_heading(heading) is None


def test_the_first_telling_word_decides() -> None:
    assert use_of_heading("Difficulties and how they were solved") is Use.DIFFICULTY
    assert use_of_heading("Solutions to difficulties") is Use.SOLUTION


def test_a_long_heading_with_a_word_of_the_end_matter_tells_something_else() -> None:
    assert use_of_heading("What the contact point told us about the obstacle") is Use.DIFFICULTY


def test_a_text_tells_its_kind_where_it_speaks_of_one_far_more_than_of_others() -> None:
    assert use_of_words("An obstacle, a difficulty and one more problem.") is Use.DIFFICULTY
    assert use_of_words("An obstacle and its solution, a difficulty and its solution.") is None
    assert use_of_words("One obstacle.") is None


def test_the_sections_of_a_plain_paper() -> None:
    assert proposed(
        Section(text="Vienna, September 2007"),
        Section(heading="Background", text=LONG),
        Section(heading="Difficulties", text=LONG),
        Section(heading="Measures", text=LONG),
        Section(heading="Recommendations", text=LONG),
        Section(heading="References", text="A book"),
    ) == [
        ("", Use.LEAVE_OUT),
        ("Background", Use.SUMMARY),
        ("Difficulties", Use.DIFFICULTY),
        ("Measures", Use.SOLUTION),
        ("Recommendations", Use.GOOD_PRACTICE),
        ("References", Use.LEAVE_OUT),
    ]


def test_numbers_of_headings_are_left_out() -> None:
    assert proposed(Section(heading="2.1 How we solved it", text=LONG)) == [
        ("How we solved it", Use.SOLUTION)
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
        ("Facts", Use.SUMMARY),
        ("Difficulties", Use.LEAVE_OUT),
        ("Retention", Use.DIFFICULTY),
        ("The response of providers took three months", Use.DIFFICULTY),
        ("Solution", Use.SOLUTION),
        ("The forum", Use.LEAVE_OUT),
    ]


def test_long_words_above_other_headings_are_a_lesson_themselves() -> None:
    found = proposed(
        Section(heading="Facts", text="x"),
        Section(heading="Difficulties", text=LONG),
        Section(heading="A", level=2, text=LONG),
    )
    assert found[1] == ("Difficulties", Use.DIFFICULTY)


def test_a_heading_without_words_is_no_section_but_tells_of_those_below() -> None:
    assert proposed(Section(heading="Solutions"), Section(heading="The desk", level=2, text=LONG)) == [
        ("The desk", Use.SOLUTION)
    ]


def test_untelling_headings_are_judged_by_place_and_words() -> None:
    assert proposed(
        Section(heading="The forum", text=LONG),
        Section(heading="How it was found", text=LONG),
        Section(heading="Later", text="The main obstacle and a second difficulty."),
        Section(heading="And then", text="Nothing."),
        Section(heading="At last", text="Nothing."),
    ) == [
        ("The forum", Use.SUMMARY),
        ("How it was found", Use.SUMMARY),
        ("Later", Use.DIFFICULTY),
        ("And then", Use.LEAVE_OUT),
        ("At last", Use.LEAVE_OUT),
    ]


def test_a_long_beginning_without_heading_is_the_summary() -> None:
    assert proposed(Section(text=LONG), Section(heading="Measures", text="x"))[0] == ("", Use.SUMMARY)


def test_each_point_of_a_list_of_difficulties_is_one() -> None:
    paper = Paper(
        sections=(
            Section(heading="Difficulties", text="Two:\n\n- A: one.\n- B: two.\n\nBoth."),
            Section(heading="x"),
        )
    )
    assert proposals(paper) == (
        Proposal(section=Section(heading="Difficulties", text="Two:"), use=Use.LEAVE_OUT),
        Proposal(section=Section(heading="A", level=2, text="one."), use=Use.DIFFICULTY),
        Proposal(section=Section(heading="B", level=2, text="two."), use=Use.DIFFICULTY),
        Proposal(section=Section(heading="Difficulties", text="Both."), use=Use.CONTINUES),
    )


def test_a_list_of_points_alone_becomes_those_points_alone() -> None:
    section = Section(heading="Difficulties", text="- A: one.\n- B: two.")
    assert proposed(section) == [("A", Use.DIFFICULTY), ("B", Use.DIFFICULTY)]


def test_a_list_in_the_summary_stays_whole() -> None:
    assert proposed(Section(heading="Summary", text="- A: one.\n- B: two.")) == [("Summary", Use.SUMMARY)]


def test_what_is_said_to_a_slide_belongs_to_it() -> None:
    assert proposed(
        Section(heading="Difficulties", text="Logs", slide=2),
        Section(heading="Difficulties", text="They were gone.", slide=2, spoken=True),
        Section(heading="Solutions", text="I have nothing to show.", slide=3, spoken=True),
    ) == [
        ("Difficulties", Use.DIFFICULTY),
        ("Difficulties", Use.CONTINUES),
        ("Solutions", Use.SOLUTION),
    ]
