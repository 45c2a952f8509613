"""What steps make of a case: others' changes stand, and what is done names exactly what it did."""

from __future__ import annotations

import pytest

from kb.domain.bearing import keys_at
from kb.domain.bearing_change import changed, inverse, is_still_so, place_of
from kb.domain.case_study import CaseStudy
from kb.domain.marking import Audience, Marking
from kb.domain.operation import BearingStep, StepOutcome
from tests.samples import BRUSSELS, LESSONS, a_case

CASE = a_case(tags=("one", "two", "three"))


def step(lesson: str = "", field: str = "tags", **fields: object) -> BearingStep:
    return BearingStep.model_validate(
        {"case": "seven", "revision": 1, "lesson": lesson, "field": field, **fields}
    )


def take(now: CaseStudy, each: BearingStep) -> tuple[CaseStudy, BearingStep]:
    case, (came_to,) = changed(now, {1: CASE}, [each])
    assert isinstance(case, CaseStudy)
    return case, came_to


def test_what_comes_stands_where_the_first_that_goes_stood() -> None:
    case, done = take(CASE, step(remove=("two", "three"), add=("four",)))
    assert (case.tags, done.outcome) == (("one", "four"), StepOutcome.DONE)


def test_what_is_only_added_comes_last_and_names_only_what_was_not_there() -> None:
    case, done = take(CASE, step(add=("one", "four")))
    assert (case.tags, done.add, done.remove) == (("one", "two", "three", "four"), ("four",), ())


def test_a_lesson_is_changed_alone() -> None:
    case, _ = take(
        CASE, step("logs", "categories", remove=("retention-expired",), add=("cgnat-attribution",))
    )
    assert [each.categories for each in case.difficulties] == [("cgnat-attribution",)]
    assert case.model_copy(update={"lessons": CASE.lessons}) == CASE


def test_a_stage_gives_way_to_the_one_that_takes_its_place() -> None:
    case, done = take(CASE, step("logs", "stage", remove=("attribution",), add=("triage",)))
    assert (case.difficulties[0].stage, done.outcome) == ("triage", StepOutcome.DONE)


LOGS = LESSONS[0]


@pytest.mark.parametrize(
    ("now", "each", "outcome"),
    [
        (CASE, step(remove=("four",), add=("five",)), StepOutcome.SO_ALREADY),
        (CASE, step(add=("one",)), StepOutcome.SO_ALREADY),
        (CASE, step("logs", "stage", add=("triage",)), StepOutcome.REWRITTEN),
        (CASE, step("gone", add=("four",)), StepOutcome.REWRITTEN),
        (CASE, step("preserve", "stage", add=("four",)), StepOutcome.REWRITTEN),
        (a_case(title="Eight days", tags=CASE.tags), step(add=("four",)), StepOutcome.REWRITTEN),
        (
            a_case(lessons=(LOGS.model_copy(update={"text": "For six days."}), *LESSONS[1:])),
            step("logs", add=("four",)),
            StepOutcome.REWRITTEN,
        ),
        (
            a_case(lessons=(*LESSONS, LOGS.model_copy(update={"key": "later"}))),
            step("later", add=("four",)),
            StepOutcome.REWRITTEN,
        ),
        (a_case(owner=BRUSSELS), step(add=("four",)), StepOutcome.REMARKED),
        (a_case(audience=Audience(marking=Marking.AMBER)), step(add=("four",)), StepOutcome.REMARKED),
    ],
)
def test_a_step_that_was_planned_on_another_text_changes_nothing_and_says_why(
    now: CaseStudy, each: BearingStep, outcome: StepOutcome
) -> None:
    case, left = take(now, each)
    assert case is now
    assert left == each.model_copy(update={"outcome": outcome})


def test_what_others_put_on_the_same_lesson_meanwhile_stands() -> None:
    others = LOGS.model_copy(update={"tags": ("others",), "stage": "triage"})
    case, done = take(a_case(lessons=(others, *LESSONS[1:])), step("logs", add=("mine",)))
    assert (case.difficulties[0].tags, done.outcome) == (("others", "mine"), StepOutcome.DONE)


def test_a_step_is_taken_back_by_its_inverse_and_only_while_all_of_it_is_so() -> None:
    case, done = take(CASE, step(remove=("two",), add=("four",)))
    assert is_still_so(case, done)
    assert take(case, inverse(done, 1))[0] == CASE
    assert keys_at(case, place_of(done)) == ("one", "four", "three")
    for tags in (("one",), ("four", "two")):
        assert not is_still_so(a_case(tags=tags), done)
    assert not is_still_so(CASE, step(add=("one",), outcome=StepOutcome.SO_ALREADY))
    assert not is_still_so(CASE, step("gone", outcome=StepOutcome.DONE))
