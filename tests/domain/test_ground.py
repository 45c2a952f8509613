"""How far a text may reach that rests on others: never to somebody whom one of them does not reach."""

from __future__ import annotations

import pytest

from kb.domain.event import Event
from kb.domain.ground import Ground, audience_on, ground_of, implied_by_place, problems_on
from kb.domain.marking import OFFICERS_VIEWER, Audience, Marking, Viewer, of_account, of_country
from tests.samples import BRUSSELS, VIENNA

GREEN, CLEAR = Audience(), Audience(marking=Marking.CLEAR)
AMBER = Audience(marking=Marking.AMBER, countries=("BE", "IS"))
STRICT = Audience(marking=Marking.AMBER_STRICT)
RED = Audience(marking=Marking.RED, persons=("anna", "carla"))
ANNA = Viewer(tokens=frozenset({"officer", of_country("AT"), of_account("anna")}), organisation="vienna")


def ground(audience: Audience, viewer: Viewer = ANNA) -> Ground:
    return ground_of(Event(audience=audience, owner=VIENNA), viewer)


def problems(audience: Audience, *grounds: Ground) -> set[str]:
    tokens = {of_account("anna"): ANNA.tokens}
    by_place = implied_by_place(VIENNA)
    return {
        field
        for field, _ in problems_on(
            grounds, audience, VIENNA, lambda token: by_place(token) | tokens.get(token, frozenset())
        )
    }


@pytest.mark.parametrize(
    ("audience", "grounds", "wrong"),
    [
        (GREEN, [GREEN, CLEAR], set()),
        (CLEAR, [CLEAR], set()),
        (CLEAR, [CLEAR, GREEN], {"marking"}),
        (GREEN, [AMBER], {"marking"}),
        (AMBER, [AMBER, GREEN], set()),
        (Audience(marking=Marking.AMBER, countries=("FR",)), [AMBER], {"marking"}),
        (AMBER, [AMBER, Audience(marking=Marking.AMBER, countries=("BE",))], {"marking"}),
        (STRICT, [AMBER], set()),
        (STRICT, [STRICT], set()),
        (AMBER, [STRICT], {"marking"}),
        (RED, [RED], set()),
        (Audience(marking=Marking.RED, persons=("anna",)), [AMBER, RED], set()),
        (RED, [AMBER], {"marking"}),
        (STRICT, [RED], {"marking"}),
    ],
)
def test_nobody_reads_it_who_could_not_read_each_of_its_grounds(
    audience: Audience, grounds: list[Audience], wrong: set[str]
) -> None:
    assert problems(audience, *map(ground, grounds)) == wrong


def test_the_chatham_house_flag_is_handed_on() -> None:
    quiet = ground(GREEN.model_copy(update={"chatham_house": True}))
    assert problems(GREEN, quiet) == {"chatham_house"}
    assert problems(GREEN.model_copy(update={"chatham_house": True}), quiet) == set()
    assert audience_on([quiet], VIENNA).chatham_house


@pytest.mark.parametrize(
    ("grounds", "widest"),
    [
        ([], GREEN),
        ([CLEAR, GREEN], GREEN),
        ([AMBER, GREEN], Audience(marking=Marking.AMBER, countries=("BE", "IS"))),
        (
            [AMBER, Audience(marking=Marking.AMBER, countries=("BE",))],
            Audience(marking=Marking.AMBER, countries=("BE",)),
        ),
        ([STRICT, GREEN], STRICT),
        ([RED, GREEN], RED),
    ],
)
def test_what_is_offered_is_the_narrowest_marking_and_whom_all_name(
    grounds: list[Audience], widest: Audience
) -> None:
    offered = audience_on(map(ground, grounds), VIENNA)
    assert offered == widest
    assert not problems(offered, *map(ground, grounds))


def test_who_owns_nothing_is_offered_every_country_that_is_named() -> None:
    assert audience_on([ground(AMBER)], None).countries == ("AT", "BE", "IS")


def test_a_withheld_origin_tells_a_stranger_no_more_than_that_they_are_reached() -> None:
    quiet = Event(audience=AMBER.model_copy(update={"chatham_house": True}), owner=BRUSSELS)
    assert ground_of(quiet, ANNA).reach == frozenset()
    stranger = ANNA.model_copy(update={"tokens": ANNA.tokens | {of_country("IS")}})
    assert ground_of(quiet, stranger).reach == {of_country("IS")}
    assert ground_of(Event(), OFFICERS_VIEWER).reach == {"officer"}
