from __future__ import annotations

import pytest
from pydantic import ValidationError

from kb.domain.case_study import MOST_LESSONS, CaseStudy
from kb.domain.lesson import CrossBorderIssue, Difficulty, GoodPractice, Lesson, Solution
from kb.domain.marking import OFFICERS_VIEWER, OPERATOR_VIEWER, Audience, Marking, Viewer
from tests.samples import LESSONS, VIENNA, a_case

LOGS, PRESERVE, TEMPLATE, BORDER = LESSONS
OWN = Viewer(tokens=OFFICERS_VIEWER.tokens, organisation="vienna")
FOREIGN = Viewer(tokens=OFFICERS_VIEWER.tokens, organisation="brussels")


def test_a_draft_may_lack_almost_everything() -> None:
    assert CaseStudy().lessons == ()


def test_a_case_gives_its_lessons_by_kind_and_by_key() -> None:
    case = a_case()

    assert (case.difficulties, case.solutions) == ((LOGS,), (PRESERVE,))
    assert (case.good_practices, case.cross_border_issues) == ((TEMPLATE,), (BORDER,))
    assert case.lesson("preserve") == PRESERVE
    assert case.lesson("nothing") is None


def test_the_solutions_of_a_difficulty_are_those_that_answer_it() -> None:
    other = Difficulty(key="other", title="Another")
    case = a_case(lessons=(*LESSONS, other))

    assert case.solutions_of("logs") == (PRESERVE,)
    assert case.solutions_of("other") == ()


def test_two_lessons_of_one_key_are_refused() -> None:
    with pytest.raises(ValidationError, match="Two lessons have the key 'logs'"):
        a_case(lessons=(LOGS, LOGS))


@pytest.mark.parametrize(
    ("lesson", "sentence"),
    [
        (Solution(key="s1", answers=("nothing",)), "'s1' refers to 'nothing', which is no difficulty"),
        (Solution(key="s1", answers=("border",)), "'s1' refers to 'border', which is no difficulty"),
        (GoodPractice(key="p1", grew_from=("logs",)), "'p1' refers to 'logs', which is no solution"),
    ],
)
def test_a_lesson_that_refers_to_what_is_not_there_is_refused(lesson: Lesson, sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        a_case(lessons=(LOGS, BORDER, lesson))


def test_a_case_has_room_for_so_many_lessons_and_no_more() -> None:
    lessons = tuple(Difficulty(key=f"d{number}") for number in range(MOST_LESSONS + 1))

    assert len(a_case(lessons=lessons[1:]).lessons) == MOST_LESSONS
    with pytest.raises(ValidationError, match="at most 60"):
        a_case(lessons=lessons)


def test_countries_are_given_once_with_the_lead_first() -> None:
    assert a_case(lead_country="BE", other_countries=("AT", "be", "AT")).countries == ("BE", "AT")
    assert CaseStudy(other_countries=("FR",)).countries == ("FR",)


WITHHELD = {
    "audience": Audience(marking=Marking.AMBER, countries=("FR",), persons=("anna",), chatham_house=True),
    "other_countries": ("BE",),
    "event": "vienna-2007",
    "presenter_role": "Head of unit",
    "contact": "Desk of the unit",
    "author": "anna",
    "source_key": "row 7",
}


@pytest.mark.parametrize("viewer", [OWN, OPERATOR_VIEWER])
def test_the_owner_and_the_operator_read_a_withheld_origin(viewer: Viewer) -> None:
    case = a_case(**WITHHELD)

    assert case.shown_to(viewer) is case


def test_nobody_else_reads_anything_that_tells_a_withheld_origin() -> None:
    shown = a_case(**WITHHELD).shown_to(FOREIGN)

    assert (shown.owner, shown.author, shown.event, shown.source_key) == (None, None, None, "")
    assert (shown.countries, shown.presenter_role, shown.contact) == ((), "", "")
    assert shown.audience == Audience(marking=Marking.AMBER, chatham_house=True)
    (border,) = shown.cross_border_issues
    assert (border.from_country, border.to_countries) == (None, ())
    assert (shown.title, shown.summary) == (a_case().title, a_case().summary)
    assert shown.lessons[:3] == LESSONS[:3]
    assert border.channels == BORDER.channels


def test_a_stated_origin_is_read_by_everybody() -> None:
    case = a_case(author="anna")

    assert case.shown_to(FOREIGN) is case


def test_a_complete_case_has_nothing_to_mend() -> None:
    assert a_case().problems == ()


def test_what_stands_between_a_draft_and_its_submission_is_said_field_by_field() -> None:
    empty = CaseStudy(audience=Audience(marking=Marking.RED))

    assert [field for field, _ in empty.problems] == [
        "title",
        "summary",
        "lessons",
        "owner",
        "audience.persons",
    ]
    assert all(sentence.endswith(".") for _, sentence in empty.problems)


def test_a_red_case_that_names_persons_has_nothing_to_mend() -> None:
    assert a_case(audience=Audience(marking=Marking.RED, persons=("anna",))).problems == ()


def test_every_lesson_needs_a_title_and_a_text() -> None:
    case = a_case(owner=VIENNA, lessons=(Difficulty(key="d1"), CrossBorderIssue(key="b1", title="Rejected")))

    assert case.problems == (
        ("lessons.d1.title", "Give this difficulty a title."),
        ("lessons.d1.text", "Describe this difficulty."),
        ("lessons.b1.text", "Describe this cross-border issue."),
    )


def test_a_difficulty_that_is_told_elsewhere_needs_no_text_of_its_own() -> None:
    case = a_case(lessons=(Difficulty(key="d1", title="Logs again", same_as=("other/d1",)),))

    assert case.problems == ()


def test_a_difficulty_names_others_as_search_does() -> None:
    for wrong in ("other", "other/", "/d1", "other/D1", "other/d1/x", "../d1"):
        with pytest.raises(ValidationError):
            Difficulty.model_validate({"key": "d1", "same_as": (wrong,)})
