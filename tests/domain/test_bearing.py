from __future__ import annotations

from typing import get_args

import pytest
from pydantic import BaseModel, ValidationError

from kb.domain.bearing import (
    BEARERS,
    OF_LESSON,
    SCHEMES,
    Place,
    borne,
    keys_at,
    resolved,
    scheme_at,
    with_keys,
)
from kb.domain.case_study import CaseStudy
from kb.domain.concept import Scheme
from kb.domain.identifier import ConceptKey
from kb.domain.instrument import Instrument
from kb.domain.lesson import CLASS_OF, CrossBorderIssue, Difficulty, Solution
from kb.domain.operation import OTHER_BEARERS, BearingStep
from kb.domain.practice import Practice
from kb.domain.record import Kind
from kb.domain.replacement import Replacements
from kb.domain.resource import Resource
from kb.domain.revision import KIND_OF
from tests.samples import a_case

MODELS: tuple[type[BaseModel], ...] = (*BEARERS, *CLASS_OF.values())


def case() -> CaseStudy:
    return a_case(
        tags=("forms", "templates"),
        lessons=(
            Difficulty(key="d1", categories=("gone", "kept"), stage="begin", tags=("forms",)),
            Solution(key="s1", answers=("d1",), partners_helped=("hotline",)),
            CrossBorderIssue(key="b1", channels=("mlat",), obstacles=("gone",)),
        ),
    )


def test_every_field_that_holds_keys_of_concepts_is_in_the_table() -> None:
    holding = {
        name
        for model in MODELS
        for name, field in model.model_fields.items()
        if repr(get_args(ConceptKey)[1]) in repr(field.annotation)
    }
    assert holding == {*SCHEMES, *OF_LESSON}


def test_keys_are_given_with_their_places() -> None:
    found = {bearing.place: (bearing.scheme, bearing.keys) for bearing in borne(case())}
    assert found[Place("", "tags")] == (Scheme.TAG, ("forms", "templates"))
    assert found[Place("d1", "stage")] == (Scheme.STAGE, ("begin",))
    assert found[Place("s1", "partners_helped")] == (Scheme.PARTNER, ("hotline",))
    assert found[Place("b1", "obstacles")] == (Scheme.DIFFICULTY, ("gone",))
    assert Place("s1", "stage") not in found


def test_practices_resources_and_instruments_bear_concepts_and_have_no_lessons() -> None:
    practice, partner = Practice(tags=("forms",)), Place("", "provider_type")
    assert [each.keys for each in borne(practice)] == [(), ("forms",)]
    assert with_keys(practice, {Place("", "tags"): ("sheets",)}).tags == ("sheets",)
    assert keys_at(practice, Place("d1", "tags")) is None
    assert keys_at(practice, partner) is None
    assert (keys_at(Resource(provider_type="ngo"), partner), scheme_at(partner)) == (("ngo",), Scheme.PARTNER)
    assert with_keys(Resource(provider_type="ngo"), {partner: ()}).provider_type is None
    assert [each.place.field for each in borne(Instrument())] == ["difficulties"]


def test_a_step_names_records_of_those_kinds_alone() -> None:
    kinds = {KIND_OF[each] for each in BEARERS}
    assert kinds == {*OTHER_BEARERS, Kind.CASE_STUDY}
    assert BearingStep(case="practice:one", revision=1, field="tags").case == "practice:one"
    for name in ("submission:one", "nosuch:one", "case-study:one"):
        with pytest.raises(ValidationError):
            BearingStep(case=name, revision=1, field="tags")


def test_what_stands_for_merged_ones_is_read_everywhere_and_once() -> None:
    replacements = Replacements(
        {
            (Scheme.TAG, "forms"): "templates",
            (Scheme.STAGE, "begin"): "referral",
            (Scheme.DIFFICULTY, "gone"): "lost",
        }
    )
    read = resolved(case(), replacements)
    assert read.tags == ("templates",)
    first, second, third = read.lessons
    assert isinstance(first, Difficulty)
    assert (first.categories, first.stage, first.tags) == (("lost", "kept"), "referral", ("templates",))
    assert second == case().lessons[1]
    assert isinstance(third, CrossBorderIssue)
    assert third.obstacles == ("lost",)


def test_without_merges_a_case_is_the_same_one() -> None:
    same = case()
    assert resolved(same, Replacements()) is same
    assert with_keys(same, {}) is same
    assert resolved(same, Replacements({(Scheme.TAG, "other"): "x"})) is same


def test_a_single_key_can_be_taken_off() -> None:
    assert with_keys(case(), {Place("d1", "stage"): ()}).difficulties[0].stage is None
