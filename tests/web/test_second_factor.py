"""One's own second factor, from the profile: set up, moved, new recovery codes, removed."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from kb.bootstrap import Services
from kb.domain.account import Account, Role
from kb.services.demo import DemoAccount
from tests.fakes.clock import FakeClock
from tests.web.conftest import SignIn
from tests.web.telephone import Telephone, enrol, recovery_codes_in, send

SET_UP = "/profile/second-factor/set-up"
RENEW = "/profile/second-factor/recovery-codes"
REMOVE = "/profile/second-factor/remove"


@pytest.fixture
def account(accounts: dict[Role, Account]) -> Account:
    return accounts[Role.PRESENTER]


@pytest.fixture
def mine(client_as: SignIn) -> FlaskClient:
    """A browser in which the presenter has just signed in."""
    return client_as(Role.PRESENTER)


def test_scanning_and_typing_one_code_sets_it_up_and_shows_ten_recovery_codes(
    mine: FlaskClient, clock: FakeClock
) -> None:
    page = mine.get(SET_UP).text
    telephone = Telephone.scanning(page, clock)

    status, shown = send(mine, SET_UP, page, one_time_code=telephone.code)

    assert status == 200
    codes = recovery_codes_in(shown)
    assert len(set(codes)) == 10
    assert all(code in shown.partition('download="casebook-recovery-codes.txt"')[2] for code in codes)
    assert "Recovery codes for Casebook, each for once:" in shown
    profile = mine.get("/profile").text
    assert "It is on" in profile
    assert "10 recovery codes are left." in profile
    assert not recovery_codes_in(profile)


def test_the_secret_is_also_written_for_who_cannot_scan(mine: FlaskClient, clock: FakeClock) -> None:
    page = mine.get(SET_UP).text

    secret = Telephone.scanning(page, clock).secret

    groups = [secret[start : start + 4] for start in range(0, len(secret), 4)]
    assert " ".join(f"<span>{group}</span>" for group in groups) in page
    assert f'href="otpauth://totp/Casebook:presenter%40example.org?secret={secret}' in page


def test_after_a_mistyped_code_the_same_secret_is_shown(mine: FlaskClient, clock: FakeClock) -> None:
    page = mine.get(SET_UP).text
    telephone = Telephone.scanning(page, clock)

    status, again = send(mine, SET_UP, page, one_time_code=telephone.wrong_code)

    assert (status, "This code is not right" in again) == (422, True)
    assert Telephone.scanning(again, clock).secret == telephone.secret
    assert send(mine, SET_UP, again, one_time_code=telephone.code)[0] == 200


def test_a_secret_begun_in_another_browser_is_never_shown_in_this_one(
    client_as: SignIn, mine: FlaskClient, clock: FakeClock
) -> None:
    """Else somebody with the password could wait for the owner to set up what they know already."""
    page = mine.get(SET_UP).text
    theirs = Telephone.scanning(client_as(Role.PRESENTER).get(SET_UP).text, clock)

    status, again = send(mine, SET_UP, page, one_time_code=Telephone.scanning(page, clock).code)

    assert status == 422
    assert Telephone.scanning(again, clock).secret != theirs.secret


def test_setting_it_up_signs_every_other_browser_out(
    mine: FlaskClient, client_as: SignIn, clock: FakeClock
) -> None:
    """ASVS 5.0 V7.4: after a change of what one signs in with, the other sessions end."""
    elsewhere = client_as(Role.PRESENTER)
    page = mine.get(SET_UP).text

    send(mine, SET_UP, page, one_time_code=Telephone.scanning(page, clock).code)

    assert mine.get("/profile").status_code == 200
    assert elsewhere.get("/profile").status_code == 302


def test_who_signed_in_a_while_ago_shows_first_that_it_is_them(
    mine: FlaskClient, people: dict[Role, DemoAccount], clock: FakeClock
) -> None:
    """ASVS 5.0 7.5.1: signing in again before what one signs in with is changed."""
    clock.tick(minutes=6)
    asked = mine.get(SET_UP)

    assert asked.status_code == 401
    assert "Show that it is you" in asked.text
    assert 'value="presenter@example.org"' in asked.text
    assert mine.get("/profile").status_code == 200, "nobody is signed out by being asked"
    demo = people[Role.PRESENTER]
    proved = send(mine, "/sign-in", asked.text, email=demo.account.email, password=demo.password)
    assert proved == (302, SET_UP)
    assert mine.get(SET_UP).status_code == 200


def test_showing_that_it_is_you_also_asks_for_the_code_and_keeps_the_session_meanwhile(
    mine: FlaskClient,
    kb_services: Services,
    people: dict[Role, DemoAccount],
    clock: FakeClock,
    client_as: SignIn,
) -> None:
    demo = people[Role.PRESENTER]
    telephone, _ = enrol(kb_services, demo.account, clock)
    mine = client_as(Role.PRESENTER)
    clock.tick(minutes=6)

    asked = mine.get(SET_UP).text
    status, address = send(mine, "/sign-in", asked, email=demo.account.email, password=demo.password)

    assert (status, address) == (302, f"/sign-in/code?next={SET_UP}")
    assert mine.get("/profile").status_code == 200
    assert mine.get(SET_UP).status_code == 401
    proved = send(mine, "/sign-in/code", mine.get(address).text, one_time_code=telephone.code)
    assert proved == (302, SET_UP)
    assert mine.get(SET_UP).status_code == 200


def test_moving_it_to_another_app_makes_the_first_one_worthless(
    kb_services: Services, account: Account, client_as: SignIn, clock: FakeClock
) -> None:
    old, recovery = enrol(kb_services, account, clock)
    mine = client_as(Role.PRESENTER)
    page = mine.get(SET_UP).text
    assert "gives no valid code any more" in page

    send(mine, SET_UP, page, one_time_code=Telephone.scanning(page, clock).code)

    for worthless in (old.next_code(), recovery[0]):
        status, refused = send(mine, RENEW, mine.get(RENEW).text, one_time_code=worthless)
        assert status == 422
        assert worthless not in refused


def test_new_recovery_codes_take_the_place_of_those_before(
    kb_services: Services, account: Account, client_as: SignIn, clock: FakeClock
) -> None:
    telephone, before = enrol(kb_services, account, clock)
    mine = client_as(Role.PRESENTER)

    status, shown = send(mine, RENEW, mine.get(RENEW).text, one_time_code=telephone.code)

    assert status == 200
    after = recovery_codes_in(shown)
    assert len(after) == 10
    assert set(after).isdisjoint(before)
    assert send(mine, RENEW, mine.get(RENEW).text, recovery_code=before[0])[0] == 422
    assert send(mine, RENEW, mine.get(RENEW).text, recovery_code=after[0])[0] == 200


def test_who_may_do_without_it_removes_it_with_a_code(
    kb_services: Services, account: Account, client_as: SignIn, clock: FakeClock
) -> None:
    telephone, _ = enrol(kb_services, account, clock)
    mine = client_as(Role.PRESENTER)
    page = mine.get(REMOVE).text
    assert send(mine, REMOVE, page, one_time_code=telephone.wrong_code)[0] == 422
    assert "It is on" in mine.get("/profile").text

    assert send(mine, REMOVE, page, one_time_code=telephone.code) == (302, "/profile")

    assert "It is off" in mine.get("/profile").text


@pytest.mark.parametrize("path", [RENEW, REMOVE])
def test_who_has_none_is_told_so(mine: FlaskClient, path: str) -> None:
    status, page = send(mine, path, mine.get(path).text, one_time_code="123456")

    assert (status, "You have no second factor." in page) == (409, True)
