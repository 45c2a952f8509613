from __future__ import annotations

import pytest

from kb.domain.account import Account, Role
from kb.domain.event import Event
from kb.domain.marking import Audience
from kb.domain.organising import organises, relations_to
from kb.domain.permission import Relation
from tests.samples import BRUSSELS, VIENNA

EVENT = Event(title="Vienna", owner=VIENNA)


def of(role: Role, *, here: bool) -> Account:
    place = VIENNA if here else BRUSSELS
    return Account(id="anna", email="", name="Anna", roles=frozenset({role}), organisation=place)


@pytest.mark.parametrize(
    ("account", "event", "does"),
    [
        (of(Role.COORDINATOR, here=True), EVENT, True),
        (of(Role.COORDINATOR, here=False), EVENT, False),
        (of(Role.PRESENTER, here=True), EVENT, False),
        (of(Role.COORDINATOR, here=False), Event(title="Nobody's"), True),
        (of(Role.PRESENTER, here=True), Event(title="Nobody's"), False),
        (
            of(Role.COORDINATOR, here=True),
            Event(title="Nobody's", audience=Audience(chatham_house=True)),
            False,
        ),
    ],
)
def test_coordinators_of_the_owner_organise_an_event_and_any_does_one_that_nobody_owns(
    account: Account, event: Event, *, does: bool
) -> None:
    assert organises(account, event) is does


def test_an_officer_of_the_owner_who_is_no_coordinator_is_an_owner_alone() -> None:
    assert relations_to(of(Role.PRESENTER, here=True), EVENT) == (Relation.OWNER,)
    assert relations_to(of(Role.COORDINATOR, here=True), EVENT) == (Relation.ORGANISER, Relation.OWNER)
