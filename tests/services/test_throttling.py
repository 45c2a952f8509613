"""Tries to get in are counted before they are made."""

from __future__ import annotations

import pytest

from kb.domain.account import Account
from kb.domain.errors import Invalid, TooManyTries
from kb.domain.throttle import ACCOUNT, ADDRESS
from kb.services.throttling import Door
from tests.services.people import PASSWORD, People

HERE = "192.0.2.7"


def guess(people: People, times: int, email: str = "anna@example.org", address: str = "") -> None:
    for _ in range(times):
        with pytest.raises(Invalid):
            people.sessions.sign_in(email, "other words", address=address)


def test_guessing_at_one_person_is_slowed_down_and_the_right_words_get_in_after_the_wait(
    people: People, anna: Account
) -> None:
    """ASVS 5.0 V6.3: against guessing, and never a lock for good."""
    guess(people, ACCOUNT.free)

    with pytest.raises(TooManyTries) as told:
        people.sessions.sign_in(anna.email, PASSWORD)
    people.clock.tick(seconds=told.value.wait_seconds)

    assert people.sessions.sign_in(anna.email, PASSWORD).token


def test_who_got_in_begins_anew(people: People, anna: Account) -> None:
    for _ in range(3):
        guess(people, ACCOUNT.free - 1)
        assert people.sessions.sign_in(anna.email, PASSWORD).token


def test_an_address_that_has_no_account_is_slowed_down_alike_however_it_is_typed(people: People) -> None:
    guess(people, ACCOUNT.free - 1, "nobody@example.org")
    guess(people, 1, " NOBODY@example.org ")

    with pytest.raises(TooManyTries):
        people.sessions.sign_in("nobody@example.org", PASSWORD)


def test_one_password_tried_on_many_is_slowed_down_by_where_it_comes_from(
    people: People, anna: Account
) -> None:
    """ASVS 5.0 V6.3: against password spraying."""
    for number in range(ADDRESS.free):
        guess(people, 1, f"person-{number}@example.org", HERE)

    with pytest.raises(TooManyTries):
        people.sessions.sign_in(anna.email, PASSWORD, address=HERE)
    assert people.sessions.sign_in(anna.email, PASSWORD, address="192.0.2.8").token


def test_an_account_of_ones_own_buys_no_further_guesses_from_an_address(
    people: People, anna: Account
) -> None:
    for number in range(ADDRESS.free):
        guess(people, 1, f"person-{number}@example.org", HERE)
        if number < ADDRESS.free - 1:
            assert people.sessions.sign_in(anna.email, PASSWORD, address=HERE).token

    with pytest.raises(TooManyTries):
        people.sessions.sign_in(anna.email, PASSWORD, address=HERE)


def test_a_try_that_must_wait_costs_no_hashing_and_no_line_in_the_log(people: People, anna: Account) -> None:
    guess(people, ACCOUNT.free)
    before = len(people.hasher.verified), len(people.log.rows)

    for _ in range(5):
        with pytest.raises(TooManyTries):
            people.sessions.sign_in(anna.email, PASSWORD)

    assert (len(people.hasher.verified), len(people.log.rows)) == before


def test_what_is_kept_tells_neither_who_nor_from_where(people: People, anna: Account) -> None:
    guess(people, 1, anna.email, HERE)

    assert len(people.throttle.tallies) == 2
    assert not any("anna" in key or HERE in key for key in people.throttle.tallies)


def test_doors_are_counted_apart(people: People) -> None:
    for _ in range(ACCOUNT.free):
        people.throttling.begin(Door.SIGN_IN, person="anna")

    assert people.throttling.begin(Door.CODE, person="anna").person
    with pytest.raises(TooManyTries):
        people.throttling.begin(Door.SIGN_IN, person="anna")


def test_a_try_of_nobody_from_nowhere_is_not_counted(people: People) -> None:
    made = people.throttling.begin(Door.LINK)
    people.throttling.succeed(made)

    assert people.throttle.tallies == {}


def test_text_that_no_browser_sends_is_counted_as_well(people: People) -> None:
    assert people.throttling.begin(Door.SIGN_IN, person="\ud800").person
