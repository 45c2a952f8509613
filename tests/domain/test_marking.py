"""The audience rule. Source of the labels: FIRST, Traffic Light Protocol 2.0."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.domain.marking import (
    OFFICERS_VIEWER,
    OPERATOR_VIEWER,
    PUBLIC_VIEWER,
    Audience,
    Marking,
    Organisation,
    Viewer,
    highest,
    of_account,
    of_country,
    of_member,
    of_organisation,
)
from tests.samples import BRUSSELS, VIENNA

CLEAR, GREEN, AMBER, STRICT, RED = Marking


def officer(person: str, organisation: Organisation) -> Viewer:
    tokens = {of_account(person), of_organisation(organisation.id), of_country(organisation.country)}
    return Viewer(tokens=OFFICERS_VIEWER.tokens | tokens, organisation=organisation.id)


ANNA = officer("anna", VIENNA)
NEIGHBOUR = officer("nora", Organisation(id="graz", name="Graz", country="AT"))
BEN = officer("ben", BRUSSELS)


@pytest.mark.parametrize(
    ("audience", "reached"),
    [
        (Audience(marking=CLEAR), {"public", "officers", "anna", "neighbour", "ben"}),
        (Audience(marking=GREEN), {"officers", "anna", "neighbour", "ben"}),
        (Audience(marking=AMBER), {"anna", "neighbour"}),
        (Audience(marking=AMBER, countries=("BE",)), {"anna", "neighbour", "ben"}),
        (Audience(marking=STRICT), {"anna"}),
        (Audience(marking=STRICT, countries=("BE",)), {"anna"}),
        (Audience(marking=RED, persons=("ben",)), {"ben"}),
        (Audience(marking=RED), set()),
    ],
)
def test_each_marking_reaches_whom_it_names(audience: Audience, reached: set[str]) -> None:
    viewers = {
        "public": PUBLIC_VIEWER,
        "officers": OFFICERS_VIEWER,
        "anna": ANNA,
        "neighbour": NEIGHBOUR,
        "ben": BEN,
    }
    readers = audience.readers(VIENNA)

    assert {name for name, viewer in viewers.items() if viewer.sees(readers)} == reached
    assert OPERATOR_VIEWER.sees(readers)


@pytest.mark.parametrize("marking", [AMBER, STRICT])
def test_without_an_owner_nobody_is_reached_by_owning(marking: Marking) -> None:
    assert Audience(marking=marking).readers(None) == frozenset()


def test_amber_without_an_owner_reaches_the_countries_it_names() -> None:
    assert Audience(marking=AMBER, countries=("BE",)).readers(None) == {"country:BE"}


def test_a_viewer_without_tokens_sees_nothing() -> None:
    assert not Viewer().sees(Audience(marking=CLEAR).readers(VIENNA))


def test_the_narrowest_marking_of_several_is_the_one_a_page_bears() -> None:
    assert highest(GREEN, RED, CLEAR) is RED
    assert highest() is CLEAR
    assert [marking.rank for marking in Marking] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("before", "after", "widens"),
    [
        (Audience(marking=GREEN), Audience(marking=CLEAR), True),
        (Audience(marking=CLEAR), Audience(marking=GREEN), False),
        (Audience(marking=STRICT), Audience(marking=AMBER), True),
        (Audience(marking=AMBER), Audience(marking=AMBER, countries=("BE",)), True),
        (Audience(marking=AMBER, countries=("BE",)), Audience(marking=AMBER), False),
        (Audience(marking=STRICT), Audience(marking=STRICT, countries=("BE",)), False),
        (Audience(marking=GREEN), Audience(marking=GREEN), False),
        (Audience(marking=RED, persons=("a",)), Audience(marking=RED, persons=("a", "b")), True),
        (Audience(marking=RED, persons=("a", "b")), Audience(marking=RED, persons=("a",)), False),
        (Audience(marking=STRICT), Audience(marking=RED, persons=("a",)), True),
        (Audience(chatham_house=True), Audience(), True),
        (Audience(), Audience(chatham_house=True), False),
    ],
)
def test_widening_is_whatever_might_let_one_more_person_in(
    before: Audience, after: Audience, *, widens: bool
) -> None:
    assert after.widens(before) == widens


audiences = st.builds(
    Audience,
    marking=st.sampled_from(Marking),
    countries=st.sets(st.sampled_from(["AT", "BE", "FR"])).map(tuple),
    persons=st.sets(st.sampled_from(["anna", "ben", "nora"])).map(tuple),
    chatham_house=st.booleans(),
)


@given(audiences, audiences)
def test_a_change_that_does_not_widen_lets_nobody_in_and_tells_nobody_the_origin(
    before: Audience, after: Audience
) -> None:
    if after.widens(before):
        return
    for viewer in (PUBLIC_VIEWER, OFFICERS_VIEWER, ANNA, NEIGHBOUR, BEN):
        assert not viewer.sees(after.readers(VIENNA)) or viewer.sees(before.readers(VIENNA))
        assert not viewer.knows_origin(after, VIENNA) or viewer.knows_origin(before, VIENNA)


def test_a_withheld_origin_is_told_to_the_owners_organisation_alone() -> None:
    withheld = Audience(chatham_house=True)

    told = [viewer.knows_origin(withheld, VIENNA) for viewer in (ANNA, OPERATOR_VIEWER, NEIGHBOUR, BEN)]

    assert told == [True, True, False, False]
    assert not ANNA.knows_origin(withheld, None)
    assert BEN.knows_origin(Audience(), VIENNA)


def test_an_organisation_is_owned_by_its_own_officers() -> None:
    assert ANNA.owns(VIENNA)
    assert not any(
        viewer.owns(owner) for viewer, owner in itertools.product([BEN, PUBLIC_VIEWER], [VIENNA, None])
    )


@pytest.mark.parametrize("marking", list(Marking)[:4])
def test_the_owners_own_readers_are_its_officers(marking: Marking) -> None:
    audience = Audience(marking=marking, countries=("FR",))
    assert audience.own_readers(VIENNA) == {of_organisation("vienna")}
    assert audience.own_readers(None) == frozenset()


def test_of_red_the_owners_own_readers_are_the_named_ones_while_they_work_there() -> None:
    red = Audience(marking=Marking.RED, persons=("anna", "carla"))
    assert red.own_readers(VIENNA) == {of_member("vienna", "anna"), of_member("vienna", "carla")}
