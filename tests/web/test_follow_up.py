"""A saved edit is never answered by an error page because something that follows it breaks."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from whoosh.index import LockError

from kb.adapters.search import writer
from kb.config import Settings
from kb.domain.account import Role
from tests.web.conftest import SignIn, csrf_token


@pytest.fixture
def beginning(filled_home: Path) -> Path:
    return filled_home


@pytest.mark.parametrize(
    "failure", [LockError(), sqlite3.OperationalError("database is locked"), KeyError("x")]
)
def test_an_index_that_fails_for_whatever_reason_does_not_turn_a_saved_edit_into_an_error(
    client_as: SignIn, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    def fail(*_: object) -> None:
        raise failure

    client = client_as(Role.PRESENTER)
    data = {"csrf_token": csrf_token(client, "/cases/seven/"), "add": "preserve-first"}
    monkeypatch.setattr(writer, "apply", fail)
    answer = client.post("/cases/seven/tags", data=data, follow_redirects=True)
    assert answer.status_code == 200
    assert "The tags are changed." in answer.text


def test_texts_that_are_swept_away_under_a_search_do_not_break_the_page(
    client_as: SignIn, settings: Settings
) -> None:
    client = client_as(Role.PRESENTER)
    assert client.get("/search?q=nothing").status_code == 200
    (texts,) = Path(settings.home).rglob("units.sqlite")
    texts.unlink()
    answer = client.get("/search?q=logs")
    assert answer.status_code == 503
    assert "Search is being rebuilt" in answer.text
