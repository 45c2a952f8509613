"""The few fields of "I applied this", and where it is then read."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kb.bootstrap import Services
from kb.domain.account import Role
from tests.web.conftest import SignIn, csrf_token

FORM = "/cases/seven/lessons/preserve/applied"
FILLED = {"outcome": "worked", "month": "2026-08", "note": "It saved the logs.", "marking": "GREEN"}


@pytest.fixture
def beginning(filled_home: Path) -> Path:
    return filled_home


def send(client: FlaskClient, form: str, **data: str) -> TestResponse:
    return client.post(form, data={"csrf_token": csrf_token(client, form), **data})


def test_somebody_elsewhere_says_that_it_worked_and_the_solution_is_learned(
    client_as: SignIn, writer: FlaskClient
) -> None:
    lesson = "/cases/seven/lessons/preserve"
    assert "Not confirmed elsewhere yet" in writer.get(lesson).text
    coordinator = client_as(Role.COORDINATOR)
    assert 'value="2026-09"' in coordinator.get(FORM).text, "the month of today is filled in"
    answer = send(coordinator, FORM, **FILLED)
    assert (answer.status_code, answer.location) == (302, lesson)
    page = writer.get(lesson).text
    for word in ("Lesson learned", "Applied 1 time, worked 1 time", "It saved the logs.", "Belgium"):
        assert word in page
    assert "Correct what you said" not in page
    assert "Correct what you said" in coordinator.get(lesson).text


def test_a_rejected_form_keeps_every_word(writer: FlaskClient) -> None:
    answer = send(writer, FORM, month="yesterday", note="Ask anna.meier@police.example", marking="GREEN")
    assert answer.status_code == 422
    for word in ("Say how it went.", "never a day", "yesterday", "anna.meier@police.example"):
        assert word in answer.text
    assert send(writer, FORM, **FILLED | {"month": "2099-01"}).status_code == 422
    assert send(writer, FORM, **FILLED | {"note": "Ask anna.meier@police.example"}).status_code == 422


def test_what_one_said_is_corrected_and_withdrawn_by_oneself_alone(
    client_as: SignIn, kb_services: Services, writer: FlaskClient
) -> None:
    send(writer, FORM, **FILLED)
    mine = writer.get("/applications").text
    assert "It saved the logs." in mine
    (found,) = {part.partition("/")[0] for part in mine.split("/applications/")[1:]}
    edit = f"/applications/{found}/edit"
    assert client_as(Role.INVESTIGATOR).get(edit).status_code == 404
    assert "It saved the logs." in writer.get(edit).text
    assert send(writer, edit, **FILLED | {"outcome": "did-not-work", "revision": "1"}).status_code == 302
    assert "did not work 1 time" in writer.get("/cases/seven/lessons/preserve").text
    stale = send(writer, edit, **FILLED | {"note": "Other words", "revision": "1"})
    assert stale.status_code == 409
    assert "Other words" in stale.text
    gone = {"csrf_token": csrf_token(writer, "/applications"), "revision": "2"}
    assert writer.post(f"/applications/{found}/withdraw", data=gone | {"revision": "1"}).status_code == 409
    assert writer.post(f"/applications/{found}/withdraw", data=gone).status_code == 302
    assert "You have not said yet" in writer.get("/applications").text
    assert "Nobody has said yet" in writer.get("/cases/seven/lessons/preserve").text


def test_a_difficulty_is_not_applied(writer: FlaskClient) -> None:
    assert writer.get("/cases/seven/lessons/logs/applied").status_code == 404
    assert "I applied this" not in writer.get("/cases/seven/lessons/logs").text
