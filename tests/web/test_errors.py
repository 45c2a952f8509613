"""Every error has one answer, as a page or as problem details; and what was typed survives it."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.bootstrap import Services
from kb.domain import errors as core
from kb.domain.account import Role
from kb.domain.errors import KnowledgeBaseError
from kb.services.demo import DemoAccount
from kb.web.errors import ANSWERS
from tests.fakes.clock import FakeClock
from tests.web.conftest import SignIn
from tests.web.telephone import fields_of

OWN = {"Origin": "http://localhost"}
JSON = {"Accept": "application/problem+json"}

RAISED: list[tuple[Exception, int, str]] = [
    (core.NotFound(), 404, "There is no such page for you."),
    (core.Forbidden("Coordinators curate the tags."), 403, "Coordinators curate the tags."),
    (core.Invalid(("title", "Give a title.")), 422, "Give a title."),
    (core.WrongState("Not now. Reload the page."), 409, "Not now. Reload the page."),
    (core.StaleRevision("case-study", "x", 2), 409, "Somebody saved a newer revision"),
    (core.StoreFailure("The disk is full."), 503, "The disk is full."),
    (core.Damaged("File 0002.yaml cannot be read."), 503, "0002.yaml"),
    (core.SearchUnavailable(), 503, "Search is being rebuilt."),
    (core.BadSetting("KB_URL is wrong."), 400, "KB_URL is wrong."),
]


@pytest.fixture
def app(own_app: Flask) -> Flask:
    """Each test adds a page that fails."""
    return own_app


def raising(app: Flask, error: Exception) -> None:
    def view() -> str:
        raise error

    app.add_url_rule("/raise", "raise", view, methods=["GET", "POST"])


def test_every_error_of_the_core_has_a_row() -> None:
    def family(error: type[Exception]) -> set[type[Exception]]:
        return {error}.union(*(family(each) for each in error.__subclasses__()))

    for error in family(KnowledgeBaseError):
        assert any(each in ANSWERS for each in error.__mro__), error


@pytest.mark.parametrize(("error", "status", "words"), RAISED, ids=lambda value: type(value).__name__)
def test_an_error_is_a_page_that_says_what_to_do(
    app: Flask, client_as: SignIn, error: Exception, status: int, words: str
) -> None:
    raising(app, error)

    answer = client_as(Role.INVESTIGATOR).get("/raise")

    assert answer.status_code == status
    assert words in answer.text
    assert answer.mimetype == "text/html"


@pytest.mark.parametrize(("error", "status", "words"), RAISED, ids=lambda value: type(value).__name__)
def test_an_error_is_problem_details_for_whoever_asks_for_json(
    app: Flask, client_as: SignIn, error: Exception, status: int, words: str
) -> None:
    raising(app, error)

    answer = client_as(Role.INVESTIGATOR).get("/raise", headers=JSON)

    problem = answer.get_json()
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert (problem["status"], problem["type"]) == (status, "about:blank")
    assert problem["title"]
    assert words in problem["detail"]


def test_problem_details_name_the_fields(app: Flask, client_as: SignIn) -> None:
    raising(app, core.Invalid(("title", "Give a title."), ("lessons", "Add a lesson.")))

    problem = client_as(Role.INVESTIGATOR).get("/raise", headers=JSON).get_json()

    assert problem["problems"] == [
        {"field": "title", "detail": "Give a title."},
        {"field": "lessons", "detail": "Add a lesson."},
    ]


def test_hidden_and_missing_are_the_same_to_the_byte(app: Flask, client_as: SignIn) -> None:
    raising(app, core.NotFound())
    client = client_as(Role.INVESTIGATOR)

    def page(path: str) -> str:
        return re.sub(r'value="[^"]{40,}"', "", client.get(path).text)

    assert page("/raise") == page("/missing")
    assert client.get("/raise", headers=JSON).data == client.get("/missing", headers=JSON).data


def test_a_visitor_who_asks_for_json_is_told_to_sign_in(client: FlaskClient) -> None:
    answer = client.get("/profile", headers=JSON)

    assert answer.status_code == 401
    assert answer.get_json()["detail"] == "Sign in to go on."


def test_a_browser_that_accepts_anything_gets_a_page(client_as: SignIn) -> None:
    assert client_as(Role.INVESTIGATOR).get("/missing", headers={"Accept": "*/*"}).mimetype == "text/html"


def test_the_wrong_method_is_refused(client_as: SignIn) -> None:
    assert client_as(Role.INVESTIGATOR).delete("/profile").status_code in {400, 405}
    assert client_as(Role.INVESTIGATOR).get("/sign-out").status_code == 405


def test_a_fault_of_ours_shows_a_number_that_the_log_holds_and_nothing_else(
    app: Flask, client_as: SignIn, caplog: pytest.LogCaptureFixture
) -> None:
    raising(app, RuntimeError("a secret of the inside"))
    app.testing = False

    answer = client_as(Role.INVESTIGATOR).get("/raise")

    number = re.search(r"<code>([a-z2-7]{10})</code>", answer.text)
    assert answer.status_code == 500
    assert number
    assert number[1] in caplog.text
    assert "a secret of the inside" in caplog.text
    assert "a secret of the inside" not in answer.text


def test_a_fault_of_ours_in_json_has_the_number_too(app: Flask, client_as: SignIn) -> None:
    raising(app, RuntimeError("a secret of the inside"))
    app.testing = False

    problem = client_as(Role.INVESTIGATOR).get("/raise", headers=JSON).get_json()

    assert re.fullmatch("[a-z2-7]{10}", problem["number"])
    assert "secret" not in str(problem)


def test_the_page_of_a_fault_asks_no_database(app: Flask, client: FlaskClient, kb_services: Services) -> None:
    app.testing = False

    def broken(token: str) -> None:
        raise RuntimeError("no database")

    app.login_manager.user_loader(broken)  # type: ignore[attr-defined]
    with client.session_transaction() as session:
        session["_user_id"] = "anything"

    answer = client.get("/profile")

    assert answer.status_code == 500
    assert "The fault is ours" in answer.text


def test_what_was_typed_survives_the_end_of_a_session(
    client_as: SignIn, clock: FakeClock, people: dict[Role, DemoAccount]
) -> None:
    client, demo = client_as(Role.PRESENTER), people[Role.PRESENTER]
    clock.tick(hours=1)
    typed = {"name": 'A <b>name</b> & "quotes"\n\nin lines', "language": "de", "password": "secret words"}

    interrupted = client.post("/profile?tab=1", data=typed, headers=OWN)
    assert interrupted.status_code == 401
    assert "secret words" not in interrupted.text
    signed_in = client.post(
        "/sign-in",
        data=fields_of(interrupted.text) | {"email": demo.account.email, "password": demo.password},
        headers=OWN,
    )
    assert signed_in.status_code == 200
    assert 'action="/profile?tab=1"' in signed_in.text
    resent = fields_of(signed_in.text)
    assert resent["name"] == typed["name"]
    sent = client.post("/profile?tab=1", data={**resent.to_dict(), "name": "A plain name"}, headers=OWN)

    assert sent.status_code == 302
    assert "A plain name" in client.get("/profile").text


def test_what_was_typed_survives_a_mistyped_password_too(
    client_as: SignIn, clock: FakeClock, people: dict[Role, DemoAccount]
) -> None:
    client, demo = client_as(Role.PRESENTER), people[Role.PRESENTER]
    clock.tick(hours=1)
    page = client.post("/profile", data={"name": "Typed with care"}, headers=OWN).text

    refused = client.post(
        "/sign-in",
        data=fields_of(page) | {"email": demo.account.email, "password": "wrong words"},
        headers=OWN,
    )

    assert refused.status_code == 422
    assert "is not right" in refused.text
    assert fields_of(refused.text)["kept.name"] == "Typed with care"


def test_a_form_of_an_old_page_is_shown_again_ready_to_be_sent(client_as: SignIn) -> None:
    client = client_as(Role.PRESENTER)

    refused = client.post("/profile", data={"name": "Typed with care", "language": "en"}, headers=OWN)
    sent = client.post("/profile", data=fields_of(refused.text), headers=OWN)

    assert refused.status_code == 400
    assert sent.status_code == 302
    assert "Typed with care" in client.get("/profile").text


def test_words_that_no_page_of_ours_sent_are_not_shown_ready_to_be_sent(
    client_as: SignIn, client: FlaskClient
) -> None:
    words = {"name": "Words of somebody else"}

    for browser in (client_as(Role.PRESENTER), client):
        assert "Words of somebody else" not in browser.post("/profile", data=words).text
