"""Getting in by a code: half-way by the password, the rest by the second factor."""

from __future__ import annotations

import pytest

from kb.domain.account import Account
from kb.domain.errors import Invalid, NotSignedIn, TooManyTries
from kb.domain.second_factor import RECOVERY_CODES, STEP_SECONDS
from kb.domain.session import Stage
from kb.services.codes import WRONG_CODE
from tests.services.people import PASSWORD, People

WRONG = "000000"


def half_in(people: People, account: Account) -> str:
    """Sign in with the password, and give the token that awaits the rest."""
    return people.sessions.sign_in(account.email, PASSWORD).token


def test_the_password_alone_leads_half_way_and_the_code_the_rest(people: People, anna: Account) -> None:
    people.enrol(anna)

    half = people.sessions.sign_in("anna@example.org", PASSWORD, browser="Firefox on Linux")
    waiting = people.sessions.awaiting(half.token)
    assert (half.stage, half.account.proved_at) == (Stage.CODE, None)
    assert people.sessions.resolve(half.token) is None
    assert waiting is not None
    assert (waiting.stage, waiting.account) == (Stage.CODE, anna)

    whole = people.sessions.prove(half.token, f" {people.code(anna)[:3]} {people.code(anna)[3:]} ")

    assert people.sessions.resolve(whole.token) == whole.account
    assert (whole.stage, whole.account.proved_at) == (Stage.FULL, people.clock.now())
    assert [action for _, action, _ in people.audited()][1:] == [
        "sign-in.awaits-code",
        "second-factor.proved",
        "sign-in",
    ]


def test_the_token_of_half_way_is_worth_nothing_afterwards(people: People, anna: Account) -> None:
    """ASVS 5.0 7.2.4: a new token at each step in."""
    people.enrol(anna)
    half = half_in(people, anna)

    whole = people.sessions.prove(half, people.code(anna)).token

    assert half != whole
    assert people.sessions.awaiting(half) is None
    assert people.sessions.awaiting(whole) is None
    with pytest.raises(NotSignedIn):
        people.sessions.prove(half, people.code(anna))
    with pytest.raises(NotSignedIn):
        people.sessions.prove(whole, people.code(anna))


def test_a_code_is_good_once(people: People, anna: Account) -> None:
    """ASVS 5.0 V6.5: replayed within its half minute, it is refused."""
    people.enrol(anna)
    code = people.code(anna)
    people.sessions.prove(half_in(people, anna), code)

    with pytest.raises(Invalid, match=WRONG_CODE):
        people.sessions.prove(half_in(people, anna), code)

    people.clock.tick(seconds=STEP_SECONDS)
    assert people.sessions.prove(half_in(people, anna), people.code(anna)).token


def test_the_code_that_set_it_up_is_used_too(people: People, anna: Account) -> None:
    me = people.proved(anna)
    code = people.code_of(people.second_factor.begin(me).secret)
    people.second_factor.confirm(me, code)

    with pytest.raises(Invalid):
        people.sessions.prove(half_in(people, anna), code)


def test_a_recovery_code_gets_in_once_however_it_is_typed(people: People, anna: Account) -> None:
    recovery = people.enrol(anna)

    assert people.sessions.prove(half_in(people, anna), recovery[3].upper().replace("-", " ")).token
    with pytest.raises(Invalid, match=WRONG_CODE):
        people.sessions.prove(half_in(people, anna), recovery[3])

    assert people.second_factor.state(anna).recovery_left == RECOVERY_CODES - 1
    assert ("anna", "second-factor.recovery-code-used", "anna") in people.audited()


@pytest.mark.parametrize("typed", ["", WRONG, "12345", "a" * 24, "no code at all"])
def test_what_is_no_code_is_refused_with_one_sentence_and_noted(
    people: People, anna: Account, typed: str
) -> None:
    people.enrol(anna)
    half = half_in(people, anna)

    with pytest.raises(Invalid) as refused:
        people.sessions.prove(half, typed)

    assert refused.value.problems == (("code", WRONG_CODE),)
    assert people.audited()[-1] == ("anna", "second-factor.refused", "anna")
    assert people.sessions.awaiting(half)


def test_guessing_codes_is_slowed_down_whatever_password_comes_between(people: People, anna: Account) -> None:
    """ASVS 5.0 V6.3: signing in with the password anew buys no further guesses."""
    people.enrol(anna)
    for _ in range(3):
        with pytest.raises(Invalid):
            people.sessions.prove(half_in(people, anna), WRONG)

    with pytest.raises(TooManyTries) as told:
        people.sessions.prove(half_in(people, anna), people.code(anna))

    people.clock.tick(seconds=told.value.wait_seconds)
    assert people.sessions.prove(half_in(people, anna), people.code(anna)).token


def test_half_way_ends_after_ten_minutes(people: People, anna: Account) -> None:
    people.enrol(anna)
    half = half_in(people, anna)

    people.clock.tick(minutes=10)

    assert people.sessions.awaiting(half) is None
    with pytest.raises(NotSignedIn):
        people.sessions.prove(half, people.code(anna))


def test_a_factor_that_was_removed_meanwhile_lets_nobody_in(people: People, anna: Account) -> None:
    people.enrol(anna)
    half, code = half_in(people, anna), people.code(anna)
    people.factor_store.remove(anna.id)

    with pytest.raises(Invalid, match=WRONG_CODE):
        people.sessions.prove(half, code)
