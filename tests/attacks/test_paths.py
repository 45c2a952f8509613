"""Ids in addresses are names, never paths: whatever is written there is answered by 404, and no file is looked at for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count, islice, product
from pathlib import Path
from string import ascii_lowercase
from urllib.parse import unquote_to_bytes

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from kb.bootstrap import Services
from kb.config import Settings
from kb.domain.account import OPERATOR, Account, Role
from kb.domain.errors import NotFound
from kb.services.standing import Standing
from tests.attacks.conftest import StillAnswers
from tests.web.conftest import SignIn
from tests.web.routes import rules
from tests.web.shelf import Shelf

SECRET = "a word that stands in no page"
TRICKS = (
    "..", ".", "...", "%2e%2e", "%2E%2E", "%252e%252e", "..%2f..%2fsecret", "..%2Fsecret", "%2e%2e%2fsecret.key", "..%5csecret", "..\\secret",
    "....//secret", "%c0%ae%c0%ae%c0%afsecret", "..;", "..%00", "seven%00", "seven%00.yaml", "%00", "seven%0a", "seven%0d%0aX-Evil:1",
    "seven.", "seven%20", "%20seven", "seven%2f", "seven%2f.", "seven%5c", ".pending", ".git", "~root", "%7e", "C%3a%5csecret", "con", "nul",
    "SEVEN", "s%D0%B5ven", "%EF%BC%8E%EF%BC%8E", "%E2%80%AE", "seven%E2%80%8B", "%ff%fe", "%F0%9F%92%A3", "%", "%zz", "*", "seven*", "{seven}", "$(id)", "`id`",
    "';DROP TABLE account;--", "%27%20OR%201=1", "0001.yaml", "seven%2f0001.yaml", "secret.key", "accounts.db", "-1", "0", "9" * 30, "a" * 81, "a" * 8000,
)  # fmt: skip
"""What stands where an id, a key or a number is expected, as it is sent."""
LOCAL = ("http://localhost/", *(f"/{letter}" for letter in ascii_lowercase))
"""How an address of this site begins; with two slashes it would be another's."""
THIRDS = 3
KEEPING = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})
PLACE = re.compile(r"<[^>]*?([a-z]+)>")
FILES = frozenset({"static", "bootstrap.static"})
ANSWERED = {"account.link": {410}, "submissions.edit": {301}}
"""Routes that answer what does not exist in their own way."""


@pytest.fixture
def app(own_app: Flask) -> Flask:
    """One takes the check of forms away."""
    return own_app


def placed(rule: Rule, trick: str) -> str:
    return PLACE.sub(lambda _: trick, rule.rule)


def cases_of(app: Flask, method: str) -> Iterator[tuple[Rule, str]]:
    """Give every route with a third of the tricks, the next one with the next third: one way leads from address to store."""
    tried = [rule for rule in rules(app, method) if "<" in rule.rule]
    for place, rule in enumerate(tried):
        yield from ((rule, placed(rule, trick)) for trick in TRICKS[place % THIRDS :: THIRDS])


NUMBERS = count(1)


@pytest.fixture
def planted(settings: Settings, shelf: Shelf) -> Path:
    """Something to be found beside the home, in it and beside the entries; and a case that can be read."""
    for folder in (settings.home.parent, settings.home, settings.entries, settings.search_index):
        (folder / "secret").write_text(SECRET)
        (folder / "secret.yaml").write_text(SECRET)
    shelf.fill()
    return settings.home


def files(home: Path) -> set[str]:
    return {path.relative_to(home.parent).as_posix() for path in home.parent.rglob("*")}


@pytest.fixture
def keeper(client_as: SignIn, kb_services: Services, accounts: dict[Role, Account]) -> FlaskClient:
    """A browser in which somebody is signed in who may do everything."""
    account = accounts[Role.COORDINATOR]
    place = account.organisation
    assert place
    standing = Standing(roles=KEEPING, organisation=place.name, country=place.country)
    kb_services.accounts.change_standing(OPERATOR, account.id, standing)
    return client_as(Role.COORDINATOR)


def sent(client: FlaskClient, method: str, path: str) -> TestResponse:
    """Send the address as it stands: a browser, and the client of the tests, would clear away its dots.

    Each comes from another place, because guessing at links from one is soon slowed down.
    """
    number = next(NUMBERS)
    raw = {
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "REMOTE_ADDR": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}",
    }
    form = {"revision": "1", "reason": "x", "name": "x"} if method == "POST" else None
    return client.open("/", method=method, data=form, environ_overrides=raw, buffered=True)


@pytest.mark.slow
def test_an_id_is_never_a_path(
    app: Flask, keeper: FlaskClient, planted: Path, still_answers: StillAnswers
) -> None:
    """ASVS 5.0 5.3.2: file names are made of ids that were known before, never of what an address holds."""
    before = files(planted)

    for rule, path in cases_of(app, "GET"):
        answer = sent(keeper, "GET", path)
        allowed = {404, 308, *ANSWERED.get(rule.endpoint, ()), *({302} if rule.endpoint in FILES else ())}
        assert answer.status_code in allowed, (answer.status_code, path[:200])
        assert SECRET not in answer.text
        assert "X-Evil" not in answer.headers
        assert answer.headers.get("Location", "/a").startswith(LOCAL), path
    assert files(planted) == before
    still_answers()


@pytest.mark.slow
@pytest.mark.parametrize("half", [0, 1])
def test_a_form_sent_to_such_an_address_does_nothing(
    app: Flask, keeper: FlaskClient, planted: Path, still_answers: StillAnswers, half: int
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    before = files(planted)

    for _, path in islice(cases_of(app, "POST"), half, None, 2):
        answer = sent(keeper, "POST", path)
        assert 400 <= answer.status_code < 500 or answer.status_code == 308, (answer.status_code, path[:200])
        assert SECRET not in answer.text
    assert files(planted) == before
    still_answers()


def test_a_search_may_hold_it_too(client_as: SignIn) -> None:
    client = client_as(Role.INVESTIGATOR)

    for name, trick in product(("q", "case", "tag", "page", "scope", "sort"), TRICKS):
        assert client.get(f"/search?{name}={trick}").status_code == 200, (name, trick[:200])


@pytest.mark.parametrize(
    "name", ["../secret", "..", "seven/../../secret", "/etc/passwd", "", "SEVEN", "a" * 200, "se\x00ven"]
)
def test_no_service_takes_a_path_for_an_id_either(
    kb_services: Services, accounts: dict[Role, Account], planted: Path, name: str
) -> None:
    officer = accounts[Role.COORDINATOR]

    for ask in (kb_services.cases.get, kb_services.events.get, kb_services.submissions.get):
        with pytest.raises((NotFound, ValueError)):
            ask(officer, name)
