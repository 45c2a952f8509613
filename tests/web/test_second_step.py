"""Signing in with a second factor: what is asked after the password, and that a password alone opens nothing."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.bootstrap import Services
from kb.domain.account import OPERATOR, Role
from kb.services.demo import DemoAccount
from kb.web.security import AWAITING
from tests.fakes.clock import FakeClock
from tests.web.telephone import Telephone, enrol, send


@pytest.fixture
def demo(people: dict[Role, DemoAccount]) -> DemoAccount:
    return people[Role.PRESENTER]


@pytest.fixture
def enrolled(kb_services: Services, demo: DemoAccount, clock: FakeClock) -> tuple[Telephone, tuple[str, ...]]:
    """The presenter's telephone and recovery codes."""
    return enrol(kb_services, demo.account, clock)


@pytest.fixture
def telephone(enrolled: tuple[Telephone, tuple[str, ...]]) -> Telephone:
    return enrolled[0]


def give_password(client: FlaskClient, demo: DemoAccount, where: str = "/profile?x=1") -> tuple[int, str]:
    page = client.get("/sign-in", query_string={"next": where}).text
    return send(client, "/sign-in", page, email=demo.account.email, password=demo.password)


def ask_for_code(client: FlaskClient, demo: DemoAccount) -> str:
    """Give the password, and then the page that asks for the code."""
    status, address = give_password(client, demo)
    assert (status, address) == (302, "/sign-in/code?next=/profile?x%3D1")
    return client.get(address).text


def give_code(client: FlaskClient, page: str, code: str) -> tuple[int, str]:
    return send(client, "/sign-in/code", page, one_time_code=code)


def test_after_the_password_comes_the_code_and_then_where_one_wanted_to_go(
    client: FlaskClient, demo: DemoAccount, telephone: Telephone
) -> None:
    """ASVS 5.0 V6.3: more than one factor, and no way around the second."""
    page = ask_for_code(client, demo)
    assert client.get("/profile").status_code == 302

    assert give_code(client, page, telephone.code) == (302, "/profile?x=1")
    assert client.get("/profile").status_code == 200


def test_blanks_in_a_code_do_not_matter(client: FlaskClient, demo: DemoAccount, telephone: Telephone) -> None:
    code = telephone.code

    assert give_code(client, ask_for_code(client, demo), f" {code[:3]} {code[3:]} ")[0] == 302


def test_a_wrong_code_is_refused_in_place_and_never_shown_again(
    client: FlaskClient, demo: DemoAccount, telephone: Telephone
) -> None:
    status, page = give_code(client, ask_for_code(client, demo), telephone.wrong_code)

    assert status == 422
    assert "This code is not right" in page
    assert telephone.wrong_code not in page
    assert client.get("/profile").status_code == 302
    assert give_code(client, page, telephone.code) == (302, "/profile?x=1")


def test_no_code_at_all_is_no_try(client: FlaskClient, demo: DemoAccount, telephone: Telephone) -> None:
    page = ask_for_code(client, demo)
    for _ in range(9):
        status, refused = give_code(client, page, "")
        assert (status, "Fill this in." in refused) == (422, True)

    assert give_code(client, page, telephone.code)[0] == 302


def test_a_code_lets_in_once(
    client: FlaskClient, app: Flask, demo: DemoAccount, telephone: Telephone
) -> None:
    """ASVS 5.0 V6.5: a one-time code is used once."""
    give_code(client, ask_for_code(client, demo), telephone.code)
    other = app.test_client()

    status, page = give_code(other, ask_for_code(other, demo), telephone.code)

    assert (status, "used already" in page) == (422, True)


def test_a_recovery_code_lets_in_once(
    client: FlaskClient, app: Flask, demo: DemoAccount, enrolled: tuple[Telephone, tuple[str, ...]]
) -> None:
    """ASVS 5.0 V6.5: a recovery code is used once."""
    recovery = enrolled[1][0]
    page = ask_for_code(client, demo)

    assert send(client, "/sign-in/code", page, one_time_code="", recovery_code=recovery)[0] == 302
    assert "9 recovery codes are left." in client.get("/profile").text
    other = app.test_client()
    status, page = send(other, "/sign-in/code", ask_for_code(other, demo), recovery_code=recovery)
    assert status == 422
    assert recovery not in page
    assert '<details class="disclosure field" open>' in page


def test_too_many_codes_have_to_wait_and_then_the_right_one_gets_in(
    client: FlaskClient, demo: DemoAccount, telephone: Telephone, clock: FakeClock
) -> None:
    """ASVS 5.0 V6.3: guessing is slowed down, and nobody is locked out for good."""
    page = ask_for_code(client, demo)
    tries = [give_code(client, page, telephone.wrong_code)[0] for _ in range(6)]
    assert (tries[0], tries[-1]) == (422, 429)

    refused = client.post(
        "/sign-in/code",
        data={"one_time_code": telephone.code, "csrf_token": csrf_of(page), "next": "/tags"},
    )
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert "tried too often. Wait" in refused.text
    assert 'name="next" value="/tags"' in refused.text
    clock.tick(seconds=int(refused.headers["Retry-After"]))
    assert give_code(client, refused.text, telephone.code) == (302, "/tags")


def csrf_of(page: str) -> str:
    return page.partition('name="csrf_token" value="')[2].partition('"')[0]


def test_too_many_passwords_have_to_wait_with_the_address_kept(
    client: FlaskClient, demo: DemoAccount, clock: FakeClock
) -> None:
    page = client.get("/sign-in?next=/tags").text
    tries = [
        send(client, "/sign-in", page, email=demo.account.email, password="wrong words") for _ in range(6)
    ]
    status, refused = tries[-1]

    assert status == 429
    assert "tried too often. Wait" in refused
    assert f'value="{demo.account.email}"' in refused
    clock.tick(minutes=15)
    again = send(client, "/sign-in", refused, email=demo.account.email, password=demo.password)
    assert again == (302, "/tags")


def test_who_owes_a_code_is_a_visitor_everywhere_else(
    client: FlaskClient, demo: DemoAccount, telephone: Telephone
) -> None:
    ask_for_code(client, demo)

    for path in ("/", "/profile", "/search", "/profile/second-factor/set-up", "/sign-in/set-up"):
        assert client.get(path).headers["Location"].partition("?")[0] == "/sign-in", path
    assert "Sign out" not in client.get("/sign-in").text


def test_the_token_of_somebody_half_way_in_is_worth_nothing_as_a_session(
    client: FlaskClient, app: Flask, demo: DemoAccount, telephone: Telephone
) -> None:
    ask_for_code(client, demo)
    with client.session_transaction() as session:
        assert "_user_id" not in session
        token = session[AWAITING]
    other = app.test_client()
    with other.session_transaction() as session:
        session["_user_id"] = token

    assert other.get("/profile").status_code == 302


def test_the_code_changes_the_token_and_the_half_way_one_ends(
    client: FlaskClient, app: Flask, demo: DemoAccount, telephone: Telephone
) -> None:
    """ASVS 5.0 7.2.4: a new token at each authentication, and the one before it ends."""
    page = ask_for_code(client, demo)
    with client.session_transaction() as session:
        half_way = session[AWAITING]
    give_code(client, page, telephone.code)
    with client.session_transaction() as session:
        assert AWAITING not in session
        assert session["_user_id"] != half_way

    other = app.test_client()
    with other.session_transaction() as session:
        session[AWAITING] = half_way
    assert other.get("/sign-in/code").headers["Location"].startswith("/sign-in")


def test_who_waited_too_long_begins_again_and_still_knows_where_to(
    client: FlaskClient, demo: DemoAccount, telephone: Telephone, clock: FakeClock
) -> None:
    page = ask_for_code(client, demo)
    clock.tick(minutes=11)

    status, begun_again = give_code(client, page, telephone.code)

    assert status == 401
    assert 'name="next" value="/profile?x=1"' in begun_again
    assert 'name="password"' in begun_again


def test_the_password_is_asked_again_where_somebody_else_wants_to_sign_in(
    client: FlaskClient, people: dict[Role, DemoAccount], demo: DemoAccount, telephone: Telephone
) -> None:
    page = ask_for_code(client, demo)
    assert "Sign in as somebody else" in page

    status, address = give_password(client, people[Role.INVESTIGATOR], "/profile")

    assert (status, address) == (302, "/profile")
    assert "investigator@example.org" in client.get("/profile").text
    with client.session_transaction() as session:
        assert AWAITING not in session


def test_a_disabled_account_is_out_between_the_two_steps(
    client: FlaskClient, kb_services: Services, demo: DemoAccount, telephone: Telephone
) -> None:
    page = ask_for_code(client, demo)

    kb_services.accounts.disable(OPERATOR, demo.account.id)

    assert give_code(client, page, telephone.code)[0] == 401
