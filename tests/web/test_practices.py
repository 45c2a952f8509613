"""The register's pages: from a lesson to a proposal, and what its readers and coordinators then see."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kb.bootstrap import Services
from kb.domain.account import Account, Role
from kb.domain.lesson import Outcome
from kb.domain.marking import Audience, Marking
from kb.services.applications import Told
from kb.services.practices import PracticeView
from tests.samples import BRUSSELS
from tests.services.register import words
from tests.web.conftest import SignIn, csrf_token
from tests.web.shelf import Shelf

FILLED = {
    "title": "Ask for preservation on the first day",
    "how_to": "Telephone, then send the form.",
    "label": "promising",
    "rests_on": "http://localhost/cases/seven/lessons/preserve\nseven/logs",
    "marking": "GREEN",
    "language": "en",
}


@pytest.fixture
def beginning(filled_home: Path) -> Path:
    return filled_home


def send(client: FlaskClient, form: str, **data: str) -> TestResponse:
    return client.post(form.partition("?")[0], data={"csrf_token": csrf_token(client, form), **data})


def proposed(kb: Services, accounts: dict[Role, Account]) -> PracticeView:
    return kb.practice_acts.propose(accounts[Role.PRESENTER], words())


def test_a_lesson_leads_to_a_proposal_with_its_words_and_a_coordinator_endorses_it(
    client_as: SignIn, writer: FlaskClient
) -> None:
    lesson = writer.get("/cases/seven/lessons/preserve").text
    assert "No practice that you may read rests on this lesson yet." in lesson
    assert "/practices/new?from=seven/preserve" in lesson.replace("%2F", "/")
    begun = writer.get("/practices/new?from=seven/preserve").text
    assert "A preservation request went out by telephone" in begun

    answer = send(writer, "/practices/new", **FILLED)
    assert answer.status_code == 302
    page = client_as(Role.COORDINATOR).get(answer.location).text
    assert "these words wait to be endorsed" in page
    assert client_as(Role.INVESTIGATOR).get(answer.location).status_code == 404

    coordinator = client_as(Role.COORDINATOR)
    token = csrf_token(coordinator, answer.location)
    done = coordinator.post(f"{answer.location}/endorse", data={"csrf_token": token, "revision": "1"})
    assert done.status_code == 302
    seen = client_as(Role.INVESTIGATOR).get(answer.location).text
    for word in (
        "Promising",
        "Single case",
        "Ask for preservation first",
        "Logs were gone",
        "I applied this",
    ):
        assert word in seen


def test_a_rejected_proposal_keeps_every_word_and_says_where(writer: FlaskClient) -> None:
    wrong = FILLED | {
        "rests_on": "nothing at all",
        "effect": "Fewer losses.",
        "evaluations": "A study without an address",
    }
    answer = send(writer, "/practices/new", **wrong)
    assert answer.status_code == 422
    for word in (*wrong.values(), "is no address of a lesson", "beginning with https://"):
        assert word in answer.text
    blocked = send(writer, "/practices/new", **FILLED | {"how_to": "Write to anna.meier@police.example."})
    assert blocked.status_code == 422
    assert "anna.meier@police.example" in blocked.text


def test_evaluations_are_read_with_title_and_address(writer: FlaskClient) -> None:
    study = "An outside study, https://university.example/study"
    answer = send(writer, "/practices/new", **FILLED | {"evaluations": study})
    page = writer.get(answer.location).text
    assert '<a href="https://university.example/study" rel="noopener nofollow">An outside study</a>' in page
    assert "Evaluated" in page


def test_who_saves_second_sees_both_texts_and_loses_none(
    kb_services: Services, accounts: dict[Role, Account], writer: FlaskClient
) -> None:
    view = proposed(kb_services, accounts)
    form = f"/practices/{view.id}/edit"
    token = csrf_token(writer, form)
    kb_services.practice_acts.edit(accounts[Role.PRESENTER], view.id, 1, words(title="Saved meanwhile"))
    mine = {**FILLED, "title": "My own words", "csrf_token": token, "revision": "1"}
    answer = writer.post(form, data=mine)
    assert answer.status_code == 409
    assert "Saved meanwhile" in answer.text
    assert "My own words" in answer.text
    assert writer.post(form, data=mine | {"revision": "2"}).status_code == 302
    assert "My own words" in writer.get(f"/practices/{view.id}").text
    assert "Saved meanwhile" in writer.get(f"/practices/{view.id}/revisions/2").text


def test_who_may_not_take_a_step_is_told_so_and_who_wrote_it_does_not_endorse_it(
    kb_services: Services, accounts: dict[Role, Account], writer: FlaskClient, client_as: SignIn
) -> None:
    view = proposed(kb_services, accounts)
    token = csrf_token(writer, f"/practices/{view.id}")
    refused = writer.post(f"/practices/{view.id}/endorse", data={"csrf_token": token, "revision": "1"})
    assert refused.status_code == 403
    coordinator = client_as(Role.COORDINATOR)
    assert coordinator.get(f"/practices/{view.id}/marking").status_code == 403
    stale = coordinator.post(
        f"/practices/{view.id}/endorse",
        data={"csrf_token": csrf_token(coordinator, f"/practices/{view.id}"), "revision": "7"},
    )
    assert stale.status_code == 409
    assert "newer revision" in stale.text


def test_it_is_retired_with_a_reason_and_brought_back(
    kb_services: Services, accounts: dict[Role, Account], client_as: SignIn
) -> None:
    view = proposed(kb_services, accounts)
    client, page = client_as(Role.COORDINATOR), f"/practices/{view.id}"
    assert send(client, f"{page}/retire", revision="1", reason="").status_code == 422
    assert send(client, f"{page}/retire", revision="1", reason="The law changed").status_code == 302
    assert "The law changed" in client.get(page).text
    assert view.practice.title in client.get("/practices?status=retired").text
    assert view.practice.title not in client.get("/practices").text
    assert send(client, f"{page}/reinstate", revision="2", reason="Changed back").status_code == 302
    assert "Changed back" in client.get(f"{page}/history").text


def test_its_owner_narrows_it_and_the_printed_page_bears_the_marking(
    kb_services: Services, accounts: dict[Role, Account], writer: FlaskClient
) -> None:
    view = proposed(kb_services, accounts)
    answer = send(
        writer, f"/practices/{view.id}/marking", revision="1", marking="AMBER", reason="A court asked"
    )
    assert answer.status_code == 302
    assert 'class="printed--amber handout"' in writer.get(f"/practices/{view.id}").text


def test_filters_show_what_fits_and_an_empty_register_says_what_to_do(
    kb_services: Services, accounts: dict[Role, Account], writer: FlaskClient
) -> None:
    assert "No practice here that you may read" in writer.get("/practices").text
    view = proposed(kb_services, accounts)
    assert view.practice.title in writer.get("/practices?label=new&strength=single-case").text
    assert view.practice.title not in writer.get("/practices?label=worked").text
    assert view.practice.title not in writer.get("/practices?difficulty=retention-expired&label=odd").text


def test_what_failed_elsewhere_stands_as_prominently_as_what_worked(
    kb_services: Services, accounts: dict[Role, Account], shelf: Shelf, writer: FlaskClient
) -> None:
    shelf.case("eight", owner=BRUSSELS)
    shelf.follow()
    coordinator, author = accounts[Role.COORDINATOR], accounts[Role.PRESENTER]
    view = kb_services.practice_acts.propose(author, words(contradicted_by=("eight/wait",)))
    kb_services.practice_acts.endorse(coordinator, view.id, 1)
    subject = kb_services.applications.subject(coordinator, practice=view.id)
    told = {"month": "2026-08", "outcome": Outcome.FAILED, "note": "It was too late for us."}
    kb_services.applications.apply(coordinator, subject, Told.model_validate(told))
    page = writer.get(f"/practices/{view.id}").text
    against = page[page.index("What contradicts it") :]
    assert "Wait for the treaty request" in against
    assert "It was too late for us." in against
    assert "did not work 1 time" in page


def test_an_audience_wider_than_a_lesson_is_refused_at_its_field(shelf: Shelf, writer: FlaskClient) -> None:
    shelf.case("eight", audience=Audience(marking=Marking.AMBER))
    shelf.follow()
    answer = send(writer, "/practices/new", **FILLED | {"rests_on": "eight/preserve"})
    assert answer.status_code == 422
    assert "who may not read everything that it rests on" in answer.text
