"""Searching in vain in several browsers, and what is left of it."""

from __future__ import annotations

import re

from flask.testing import FlaskClient

from kb.config import Settings
from tests.web.conftest import csrf_token

PAGE = "/searches-in-vain"
TEXT, KEPT = "Zeppelin  Footage", "zeppelin footage"
"""What is typed, and the form in which it is kept."""


def search(browser: FlaskClient, *texts: str, **more: object) -> None:
    for text in texts:
        assert browser.get("/search", query_string={"q": text, **more}).status_code == 200


def sign_out(browser: FlaskClient) -> None:
    answer = browser.post("/sign-out", data={"csrf_token": csrf_token(browser, "/")})
    assert answer.status_code == 302


def shown(coordinator: FlaskClient) -> list[str]:
    return re.findall(r'class="vain__text"><a href="[^"]*">([^<]*)<', coordinator.get(PAGE).text)


def file_of(settings: Settings) -> bytes:
    """Give everything that stands in the database, its log included."""
    return b"".join(path.read_bytes() for path in settings.home.glob("accounts.db*"))
