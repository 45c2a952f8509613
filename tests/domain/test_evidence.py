"""The strength of evidence: computed from what is known, never from what is only not told."""

from __future__ import annotations

import pytest

from kb.domain.evidence import (
    Confirmation,
    Experience,
    Strength,
    confirmation_of,
    evidence_of,
    outcome_of,
    reuse_of,
)
from kb.domain.lesson import Outcome
from kb.domain.marking import Organisation
from tests.samples import BRUSSELS, VIENNA, a_case

GRAZ = Organisation(id="graz", name="Another unit, Austria", country="AT")
W, F, U = Outcome.WORKED, Outcome.FAILED, Outcome.UNKNOWN


def told(organisation: Organisation | None, outcome: Outcome = W, *, made_up: bool = False) -> Experience:
    return Experience(organisation=organisation, outcome=outcome, illustrative=made_up)


@pytest.mark.parametrize(
    ("experiences", "strength"),
    [
        ([], None),
        ([told(VIENNA, U)], Strength.SINGLE),
        ([told(VIENNA), told(VIENNA)], Strength.SINGLE),
        ([told(VIENNA), told(GRAZ)], Strength.SINGLE),
        ([told(VIENNA), told(BRUSSELS, F)], Strength.SINGLE),
        ([told(VIENNA), told(BRUSSELS)], Strength.REPLICATED),
        ([told(VIENNA), told(None)], Strength.SINGLE),
        ([told(None), told(None)], Strength.SINGLE),
    ],
)
def test_it_is_replicated_where_it_worked_in_organisations_of_two_countries_that_are_told(
    experiences: list[Experience], strength: Strength | None
) -> None:
    assert evidence_of(experiences).strength is strength


def test_an_outside_evaluation_is_the_strongest() -> None:
    evidence = evidence_of([], 1)
    assert (evidence.strength, evidence.sentence) == (Strength.EVALUATED, "An outside evaluation is cited.")


def test_an_example_never_counts_beside_a_fact_and_is_told_as_one_among_examples() -> None:
    mixed = evidence_of([told(VIENNA), told(BRUSSELS, made_up=True)])
    assert (mixed.strength, mixed.illustrative) == (Strength.SINGLE, False)
    made_up = evidence_of([told(VIENNA, made_up=True), told(BRUSSELS, made_up=True)])
    assert (made_up.strength, made_up.illustrative) == (Strength.REPLICATED, True)


def test_it_says_why_it_is_as_strong_as_it_is() -> None:
    assert evidence_of([]).sentence == "No experience is known yet."
    assert evidence_of([told(VIENNA), told(BRUSSELS), told(None)]).sentence == (
        "It worked in organisations of different countries. It worked in 2 organisations of 2 countries. "
        "It worked 1 time where the origin is not stated."
    )


@pytest.mark.parametrize(
    ("grounds", "applied", "confirmation"),
    [
        ([told(VIENNA)], [told(GRAZ)], Confirmation(learned=True, organisations=1)),
        ([told(VIENNA)], [told(VIENNA)], Confirmation()),
        ([told(VIENNA)], [told(BRUSSELS, F)], Confirmation()),
        ([told(VIENNA)], [told(None)], Confirmation()),
        ([told(None)], [told(BRUSSELS)], Confirmation()),
        ([], [told(BRUSSELS)], Confirmation()),
        ([told(VIENNA), told(BRUSSELS)], [told(BRUSSELS)], Confirmation()),
        ([told(VIENNA)], [told(BRUSSELS, made_up=True)], Confirmation()),
        (
            [told(VIENNA, made_up=True)],
            [told(BRUSSELS, made_up=True)],
            Confirmation(learned=True, organisations=1, illustrative=True),
        ),
    ],
)
def test_it_is_learned_when_it_worked_in_an_organisation_from_which_it_does_not_come(
    grounds: list[Experience], applied: list[Experience], confirmation: Confirmation
) -> None:
    assert confirmation_of(grounds, applied) == confirmation


def test_uses_are_counted_by_how_they_went() -> None:
    reuse = reuse_of(
        [told(VIENNA), told(BRUSSELS, F), told(GRAZ, Outcome.PARTLY), told(None, U, made_up=True)]
    )
    assert (reuse.total, reuse.worked, reuse.partly, reuse.failed) == (4, 1, 1, 1)
    assert reuse.illustrative


def test_a_practice_of_a_case_worked_where_a_solution_worked_from_which_it_grew() -> None:
    case = a_case()
    outcomes = {lesson.key: outcome_of(case, lesson) for lesson in case.lessons}
    assert outcomes == {"logs": U, "preserve": W, "template": W, "border": U}
    alone = case.good_practices[0].model_copy(update={"grew_from": ()})
    assert outcome_of(case, alone) is U


def test_an_experience_is_what_a_record_tells_in_the_form_shown() -> None:
    case = a_case(origin="illustrative")
    assert Experience.of(case, W) == told(VIENNA, made_up=True)
