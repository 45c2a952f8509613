"""Signing in and out, and how long it lasts."""

from __future__ import annotations

import datetime as dt

import pytest

from kb.domain.account import Account, Role
from kb.domain.errors import Invalid, NotSignedIn, StoreFailure
from kb.services.links import token_hash
from kb.services.sessions import REFUSED
from kb.services.standing import Standing
from tests.fakes.hasher import PlainHasher
from tests.fakes.sessions import MemorySessions
from tests.services.people import PASSWORD, UNIT, People

PROMOTED = Standing(roles=frozenset({Role.COORDINATOR}), organisation=UNIT.name, country=UNIT.country)


@pytest.fixture(autouse=True)
def anna(people: People) -> Account:
    return people.add("anna", Role.INVESTIGATOR)


def test_the_right_words_open_a_session(people: People) -> None:
    signed_in = people.sessions.sign_in("Anna@example.org", PASSWORD)

    assert signed_in.account.id == "anna"
    assert people.sessions.resolve(signed_in.token) == signed_in.account
    assert people.audited() == [("anna", "sign-in", "")]


def test_only_the_hash_of_a_token_is_kept(people: People) -> None:
    token = people.sessions.sign_in("anna@example.org", PASSWORD).token

    assert people.session_store.get(token) is None
    assert people.session_store.get(token_hash(token))


def test_every_sign_in_has_a_token_of_its_own(people: People) -> None:
    tokens = {people.sessions.sign_in("anna@example.org", PASSWORD).token for _ in range(2)}

    assert len(tokens) == 2


def test_a_wrong_password_is_refused_and_noted(people: People) -> None:
    with pytest.raises(Invalid, match=REFUSED):
        people.sessions.sign_in("anna@example.org", "other words")

    assert people.audited() == [("visitor", "sign-in.refused", "anna")]


def test_an_unknown_address_is_refused_with_the_same_sentence_and_the_same_work(people: People) -> None:
    with pytest.raises(Invalid) as unknown:
        people.sessions.sign_in("nobody@example.org", PASSWORD)
    with pytest.raises(Invalid) as wrong:
        people.sessions.sign_in("anna@example.org", "other words")

    assert unknown.value.problems == wrong.value.problems
    assert len(people.hasher.verified) == 2
    assert people.audited() == [("visitor", "sign-in.refused", ""), ("visitor", "sign-in.refused", "anna")]


def test_an_account_whose_link_was_never_used_has_no_password_that_is_right(people: People) -> None:
    people.add("boris", Role.PRESENTER, password=None)

    with pytest.raises(Invalid, match=REFUSED):
        people.sessions.sign_in("boris@example.org", "")


def test_a_disabled_account_is_refused_though_the_password_is_right(people: People) -> None:
    account = people.store.get("anna")
    assert account is not None
    people.store.set_standing(account.model_copy(update={"active": False}))

    with pytest.raises(Invalid, match=REFUSED):
        people.sessions.sign_in("anna@example.org", PASSWORD)


def test_a_hash_of_yesterday_is_made_anew_at_sign_in(people: People) -> None:
    people.store.set_password_hash("anna", PlainHasher(0).hash(PASSWORD))

    people.sessions.sign_in("anna@example.org", PASSWORD)

    assert people.store.password_hash("anna") == people.hasher.hash(PASSWORD)


def test_a_password_is_the_same_however_its_letters_are_composed(people: People) -> None:
    people.store.set_password_hash("anna", people.hasher.hash("caf\u00e9 caf\u00e9 caf\u00e9"))

    assert people.sessions.sign_in("anna@example.org", "cafe\u0301 cafe\u0301 cafe\u0301").token


def test_a_token_that_nobody_was_given_is_nobody(people: People) -> None:
    assert people.sessions.resolve("made up") is None


@pytest.mark.parametrize(("minutes", "stays"), [(29, True), (30, False)])
def test_a_session_ends_after_half_an_hour_without_use(people: People, minutes: int, stays: bool) -> None:
    token = people.sessions.sign_in("anna@example.org", PASSWORD).token

    people.clock.tick(minutes=minutes)

    assert (people.sessions.resolve(token) is not None) == stays


def test_a_session_ends_after_twelve_hours_however_busy(people: People) -> None:
    token = people.sessions.sign_in("anna@example.org", PASSWORD).token
    for _ in range(12 * 3 - 1):
        people.clock.tick(minutes=20)
        assert people.sessions.resolve(token)

    people.clock.tick(minutes=20)

    assert people.sessions.resolve(token) is None


def test_use_is_written_down_at_most_once_a_minute(people: People) -> None:
    token = people.sessions.sign_in("anna@example.org", PASSWORD).token
    started = people.clock.now()

    people.clock.tick(seconds=59)
    people.sessions.resolve(token)
    before = people.session_store.get(token_hash(token))
    people.clock.tick(seconds=1)
    people.sessions.resolve(token)
    after = people.session_store.get(token_hash(token))

    assert before is not None
    assert after is not None
    assert (before.seen_at, after.seen_at) == (started, started + dt.timedelta(minutes=1))


def test_a_full_disk_keeps_nobody_from_reading(people: People) -> None:
    class Full(MemorySessions):
        def touch(self, token_hash: str, seen_at: dt.datetime) -> None:
            raise StoreFailure("The disk is full.")

    full = Full()
    people.sessions._sessions = full
    signed_in = people.sessions.sign_in("anna@example.org", PASSWORD)
    people.clock.tick(minutes=5)

    assert people.sessions.resolve(signed_in.token) == signed_in.account


def test_a_session_shows_the_account_as_it_stands_now(people: People) -> None:
    signed_in = people.sessions.sign_in("anna@example.org", PASSWORD)
    people.store.set_standing(signed_in.account.model_copy(update={"roles": frozenset({Role.COORDINATOR})}))

    now = people.sessions.resolve(signed_in.token)

    assert now is not None
    assert now.roles == {Role.COORDINATOR}


def test_a_session_of_a_disabled_account_is_nobodys(people: People) -> None:
    signed_in = people.sessions.sign_in("anna@example.org", PASSWORD)
    people.store.set_standing(signed_in.account.model_copy(update={"active": False}))

    assert people.sessions.resolve(signed_in.token) is None


def test_a_session_of_an_account_that_is_no_more_is_nobodys(people: People) -> None:
    signed_in = people.sessions.open(people.add("boris"))
    people.store = type(people.store)()
    people.sessions._accounts = people.store

    assert people.sessions.resolve(signed_in.token) is None


def test_signing_out_ends_the_session_once(people: People) -> None:
    token = people.sessions.sign_in("anna@example.org", PASSWORD).token

    people.sessions.sign_out(token)
    people.sessions.sign_out(token)

    assert people.sessions.resolve(token) is None
    assert [action for _, action, _ in people.audited()] == ["sign-in", "sign-out"]


def test_sessions_that_have_ended_are_forgotten_at_the_next_sign_in(people: People) -> None:
    token = people.sessions.sign_in("anna@example.org", PASSWORD).token
    people.clock.tick(hours=1)

    people.sessions.sign_in("anna@example.org", PASSWORD)

    assert people.session_store.get(token_hash(token)) is None


def test_a_session_tells_when_its_person_proved_who_they_are(people: People) -> None:
    signed_in = people.sessions.sign_in("anna@example.org", PASSWORD)
    began = people.clock.now()
    people.clock.tick(minutes=7)

    found = people.sessions.resolve(signed_in.token)

    assert found is not None
    assert found.proved_at == signed_in.account.proved_at == began


def test_nothing_is_awaited_of_who_is_fully_in_or_nobody(people: People) -> None:
    token = people.sessions.sign_in("anna@example.org", PASSWORD).token

    assert people.sessions.awaiting(token) is None
    assert people.sessions.awaiting("made up") is None
    with pytest.raises(NotSignedIn):
        people.sessions.prove("made up", "123456")
