"""Setting up a second factor, its codes, and doing without it again."""

from __future__ import annotations

import pytest

from kb.domain.account import OPERATOR, Account, Role
from kb.domain.errors import Forbidden, Invalid, NotSignedIn, ProveAgain, WrongState
from kb.domain.second_factor import RECOVERY_CODES
from kb.domain.session import FRESH, Stage
from kb.services.codes import WRONG_CODE
from kb.services.second_factor import BEGIN_AGAIN, NONE_YET, REQUIRED
from tests.fakes.second_factors import MemorySecondFactors
from tests.services.people import PASSWORD, People

WRONG = "000000"


def half_in(people: People, account: Account) -> str:
    """Sign in with the password, and give the token that awaits the rest."""
    return people.sessions.sign_in(account.email, PASSWORD).token


def test_setting_one_up_takes_a_code_and_gives_ten_recovery_codes_once(people: People, anna: Account) -> None:
    me = people.proved(anna)

    enrolment = people.second_factor.begin(me)
    assert not people.second_factor.state(me).on
    recovery = people.second_factor.confirm(me, people.code_of(enrolment.secret))

    assert enrolment.secret in enrolment.uri
    assert anna.email in enrolment.uri
    assert len(set(recovery)) == RECOVERY_CODES
    state = people.second_factor.state(me)
    assert (state.on, state.required, state.recovery_left) == (True, False, RECOVERY_CODES)
    assert people.audited() == [("anna", "second-factor.enrolled", "anna")]


def test_setting_one_up_ends_every_session(people: People, anna: Account) -> None:
    """ASVS 5.0 V7.4: whoever came in by the password alone is out."""
    token = people.sessions.sign_in(anna.email, PASSWORD).token

    people.enrol(anna)

    assert people.sessions.resolve(token) is None


def test_recovery_codes_are_kept_as_hashes_alone(people: People, anna: Account) -> None:
    """ASVS 5.0 6.5.2."""
    recovery = people.enrol(anna)

    assert not any(people.factor_store.use_recovery("anna", each) for each in recovery)
    assert people.second_factor.state(anna).recovery_left == RECOVERY_CODES


def test_a_wrong_first_code_sets_nothing_up_and_the_same_secret_is_shown_again(
    people: People, anna: Account
) -> None:
    me = people.proved(anna)
    enrolment = people.second_factor.begin(me)

    with pytest.raises(Invalid, match=WRONG_CODE):
        people.second_factor.confirm(me, WRONG)

    assert people.second_factor.begun(me, enrolment.secret) == enrolment
    assert not people.second_factor.state(me).on
    assert people.audited() == [("anna", "second-factor.refused", "anna")]


@pytest.mark.parametrize("shown", ["", "MADEUPMADEUPMADEUPMADEUPMADEUP22"])
def test_a_secret_that_was_not_shown_here_is_never_told_but_another_begun(
    people: People, anna: Account, shown: str
) -> None:
    """Somebody else who has the password may have begun it; the next who sets up must not be handed their secret."""
    me = people.proved(anna)
    begun_elsewhere = people.second_factor.begin(me)

    here = people.second_factor.begun(me, shown)

    assert here.secret not in {shown, begun_elsewhere.secret}
    with pytest.raises(Invalid, match=WRONG_CODE):
        people.second_factor.confirm(me, people.code_of(begun_elsewhere.secret))


def test_a_code_without_a_beginning_is_refused(people: People, anna: Account) -> None:
    with pytest.raises(Invalid, match=BEGIN_AGAIN):
        people.second_factor.confirm(people.proved(anna), WRONG)


def test_of_two_beginnings_the_later_alone_counts(people: People, anna: Account) -> None:
    me = people.proved(anna)
    first = people.second_factor.begin(me)
    people.second_factor.begin(me)

    with pytest.raises(Invalid, match=WRONG_CODE):
        people.second_factor.confirm(me, people.code_of(first.secret))


def test_a_beginning_that_comes_between_a_code_and_its_proof_wins(people: People, anna: Account) -> None:
    class Overtaken(MemorySecondFactors):
        def confirm(self, account: str, *_: object) -> bool:
            return False

    overtaken = Overtaken()
    people.second_factor._factors = overtaken
    me = people.proved(anna)
    enrolment = people.second_factor.begin(me)

    with pytest.raises(Invalid, match=BEGIN_AGAIN):
        people.second_factor.confirm(me, people.code_of(enrolment.secret))

    assert people.second_factor.state(me).recovery_left == 0


def test_only_who_has_just_signed_in_sets_one_up(people: People, anna: Account) -> None:
    """ASVS 5.0 V7.5: a browser left open is not enough to change how one signs in."""
    me = people.proved(anna)
    people.clock.tick(seconds=FRESH.total_seconds() + 1)

    for actor in (anna, me):
        with pytest.raises(ProveAgain):
            people.second_factor.begin(actor)
        with pytest.raises(ProveAgain):
            people.second_factor.begun(actor, "")
        with pytest.raises(ProveAgain):
            people.second_factor.confirm(actor, WRONG)


def test_who_awaits_a_code_cannot_set_up_another_factor_instead(people: People, anna: Account) -> None:
    people.enrol(anna)

    waiting = people.sessions.awaiting(half_in(people, anna))

    assert waiting is not None
    with pytest.raises(ProveAgain):
        people.second_factor.begin(waiting.account)


def test_a_new_device_takes_the_place_of_the_old_one(people: People, anna: Account) -> None:
    recovery = people.enrol(anna)
    old = people.factor_store.get("anna")
    people.enrol(anna)

    assert old is not None
    with pytest.raises(Invalid):
        people.check.prove(anna, people.code_of(old.secret))
    with pytest.raises(Invalid):
        people.check.prove(anna, recovery[0])
    people.check.prove(anna, people.code(anna))


def test_renewed_recovery_codes_need_a_code_and_replace_the_old_ones(people: People, anna: Account) -> None:
    old = people.enrol(anna)

    with pytest.raises(Invalid):
        people.second_factor.renew_codes(anna, WRONG)
    new = people.second_factor.renew_codes(anna, people.code(anna))

    assert set(new).isdisjoint(old)
    with pytest.raises(Invalid):
        people.check.prove(anna, old[0])
    people.check.prove(anna, new[0])
    assert ("anna", "second-factor.codes-renewed", "anna") in people.audited()


def test_removing_it_needs_a_code_and_leaves_the_password_alone(people: People, anna: Account) -> None:
    people.enrol(anna)

    with pytest.raises(Invalid):
        people.second_factor.remove(anna, WRONG)
    assert not people.second_factor.remove(anna, people.code(anna)).on

    assert not people.second_factor.state(anna).on
    assert people.sessions.sign_in(anna.email, PASSWORD).stage is Stage.FULL
    assert ("anna", "second-factor.removed", "anna") in people.audited()


def test_who_has_none_can_neither_renew_nor_remove(people: People, anna: Account) -> None:
    for act in (people.second_factor.renew_codes, people.second_factor.remove):
        with pytest.raises(WrongState, match=NONE_YET):
            act(anna, WRONG)


def test_nobody_has_no_second_factor(people: People, anna: Account) -> None:
    for actor in (None, anna.model_copy(update={"active": False})):
        for act in (people.second_factor.state, people.second_factor.begin):
            with pytest.raises(NotSignedIn):
                act(actor)


def test_an_operator_is_told_a_demo_accounts_code_once_per_use(people: People) -> None:
    demo = people.add_demo("coordinator", Role.COORDINATOR)
    people.enrol(demo)

    code = people.second_factor.current_code(OPERATOR, demo.id)
    assert people.second_factor.current_code(OPERATOR, demo.id) == code
    people.check.prove(demo, code)

    with pytest.raises(WrongState, match="used already"):
        people.second_factor.current_code(OPERATOR, demo.id)


def test_codes_of_real_accounts_are_told_to_nobody(people: People, anna: Account) -> None:
    people.enrol(anna)

    with pytest.raises(Invalid, match="demo accounts alone"):
        people.second_factor.current_code(OPERATOR, anna.id)
    with pytest.raises(Invalid, match="demo accounts alone"):
        people.second_factor.current_code(OPERATOR, "nobody")
    with pytest.raises(Forbidden):
        people.second_factor.current_code(people.add("chief", Role.ADMINISTRATOR), anna.id)


def test_a_demo_account_without_one_is_told_as_such(people: People) -> None:
    demo = people.add_demo("investigator", Role.INVESTIGATOR)

    with pytest.raises(Invalid, match="password alone"):
        people.second_factor.current_code(OPERATOR, demo.id)


def test_a_role_that_requires_one_leads_from_the_password_to_setting_it_up(people: People) -> None:
    """ASVS 5.0 V6.3: whoever decides over others does not come in by a password alone."""
    carla = people.add("carla", Role.COORDINATOR)

    half = people.sessions.sign_in(carla.email, PASSWORD)
    waiting = people.sessions.awaiting(half.token)

    assert half.stage is Stage.ENROLMENT
    assert people.sessions.resolve(half.token) is None
    assert waiting is not None
    with pytest.raises(NotSignedIn):
        people.sessions.prove(half.token, WRONG)
    people.clock.tick(minutes=20)
    waiting = people.sessions.awaiting(half.token)
    assert waiting is not None
    secret = people.second_factor.begin(waiting.account).secret
    people.second_factor.confirm(waiting.account, people.code_of(secret))
    assert people.sessions.awaiting(half.token) is None
    assert people.sessions.sign_in(carla.email, PASSWORD).stage is Stage.CODE


def test_a_role_that_requires_one_keeps_it(people: People) -> None:
    carla = people.add("carla", Role.COORDINATOR)
    people.enrol(carla)

    with pytest.raises(WrongState, match=REQUIRED):
        people.second_factor.remove(carla, people.code(carla))
    assert people.second_factor.state(carla).required
