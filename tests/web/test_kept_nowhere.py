"""A text that the checks block is shown again from the request, and what is looked through while typing is not kept: no file,
database, log or session holds it (ASVS 5.0 V14.2).
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kb.bootstrap import Services
from kb.config import Settings
from kb.domain.account import Account
from tests.samples import a_case
from tests.web.page_form import PageForm, form_at

SECRET = "verysecretperson@mailhost.example"
OTHER_WORDS = "zzotherwordsofit"
Traces = Callable[[], list[str]]
TYPED = f"Write to {SECRET}, {OTHER_WORDS}."


def _holders(home: Path) -> Iterator[str]:
    """Give the files of the home, and the lines of its databases, that hold a word of the text."""
    for path in home.rglob("*"):
        if path.is_file() and any(word.encode() in path.read_bytes() for word in (SECRET, OTHER_WORDS)):
            yield str(path)
        if path.suffix in {".db", ".sqlite"}:
            yield from _lines(path)


def _lines(path: Path) -> Iterator[str]:
    with sqlite3.connect(path) as database:
        dump = list(database.iterdump())
    database.close()
    yield from (line[:60] for line in dump if SECRET in line or OTHER_WORDS in line)


@pytest.fixture
def traces(settings: Settings, writer: FlaskClient, caplog: pytest.LogCaptureFixture) -> Traces:
    """Give everything on the server, and in the browser's session, that holds a word of the text."""
    caplog.set_level(logging.DEBUG)

    def found() -> list[str]:
        with writer.session_transaction() as session:
            told = {"session": str(dict(session)), "log": caplog.text}
        return [*_holders(settings.home), *(name for name, text in told.items() if SECRET in text)]

    return found


@pytest.fixture
def path(kb_services: Services, author: Account) -> str:
    return f"/submissions/{kb_services.submissions.create(author, a_case()).id}/write"


@pytest.mark.parametrize("place", [("about", "summary"), ("borders", "lessons-3-text")])
def test_a_blocked_text_is_shown_again_with_its_place_and_kept_nowhere(
    writer: FlaskClient, path: str, place: tuple[str, str], traces: Traces
) -> None:
    page, name = f"{path}/{place[0]}", place[1]
    answer = form_at(writer, page).send(writer, "go-on", **{name: TYPED})
    assert answer.status_code == 422
    assert PageForm(answer.text, page).fields[name] == TYPED
    assert f'<mark class="found__mark found__mark--block">{SECRET}' in answer.text
    assert f'href="#f-{name}"' in answer.text
    assert "To be mended" in answer.text
    assert SECRET not in str(answer.headers)
    assert traces() == []


def test_a_blocked_first_part_makes_no_draft(
    writer: FlaskClient, kb_services: Services, author: Account, traces: Traces
) -> None:
    answer = form_at(writer, "/submit/write").send(writer, title=TYPED)
    assert answer.status_code == 422
    assert PageForm(answer.text, "/submit/write").fields["title"] == TYPED
    assert kb_services.submissions.mine(author) == ()
    assert traces() == []


def test_what_is_looked_through_while_typing_is_kept_nowhere(
    writer: FlaskClient, path: str, traces: Traces
) -> None:
    token = form_at(writer, f"{path}/about").fields["csrf_token"]
    answer = writer.post("/submissions/check", data={"csrf_token": token, "text": TYPED, "language": "en"})
    assert answer.status_code == 200
    assert f"{SECRET}<sup" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert traces() == []


def test_a_text_in_which_nothing_is_found_gets_an_empty_answer(writer: FlaskClient, path: str) -> None:
    token = form_at(writer, f"{path}/about").fields["csrf_token"]
    answer = writer.post("/submissions/check", data={"csrf_token": token, "text": "Nothing here."})
    assert answer.text.strip() == ""


def test_nobody_without_a_form_of_this_session_has_a_text_looked_through(
    writer: FlaskClient, client: FlaskClient
) -> None:
    assert writer.post("/submissions/check", data={"text": TYPED}).status_code == 400
    assert client.post("/submissions/check", data={"text": TYPED}).status_code in {400, 401}
