"""Seeing and ending sessions, and what happens when all of them end at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.domain.account import OPERATOR, Account, Role
from kb.domain.errors import Forbidden, Invalid, NotFound, NotSignedIn
from kb.domain.ports import Session
from kb.services.sessions import REFUSED
from kb.services.standing import Standing
from tests.fakes.hasher import PlainHasher
from tests.fakes.sessions import MemorySessions
from tests.services.people import PASSWORD, UNIT, People

PROMOTED = Standing(roles=frozenset({Role.COORDINATOR}), organisation=UNIT.name, country=UNIT.country)


@pytest.fixture(autouse=True)
def anna(people: People) -> Account:
    return people.add("anna", Role.INVESTIGATOR)


def test_everybody_sees_their_own_sessions_and_which_is_this_one(people: People, anna: Account) -> None:
    """ASVS 5.0 V7.5: people see where they are signed in, and end it."""
    people.sessions.open(people.add("boris"))
    first = people.sessions.open(anna, "Firefox on Linux").token
    people.clock.tick()
    people.sessions.open(anna, "Safari on iOS" + "x" * 100)

    lines = people.sessions.list(anna, token=first)

    assert [(each.browser[:16], each.current) for each in lines] == [
        ("Safari on iOSxxx", False),
        ("Firefox on Linux", True),
    ]
    assert all(each.started_at <= each.seen_at for each in lines)


def test_sessions_that_have_ended_or_are_half_way_in_are_not_listed(people: People, anna: Account) -> None:
    people.sessions.open(anna)
    people.clock.tick(hours=1)
    people.enrol(anna)
    people.sessions.sign_in(anna.email, PASSWORD)

    assert people.sessions.list(anna) == ()


def test_one_session_is_ended_by_its_owner(people: People, anna: Account) -> None:
    token, other = people.sessions.open(anna).token, people.sessions.open(anna).token
    (line,) = (each for each in people.sessions.list(anna, token=token) if each.current)

    people.sessions.end(anna, line.id)

    assert people.sessions.resolve(token) is None
    assert people.sessions.resolve(other)
    assert people.audited()[-1] == ("anna", "session.ended", "anna")
    with pytest.raises(NotFound):
        people.sessions.end(anna, line.id)


def test_another_persons_session_is_not_found_and_goes_on(people: People, anna: Account) -> None:
    boris = people.add("boris", Role.INVESTIGATOR)
    token = people.sessions.open(boris).token
    (line,) = people.sessions.list(boris)

    with pytest.raises(NotFound):
        people.sessions.end(anna, line.id)
    for act in (
        lambda: people.sessions.end(anna, line.id, "boris"),
        lambda: people.sessions.list(anna, "boris"),
    ):
        with pytest.raises(Forbidden):
            act()

    assert people.sessions.resolve(token)


def test_who_keeps_accounts_sees_and_ends_sessions_of_others(people: People, anna: Account) -> None:
    chief, token = people.add("chief", Role.ADMINISTRATOR), people.sessions.open(anna).token

    (line,) = people.sessions.list(chief, "anna")
    people.sessions.end(chief, line.id, "anna")

    assert people.sessions.resolve(token) is None
    assert people.audited()[-1] == ("chief", "session.ended", "anna")


def test_all_others_end_and_this_one_goes_on(people: People, anna: Account) -> None:
    this, other = people.sessions.open(anna).token, people.sessions.open(anna).token

    people.sessions.end_others(anna, this)

    assert people.sessions.resolve(this)
    assert people.sessions.resolve(other) is None
    assert people.audited()[-1] == ("anna", "session.others-ended", "anna")


def test_nobody_has_no_sessions(people: People, anna: Account) -> None:
    for actor in (None, anna.model_copy(update={"active": False})):
        for act in (people.sessions.list, lambda who: people.sessions.end_others(who, "token")):
            with pytest.raises(NotSignedIn):
                act(actor)


class Overtaken(PlainHasher):
    """Lets something happen while a password is being checked, which takes a while."""

    def __init__(self, meanwhile: Callable[[], object]) -> None:
        super().__init__()
        self._meanwhile = meanwhile

    def verify(self, hashed: str | None, password: str) -> bool:
        right = super().verify(hashed, password)
        self._meanwhile()
        return right


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda people: people.accounts.reset_second_factor(OPERATOR, "anna"),
        lambda people: people.accounts.change_standing(OPERATOR, "anna", PROMOTED),
        lambda people: people.accounts.disable(OPERATOR, "anna"),
        lambda people: people.store.set_password_hash("anna", people.hasher.hash("other words")),
    ],
)
def test_what_ends_all_sessions_ends_one_that_is_being_opened(
    people: People, anna: Account, meanwhile: Callable[[People], object]
) -> None:
    """ASVS 5.0 V7.4: no session slips in between a password's proof and the end of them all."""
    people.sessions._hasher = Overtaken(lambda: meanwhile(people))

    with pytest.raises(Invalid, match=REFUSED):
        people.sessions.sign_in(anna.email, PASSWORD)

    assert people.session_store.of("anna") == ()


def test_a_code_that_comes_when_all_sessions_end_leads_nowhere(people: People, anna: Account) -> None:
    class EndedMeanwhile(MemorySessions):
        def open(self, session: Session) -> None:
            self.end_all(session.account)
            super().open(session)

    people.enrol(anna)
    half = people.sessions.sign_in(anna.email, PASSWORD).token
    overtaken = EndedMeanwhile()
    overtaken._sessions = dict(people.session_store._sessions)
    people.sessions._sessions = overtaken

    with pytest.raises(NotSignedIn):
        people.sessions.prove(half, people.code(anna))

    assert overtaken.of("anna") == ()
