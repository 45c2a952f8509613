"""A cookie that was copied is worth nothing once its session has ended, and one that was planted never becomes somebody else's."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.bootstrap import Services
from kb.domain.account import OPERATOR, Account, Role
from kb.services.demo import DemoAccount
from kb.services.standing import Standing
from tests.fakes.clock import FakeClock
from tests.web.conftest import SignIn, csrf_token

COOKIE = "casebook"
End = Callable[[Services, Account, FlaskClient], object]


def sign_out(_: Services, __: Account, browser: FlaskClient) -> object:
    return browser.post("/sign-out", data={"csrf_token": csrf_token(browser, "/profile")})


def change_password(kb: Services, account: Account, _: FlaskClient) -> object:
    link = kb.accounts.reset(OPERATOR, account.id)
    return kb.passwords.set_by_link(link.token, "violet harbour lantern tuesday")


ENDS: dict[str, End] = {
    "signing out": sign_out,
    "disabling": lambda kb, account, _: kb.accounts.disable(OPERATOR, account.id),
    "disabling and enabling": lambda kb, account, _: (
        kb.accounts.disable(OPERATOR, account.id),
        kb.accounts.enable(OPERATOR, account.id),
    ),
    "ending all sessions": lambda kb, account, _: kb.accounts.end_sessions(OPERATOR, account.id),
    "a new password": change_password,
    "other roles": lambda kb, account, _: kb.accounts.change_standing(
        OPERATOR,
        account.id,
        Standing(
            roles=frozenset({Role.INVESTIGATOR, Role.PRESENTER}), organisation="Another unit", country="FR"
        ),
    ),
}


def cookie_of(browser: FlaskClient) -> str:
    cookie = browser.get_cookie(COOKIE)
    assert cookie is not None
    return cookie.value


def with_cookie(app: Flask, value: str) -> FlaskClient:
    browser = app.test_client()
    browser.set_cookie(COOKIE, value)
    return browser


def is_in(browser: FlaskClient) -> bool:
    return browser.get("/profile").status_code == 200


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_a_copied_cookie_is_worth_nothing_after(
    app: Flask, kb_services: Services, accounts: dict[Role, Account], client_as: SignIn, end: End
) -> None:
    """ASVS 5.0 V7.4: sessions end on the server, not in the browser alone."""
    owner = client_as(Role.INVESTIGATOR)
    assert is_in(owner)
    copy = cookie_of(owner)
    assert is_in(with_cookie(app, copy))

    end(kb_services, accounts[Role.INVESTIGATOR], owner)

    stolen = with_cookie(app, copy)
    assert not is_in(stolen)
    assert stolen.get("/search").headers["Location"].startswith("/sign-in")
    assert stolen.post("/profile", data={"name": "Stolen"}).status_code == 401
    assert with_cookie(app, copy).get("/healthz").status_code == 200


def test_a_copied_cookie_ends_by_itself(app: Flask, client_as: SignIn, clock: FakeClock) -> None:
    """ASVS 5.0 V7.3: idle for half an hour, or twelve hours old however much it is used."""
    idle, busy = client_as(Role.INVESTIGATOR), client_as(Role.INVESTIGATOR)
    assert is_in(idle)
    copies = [cookie_of(idle), cookie_of(busy)] if is_in(busy) else []

    for _ in range(12 * 3 + 1):
        clock.tick(minutes=20)
        is_in(busy)

    assert len(copies) == 2
    assert not any(is_in(with_cookie(app, copy)) for copy in copies)


def sign_in(browser: FlaskClient, demo: DemoAccount) -> int:
    token = csrf_token(browser, "/sign-in")
    words = {"email": demo.account.email, "password": demo.password, "csrf_token": token}
    return browser.post("/sign-in", data=words).status_code


def test_a_planted_session_does_not_become_the_victims(
    app: Flask, client_as: SignIn, people: dict[Role, DemoAccount]
) -> None:
    """ASVS 5.0 7.2.4: a new token at each sign-in; the one that the browser came with ends."""
    attacker = client_as(Role.PRESENTER)
    assert is_in(attacker)
    planted = cookie_of(attacker)
    victim = with_cookie(app, planted)
    victim.post("/sign-out", data={"csrf_token": csrf_token(victim, "/profile")})
    victim.set_cookie(COOKIE, planted)

    assert sign_in(victim, people[Role.INVESTIGATOR]) == 302

    assert "Demo investigator" in victim.get("/profile").text
    assert cookie_of(victim) != planted
    assert not is_in(with_cookie(app, planted))


def test_a_visitors_cookie_that_was_planted_leads_nowhere_after_the_sign_in(
    app: Flask, people: dict[Role, DemoAccount]
) -> None:
    attacker = app.test_client()
    attacker.get("/sign-in")
    planted = cookie_of(attacker)
    form_token = csrf_token(attacker, "/sign-in")
    victim = with_cookie(app, planted)

    assert sign_in(victim, people[Role.INVESTIGATOR]) == 302

    assert not is_in(with_cookie(app, planted))
    forged = victim.post("/profile", data={"name": "Forged", "language": "en", "csrf_token": form_token})
    assert forged.status_code == 400
    assert "Demo investigator" in victim.get("/profile").text


@pytest.mark.parametrize(
    "change",
    [
        lambda cookie: (
            cookie[:-2] + ("A" if cookie[-2] != "A" else "B") + cookie[-1]
        ),  # the last holds spare bits
        lambda cookie: "A" + cookie,
        lambda cookie: ".".join(["e30", *cookie.split(".")[1:]]),
        lambda cookie: cookie.rsplit(".", 1)[0] + ".",
        lambda cookie: cookie.split(".")[0],
        lambda _: "",
        lambda _: "." * 2000,
        lambda _: "eyJfdXNlcl9pZCI6ImFkbWluIn0.aaaaaa.aaaaaaaaaaaaaaaaaaaaaaaaaaa",
        lambda _: "\xff\x00%00",
    ],
)
def test_a_cookie_that_was_written_by_hand_is_a_visitors(
    app: Flask, client_as: SignIn, change: Callable[[str], str]
) -> None:
    owner = client_as(Role.INVESTIGATOR)
    assert is_in(owner)

    forged = with_cookie(app, change(cookie_of(owner)))

    assert not is_in(forged)
    assert forged.get("/sign-in").status_code == 200
