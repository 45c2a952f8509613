"""Attacks are made on the application of the tests of pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.domain.account import Role
from tests.web.conftest import (
    SignIn,
    accounts,
    app,
    author,
    beginning,
    client,
    client_as,
    clock,
    filled_home,
    kb_services,
    made_app,
    new_home,
    own_app,
    people,
    peopled,
    settings,
    shelf,
    writer,
)

__all__ = [
    "accounts", "app", "author", "beginning", "client", "client_as", "clock", "filled_home", "kb_services", "made_app",
    "new_home", "own_app", "people", "peopled", "settings", "shelf", "writer",
]  # fmt: skip

StillAnswers = Callable[[], None]


@pytest.fixture
def still_answers(app: Flask, client_as: SignIn) -> StillAnswers:
    """Assert that the server goes on answering visitors and officers."""
    visitor: FlaskClient = app.test_client()
    officer = client_as(Role.INVESTIGATOR)

    def check() -> None:
        assert visitor.get("/healthz").text == "ok\n"
        assert officer.get("/cases").status_code == 200

    return check
