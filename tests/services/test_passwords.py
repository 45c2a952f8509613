"""Setting a password by a one-time link, and changing one's own."""

from __future__ import annotations

import pytest

from kb.domain.account import OPERATOR, Account, Role
from kb.domain.errors import Invalid, NotSignedIn, TooManyTries
from kb.domain.throttle import ACCOUNT, ADDRESS
from kb.services.accounts import Invitation
from kb.services.links import LIFE
from kb.services.passwords import (
    COMMON,
    GUESSABLE,
    LINK_GONE,
    LONGEST,
    OWN_DATA,
    SHORTEST,
    TOO_LONG,
    TOO_SHORT,
    WRONG,
)
from tests.fakes.sessions import MemorySessions
from tests.services.people import PASSWORD, People

NEW = "other words that last"


@pytest.fixture
def token(people: People, anna: Account) -> str:
    return people.accounts.reset(OPERATOR, anna.id).token


def test_a_link_tells_whose_it_is_as_often_as_asked(people: People, anna: Account, token: str) -> None:
    assert people.passwords.behind_link(token) == people.passwords.behind_link(token) == anna


def test_a_link_sets_the_password_once_and_ends_all_sessions(people: People, token: str) -> None:
    session = people.sessions.sign_in("anna@example.org", PASSWORD).token

    people.passwords.set_by_link(token, NEW)

    assert people.sessions.sign_in("anna@example.org", NEW).token
    assert people.sessions.resolve(session) is None
    with pytest.raises(Invalid, match=LINK_GONE):
        people.passwords.set_by_link(token, "yet other words that last")
    assert ("anna", "password.set", "anna") in people.audited()


def test_a_link_that_was_never_made_is_nobodys(people: People) -> None:
    assert people.passwords.behind_link("made up") is None


def test_a_link_for_a_new_password_ends_after_half_an_hour(people: People, token: str) -> None:
    people.clock.tick(seconds=LIFE.total_seconds())

    assert people.passwords.behind_link(token) is None
    with pytest.raises(Invalid, match=LINK_GONE):
        people.passwords.set_by_link(token, NEW)


def test_an_invitation_ends_after_half_an_hour_too(people: People) -> None:
    """ASVS 5.0 V6.4: whatever sets a first password is short-lived."""
    invitation = Invitation(email="new@example.org", roles=frozenset({Role.ADMINISTRATOR}))
    link = people.accounts.invite(OPERATOR, invitation)

    people.clock.tick(minutes=30)

    assert people.passwords.behind_link(link.token) is None


def test_a_link_of_an_account_disabled_since_is_nobodys(people: People, anna: Account, token: str) -> None:
    people.store.set_standing(anna.model_copy(update={"active": False}))

    assert people.passwords.behind_link(token) is None


def test_of_two_clicks_at_once_one_sets_the_password(people: People, token: str) -> None:
    class Overtaken(MemorySessions):
        def use_link(self, token_hash: str) -> bool:
            return False

    overtaken = Overtaken()
    overtaken._links = people.session_store._links
    people.passwords._sessions = overtaken

    with pytest.raises(Invalid, match=LINK_GONE):
        people.passwords.set_by_link(token, NEW)

    assert people.store.password_hash("anna") == people.hasher.hash(PASSWORD)


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("x" * (SHORTEST - 1), TOO_SHORT),
        ("x" * (LONGEST + 1), TOO_LONG),
        ("Anna@Example.org", OWN_DATA),
        ("anna-anna-anna-anna", OWN_DATA),
        ("casebookcasebook", OWN_DATA),
        ("Unit, Austria 2026", OWN_DATA),
        ("password12345678", COMMON),
        ("P@ssw0rd!!!!!!!!!", COMMON),
        ("1l0vey0u--2026!!", COMMON),
        ("letmein letmein letmein", COMMON),
        ("password1 password2", COMMON),
        ("x" * SHORTEST, GUESSABLE),
        ("abababababababab", GUESSABLE),
        ("anna of unit austria", GUESSABLE),
    ],
)
def test_a_bad_password_is_refused_with_its_reason_and_the_link_still_stands(
    people: People, token: str, password: str, sentence: str
) -> None:
    with pytest.raises(Invalid) as refused:
        people.passwords.set_by_link(token, password)

    assert refused.value.problems == (("password", sentence),)
    assert people.passwords.behind_link(token)


@pytest.mark.parametrize(
    "password", ["fifteen letters", "other words" + " that last" * 18, "пятнадцать букв", "words with blanks"]
)
def test_no_kind_of_character_is_asked_for(people: People, token: str, password: str) -> None:
    assert people.passwords.set_by_link(token, password).active
    assert people.sessions.sign_in("anna@example.org", password).token


def test_changing_the_password_ends_all_sessions(people: People, anna: Account) -> None:
    session = people.sessions.sign_in("anna@example.org", PASSWORD).token

    people.passwords.change(anna, PASSWORD, NEW)

    assert people.sessions.resolve(session) is None
    assert people.sessions.sign_in("anna@example.org", NEW).token
    assert ("anna", "password.changed", "anna") in people.audited()


def test_trying_links_is_slowed_down_by_where_it_comes_from(
    people: People, anna: Account, token: str
) -> None:
    """ASVS 5.0 V6.3, for resets."""
    for _ in range(ADDRESS.free // 2):
        assert people.passwords.behind_link("made up", address="192.0.2.7") is None
        with pytest.raises(Invalid, match=LINK_GONE):
            people.passwords.set_by_link("made up", NEW, address="192.0.2.7")

    with pytest.raises(TooManyTries):
        people.passwords.set_by_link(token, NEW, address="192.0.2.7")
    assert people.passwords.set_by_link(token, NEW, address="192.0.2.8") == anna


def test_a_refused_password_is_no_try_at_a_link(people: People, token: str) -> None:
    for _ in range(ADDRESS.free + 1):
        with pytest.raises(Invalid, match="at least"):
            people.passwords.set_by_link(token, "short", address="192.0.2.7")


def test_guessing_todays_password_is_slowed_down_together_with_signing_in(
    people: People, anna: Account
) -> None:
    """ASVS 5.0 V6.3: a session left open is no way around the throttle."""
    for _ in range(ACCOUNT.free):
        with pytest.raises(Invalid):
            people.passwords.change(anna, "other words", NEW)

    with pytest.raises(TooManyTries):
        people.passwords.change(anna, PASSWORD, NEW)
    with pytest.raises(TooManyTries):
        people.sessions.sign_in(anna.email, PASSWORD)
    assert people.audited()[-1] == ("anna", "password.refused", "anna")


def test_changing_the_password_needs_todays(people: People, anna: Account) -> None:
    with pytest.raises(Invalid) as refused:
        people.passwords.change(anna, "other words", NEW)

    assert refused.value.problems == (("current_password", WRONG),)


def test_a_changed_password_follows_the_same_rules(people: People, anna: Account) -> None:
    with pytest.raises(Invalid, match="at least"):
        people.passwords.change(anna, PASSWORD, "short")

    assert people.store.password_hash("anna") == people.hasher.hash(PASSWORD)


def test_nobody_changes_a_password_without_signing_in(people: People, anna: Account) -> None:
    for actor in (None, anna.model_copy(update={"active": False})):
        with pytest.raises(NotSignedIn):
            people.passwords.change(actor, PASSWORD, NEW)
