"""Asking about a lesson and answering, as people do it in a browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kb.bootstrap import Services
from kb.domain.account import Account, Role
from kb.domain.case_study import CaseStatus
from kb.domain.marking import Audience
from tests.fakes.clock import FakeClock
from tests.web.conftest import SignIn, csrf_token
from tests.web.reading import Page
from tests.web.shelf import Shelf

LESSON = "/cases/seven/lessons/logs"
ASK = f"{LESSON}/questions"


@pytest.fixture
def beginning(filled_home: Path) -> Path:
    return filled_home


@pytest.fixture
def coordinator(client_as: SignIn) -> FlaskClient:
    return client_as(Role.COORDINATOR)


def sent(client: FlaskClient, path: str, **fields: str) -> tuple[int, str, str]:
    fields["csrf_token"] = csrf_token(client, LESSON)
    answer = client.post(path, data=fields)
    return answer.status_code, answer.headers.get("Location", ""), answer.text


def test_a_question_and_its_answer_stand_on_the_lesson_and_are_counted_on_the_case(
    coordinator: FlaskClient, writer: FlaskClient
) -> None:
    assert sent(coordinator, ASK, text="How *long* were they kept?")[:2] == (302, f"{LESSON}#post-p1")
    answered = sent(writer, "/cases/seven/questions/p1/answers", text="A week.")
    assert answered[:2] == (302, f"{LESSON}#post-p2")
    html = writer.get(LESSON).text
    page = Page(html)
    assert "How <em>long</em> were they kept?" in html
    assert "Questions and answers (1)" in page.text
    assert "The presenter's desk" in page.text
    assert "example.org" not in html
    text = Page(writer.get("/cases/seven/").text).text
    assert "1 question" in text
    assert "How *long* were they kept? Logs were gone 1 answer" in text


def test_markup_in_a_post_does_nothing(coordinator: FlaskClient) -> None:
    sent(coordinator, ASK, text='<script>alert(1)</script> <img src=x onerror="x">')
    html = coordinator.get(LESSON).text
    assert "<script>alert" not in html
    assert "<img" not in html


def test_what_was_refused_is_shown_again_word_for_word(coordinator: FlaskClient) -> None:
    typed = "Write to someone@police.example.net please"
    status, _, html = sent(coordinator, ASK, text=typed)
    assert status == 422
    assert typed in html
    assert "post-p1" not in coordinator.get(LESSON).text
    sent(coordinator, ASK, text="How long?")
    status, _, html = sent(coordinator, "/cases/seven/questions/p1/answers", text=typed)
    assert (status, typed in html, "How long?" in html) == (422, True, True)


def test_what_was_typed_survives_an_expired_session(coordinator: FlaskClient, clock: FakeClock) -> None:
    token = csrf_token(coordinator, LESSON)
    clock.tick(hours=1)
    answer = coordinator.post(
        ASK, data={"text": "How long?", "csrf_token": token}, headers={"Origin": "http://localhost"}
    )
    assert answer.status_code == 401
    assert "How long?" in answer.text


def test_what_is_not_there_is_not_there(coordinator: FlaskClient) -> None:
    for path in ("/cases/seven/lessons/none/questions", "/cases/none/lessons/logs/questions"):
        assert sent(coordinator, path, text="")[0] == 404
    for act in ("answers", "hide", "withdraw"):
        assert sent(coordinator, f"/cases/seven/questions/p1/{act}", text="x", reason="x")[0] == 404
    assert sent(coordinator, "/cases/seven/questions/p1/answers", text="")[0] == 404
    assert coordinator.get("/cases/seven/questions/p1/hide").status_code == 404


def test_who_wrote_it_takes_it_back(coordinator: FlaskClient, writer: FlaskClient) -> None:
    sent(coordinator, ASK, text="How long?")
    assert "Take it back" not in writer.get(LESSON).text
    assert sent(writer, "/cases/seven/questions/p1/withdraw")[0] == 403
    assert sent(coordinator, "/cases/seven/questions/p1/withdraw")[0] == 302
    assert "How long?" not in writer.get(LESSON).text


def test_a_coordinator_takes_words_out_of_view_with_a_reason(
    coordinator: FlaskClient, writer: FlaskClient
) -> None:
    sent(coordinator, ASK, text="How long?")
    sent(writer, "/cases/seven/questions/p1/answers", text="Too much was said here")
    path = "/cases/seven/questions/p2/hide"
    assert writer.get(path).status_code == 403
    assert "Too much was said here" in coordinator.get(path).text
    assert sent(coordinator, path, reason="")[0] == 422
    sent(coordinator, "/cases/seven/questions/p1/answers", text="Another")
    sent(coordinator, "/cases/seven/questions/p1/hide", reason="Names a person")
    text = Page(writer.get(LESSON).text).text
    assert "Taken out of view by a coordinator: Names a person" in text
    assert sent(coordinator, path, reason="Too much")[0] == 302
    assert "Too much was said here" not in writer.get(LESSON).text


def test_under_chatham_house_a_page_names_neither_person_nor_unit_nor_day(
    shelf: Shelf, coordinator: FlaskClient, writer: FlaskClient, accounts: dict[Role, Account]
) -> None:
    shelf.case("seven", audience=Audience(chatham_house=True))
    shelf.follow()
    sent(writer, ASK, text="How long?")
    html = coordinator.get(LESSON).text
    text = Page(html).text
    author = accounts[Role.PRESENTER]
    assert re.search(r"How long\? The presenter's desk, \w{3} \d{4} ", text)
    assert author.name not in text
    assert author.organisation is not None
    assert author.organisation.name not in text
    assert author.name in Page(writer.get(LESSON).text).text


def test_a_case_that_is_no_longer_current_is_closed_for_questions(
    shelf: Shelf, coordinator: FlaskClient, kb_services: Services
) -> None:
    sent(coordinator, ASK, text="How long?")
    shelf.case("seven", status=CaseStatus.RETIRED, status_reason="Old")
    shelf.follow()
    html = coordinator.get(LESSON).text
    assert "How long?" in html
    assert "Ask about this lesson" not in html
    status, _, page = sent(coordinator, ASK, text="And now?")
    assert (status, "And now?" in page) == (409, True)


def test_a_question_about_a_lesson_that_went_stands_on_the_page_of_the_case(
    shelf: Shelf, coordinator: FlaskClient
) -> None:
    sent(coordinator, ASK, text="How long?")
    case = shelf.case("seven")
    shelf.case("seven", lessons=case.cross_border_issues)
    shelf.follow()
    text = Page(coordinator.get("/cases/seven/").text).text
    assert "About lessons that this case tells no more How long?" in text
