"""One line for each request, and no trace in it of who asked and for what."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.adapters.log import LINES, formatter
from kb.domain.account import Role
from kb.services.demo import DemoAccount
from tests.web.conftest import SignIn, csrf_token
from tests.web.routes import PLACES, Given, addresses

CANARY = "zzcanary"
TYPED: Given = {place: (f"{CANARY}-{place}",) for place in PLACES} | {
    "number": (777001,),
    "before": (777002,),
    "after": (777003,),
}
"""What stands in the places of routes; none of it may be found in the log."""
SENT = {
    "email": f"{CANARY}@example.org", "password": f"{CANARY} password", "name": CANARY, "title": CANARY, "q": CANARY,
    "code": CANARY, "reason": CANARY, "comment": CANARY, "next": f"/{CANARY}",
}  # fmt: skip
HEADERS = {
    "Origin": "http://localhost",
    "Referer": f"http://localhost/{CANARY}",
    "User-Agent": CANARY,
    "X-Forwarded-For": f"{CANARY}, 203.0.113.77",
    "X-Request-ID": CANARY,
    "Accept-Language": CANARY,
}
ELSEWHERE = {"REMOTE_ADDR": "198.51.100.77"}


class Log:
    """Everything that this process logs, as the server would write it."""

    def __init__(self) -> None:
        self._written = io.StringIO()
        self.handler = logging.StreamHandler(self._written)
        self.handler.setFormatter(formatter(*LINES))

    @property
    def text(self) -> str:
        return self._written.getvalue()

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]


@pytest.fixture
def app(own_app: Flask) -> Flask:
    """One adds a page that fails."""
    return own_app


@pytest.fixture
def log() -> Iterator[Log]:
    """Write everything down to the last detail: levels are a setting, and hide nothing for good."""
    made, root = Log(), logging.getLogger()
    level = root.level
    root.addHandler(made.handler)
    root.setLevel(logging.INFO)
    yield made
    root.setLevel(level)
    root.removeHandler(made.handler)


def requests(log: Log) -> list[dict[str, Any]]:
    return [line for line in log.lines if line["logger"] == "kb.web.requests"]


def test_a_request_is_one_line_of_how_it_went(client: FlaskClient, log: Log) -> None:
    client.get("/sign-in?next=/cases")

    (line,) = requests(log)
    assert {name: line[name] for name in ("event", "method", "endpoint", "status", "level")} == {
        "event": "request", "method": "GET", "endpoint": "account.sign_in", "status": 200, "level": "info"
    }  # fmt: skip
    assert line["bytes"] > 1000
    assert line["milliseconds"] > 0
    assert len(line["request"]) == 10


def test_each_request_has_a_number_of_its_own(client: FlaskClient, log: Log) -> None:
    for path in ("/sign-in", "/nothing", "/healthz"):
        client.get(path)

    assert len({line["request"] for line in requests(log)}) == 3


@pytest.mark.parametrize(
    ("method", "path", "noted"),
    [
        ("GET", "/nothing", ("GET", None)),
        ("ZZCANARY", "/sign-in", ("other", None)),
        ("DELETE", "/sign-in", ("DELETE", None)),
        ("HEAD", "/healthz", ("HEAD", "health")),
    ],
)
def test_what_no_page_answers_is_noted_like_any_other(
    client: FlaskClient, log: Log, method: str, path: str, noted: tuple[str, str | None]
) -> None:
    answer = client.open(path, method=method)

    (line,) = requests(log)
    assert (line["method"], line["endpoint"]) == noted
    assert line["status"] == answer.status_code


def test_a_fault_is_logged_with_the_number_that_the_page_shows(
    app: Flask, client_as: SignIn, log: Log
) -> None:
    """ASVS 5.0 16.5.1: a generic message to the person, the detail in the log."""

    def fault(place: str) -> str:
        raise RuntimeError(place)

    app.add_url_rule("/fault/<place>", "fault", fault)
    app.testing = False

    answer = client_as(Role.INVESTIGATOR).get(f"/fault/{CANARY}")

    told = next(line for line in log.lines if "fault" in line)
    (line,) = requests(log)
    assert answer.status_code == 500
    assert told["request"] == line["request"] == answer.headers["X-Request-ID"]
    assert told["request"] in answer.text
    assert told["fault"][0]["kind"] == "RuntimeError"
    assert CANARY not in log.text


def test_no_other_answer_names_its_number(client: FlaskClient) -> None:
    assert "X-Request-ID" not in client.get("/sign-in").headers


def test_no_line_holds_what_was_typed_or_who_typed_it(
    app: Flask, client: FlaskClient, client_as: SignIn, people: dict[Role, DemoAccount], log: Log
) -> None:
    """ASVS 5.0 V16.2 and V14.2: every route, with something typed at every place where something can be."""
    accounts = {role: demo.account for role, demo in people.items()}
    browsers = [client, *(client_as(role) for role in accounts)]
    count = 0
    for browser in browsers:
        browser.set_cookie(CANARY, CANARY)
        token = csrf_token(browser, "/sign-in" if browser is client else "/profile")
        for method in ("GET", "POST"):
            for address in addresses(app, method, TYPED):
                if address.endpoint == "account.sign_out":
                    continue
                browser.open(
                    f"{address.path}?q={CANARY}&key={CANARY}",
                    method=method,
                    data=SENT | {"csrf_token": token} if method == "POST" else None,
                    headers=HEADERS,
                    environ_overrides=ELSEWHERE,
                    buffered=True,
                )
                count += 1

    assert len(requests(log)) >= count
    known = (CANARY, "198.51.100.77", "203.0.113.77", "777001", "777002", "777003", "@")
    names = [text for each in accounts.values() for text in (each.id, each.name, each.email)]
    found = [text for text in (*known, *names) if text in log.text]
    assert not found
