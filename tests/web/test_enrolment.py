"""Somebody whose role needs a second factor sets it up before anything else; nothing that they were doing is lost."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.bootstrap import Services
from kb.domain.account import OPERATOR, Role
from kb.services.accounts import Invitation
from kb.services.demo import DemoAccount
from kb.services.standing import Standing
from tests.fakes.clock import FakeClock
from tests.web.conftest import SignIn
from tests.web.telephone import Telephone, recovery_codes_in, send

EMAIL = "chief@example.org"
PASSWORD = "words that only the chief knows"


@pytest.fixture(params=[Role.COORDINATOR, Role.ADMINISTRATOR])
def invited(request: pytest.FixtureRequest, kb_services: Services, client: FlaskClient) -> FlaskClient:
    """A browser in which somebody new, of each role that needs a second factor, has set a password by a link."""
    invitation = Invitation(
        email=EMAIL, organisation="Unit, France", country="FR", roles=frozenset({request.param})
    )
    path = kb_services.accounts.invite(OPERATOR, invitation).path
    send(client, path, client.get(path).text, password=PASSWORD, password_again=PASSWORD)
    return client


def give_password(client: FlaskClient, where: str = "/profile") -> str:
    page = client.get("/sign-in", query_string={"next": where}).text
    status, address = send(client, "/sign-in", page, email=EMAIL, password=PASSWORD)
    assert (status, address) == (302, f"/sign-in/set-up?next={where}")
    return client.get(address).text


def give_code(client: FlaskClient, page: str, code: str) -> tuple[int, str]:
    return send(client, "/sign-in/set-up", page, one_time_code=code)


def test_who_needs_a_second_factor_sets_it_up_and_then_goes_on(
    invited: FlaskClient, clock: FakeClock
) -> None:
    """ASVS 5.0 V6.3: nobody with such a role acts with a password alone."""
    page = give_password(invited)

    status, shown = give_code(invited, page, Telephone.scanning(page, clock).code)

    assert status == 200
    assert len(set(recovery_codes_in(shown))) == 10
    assert re.search(r'href="/profile">I have kept them: go on</a>', shown)
    profile = invited.get("/profile").text
    assert "Your role needs it, so it cannot be removed." in profile
    assert 'href="/profile/second-factor/remove"' not in profile


def test_before_it_is_set_up_nothing_else_is_open(invited: FlaskClient) -> None:
    give_password(invited)

    for path in (
        "/",
        "/profile",
        "/search",
        "/admin/accounts",
        "/profile/second-factor/set-up",
        "/sign-in/code",
    ):
        assert invited.get(path).headers["Location"].partition("?")[0] == "/sign-in", path


def test_a_mistyped_code_shows_the_same_secret_and_another_visit_a_new_one(
    invited: FlaskClient, clock: FakeClock
) -> None:
    page = give_password(invited)
    telephone = Telephone.scanning(page, clock)

    status, again = give_code(invited, page, telephone.wrong_code)

    assert (status, "This code is not right" in again) == (422, True)
    assert telephone.wrong_code not in again
    assert Telephone.scanning(again, clock).secret == telephone.secret
    assert Telephone.scanning(invited.get("/sign-in/set-up").text, clock).secret != telephone.secret


def test_the_next_sign_in_asks_for_a_code_of_the_app_that_was_set_up(
    invited: FlaskClient, app: Flask, clock: FakeClock
) -> None:
    page = give_password(invited)
    telephone = Telephone.scanning(page, clock)
    give_code(invited, page, telephone.code)

    other = app.test_client()
    sign_in = other.get("/sign-in?next=/profile").text
    status, address = send(other, "/sign-in", sign_in, email=EMAIL, password=PASSWORD)

    assert (status, address) == (302, "/sign-in/code?next=/profile")
    code = telephone.next_code()
    assert send(other, "/sign-in/code", other.get(address).text, one_time_code=code) == (302, "/profile")


def test_who_was_half_way_in_elsewhere_begins_again_once_it_is_set_up(
    invited: FlaskClient, app: Flask, clock: FakeClock
) -> None:
    """A thief of the password who looks at the same page is out with all other sessions."""
    elsewhere = app.test_client()
    theirs = give_password(elsewhere)
    page = give_password(invited)

    give_code(invited, page, Telephone.scanning(page, clock).code)

    assert give_code(elsewhere, theirs, Telephone.scanning(theirs, clock).code)[0] == 401


def test_what_was_typed_survives_a_change_of_role_and_setting_up(
    client_as: SignIn, kb_services: Services, people: dict[Role, DemoAccount], clock: FakeClock
) -> None:
    client, demo = client_as(Role.PRESENTER), people[Role.PRESENTER]
    promoted = Standing(
        roles=frozenset({Role.COORDINATOR}), organisation="Example unit, Austria", country="AT"
    )
    kb_services.accounts.change_standing(OPERATOR, demo.account.id, promoted)
    typed = {"name": "Typed with care", "language": "de"}

    interrupted = client.post("/profile", data=typed, headers={"Origin": "http://localhost"}).text
    status, page = send(client, "/sign-in", interrupted, email=demo.account.email, password=demo.password)
    assert (status, "still kept in this page" in page) == (200, True)
    telephone = Telephone.scanning(page, clock)
    page = give_code(client, page, telephone.wrong_code)[1]
    status, shown = give_code(client, page, telephone.code)

    assert (status, len(recovery_codes_in(shown))) == (200, 10)
    assert "When you have kept the codes, send it." in shown
    assert send(client, "/profile", shown) == (302, "/profile")
    assert 'value="Typed with care"' in client.get("/profile").text
