"""Talking about a submission, passing it on, answering warnings, and naming co-authors, by the pages."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kb.adapters.accounts.accounts import SqlAccounts
from kb.adapters.accounts.database import open_database
from kb.bootstrap import Services
from kb.config import Settings
from kb.domain.account import Account, Role
from kb.domain.ports import NewAccount
from kb.services.submission_view import SubmissionView
from tests.samples import a_case
from tests.web.conftest import SignIn
from tests.web.page_form import PageForm

Accounts = dict[Role, Account]
HANDLE = "We met @nightowl there."


@pytest.fixture
def coordinator(client_as: SignIn) -> FlaskClient:
    return client_as(Role.COORDINATOR)


@pytest.fixture
def view(kb_services: Services, accounts: Accounts) -> SubmissionView:
    """What the presenter submitted and the coordinator has."""
    return in_review(kb_services, accounts)


@pytest.fixture
def second(app: Flask, settings: Settings, kb_services: Services, accounts: Accounts) -> FlaskClient:
    """A browser in which a second coordinator is signed in."""
    home = accounts[Role.COORDINATOR].organisation
    account = SqlAccounts(open_database(settings.accounts)).add(
        NewAccount(
            id="second", email="second@example.org", name="Second", organisation=home,
            roles=frozenset({Role.COORDINATOR}),
        )
    )  # fmt: skip
    browser = app.test_client()
    with browser.session_transaction() as session:
        session["_user_id"] = kb_services.sessions.open(account).token
        session["_fresh"] = True
    return browser


def in_review(kb: Services, accounts: Accounts, **fields: object) -> SubmissionView:
    author = accounts[Role.PRESENTER]
    draft = kb.submissions.create(author, a_case(**fields))
    sent = kb.submissions.submit(author, draft.id, draft.revision)
    return kb.reviews.take(accounts[Role.COORDINATOR], sent.id, sent.revision)


def send(client: FlaskClient, identifier: str, step: str, **typed: str) -> TestResponse:
    """Open the submission's page, fill one of its forms and send it."""
    form = PageForm(client.get(f"/submissions/{identifier}").text, f"/submissions/{identifier}/{step}")
    for name, value in typed.items():
        form.fields[name] = value
    return form.send(client)


def test_a_lesson_is_commented_on_answered_and_resolved(
    coordinator: FlaskClient,
    writer: FlaskClient,
    view: SubmissionView,
    kb_services: Services,
    author: Account,
) -> None:
    told = {"beside": "lessons.logs", "about": "lessons.logs.text", "text": "Which kind of provider?"}
    answer = send(coordinator, view.id, "comments", **told)
    assert (answer.status_code, answer.location) == (302, f"/submissions/{view.id}#said-lessons.logs")
    page = writer.get(f"/submissions/{view.id}").text
    assert page.index('id="logs"') < page.index("Which kind of provider?") < page.index('id="preserve"')
    assert f"/submissions/{view.id}/comments/c1/resolve" not in page, "who was asked does not resolve it"
    assert send(writer, view.id, "comments/c1/answer", text="A small one.").status_code == 302
    page = coordinator.get(f"/submissions/{view.id}").text
    assert "A small one." in page
    assert "1 comment is open." in page
    assert send(coordinator, view.id, "comments/c1/resolve").status_code == 302
    assert kb_services.submissions.get(author, view.id).waiting == ()
    assert send(coordinator, view.id, "comments/c1/reopen").status_code == 302
    assert len(kb_services.submissions.get(author, view.id).waiting) == 1


def test_an_empty_comment_comes_back_at_its_place(coordinator: FlaskClient, view: SubmissionView) -> None:
    answer = send(coordinator, view.id, "comments", about="title", text=" ")
    assert answer.status_code == 422
    assert "Write what you want to say." in answer.text


def test_an_outdated_page_says_what_happened_meanwhile_and_keeps_the_words(
    coordinator: FlaskClient, writer: FlaskClient, view: SubmissionView
) -> None:
    page = coordinator.get(f"/submissions/{view.id}").text
    said = PageForm(page, f"/submissions/{view.id}/comments")
    send(writer, view.id, "comments", text="It was two days, in fact.")
    answer = said.send(coordinator, text="How long did it take?")
    assert answer.status_code == 409
    assert "Nothing was done: this page was out of date" in answer.text
    assert "Commented, Demo presenter" in answer.text
    assert answer.text.count("How long did it take?") == 2, "told, and in its form again"


def test_words_sent_about_what_is_decided_by_now_are_shown_again(
    coordinator: FlaskClient, view: SubmissionView, kb_services: Services, author: Account
) -> None:
    page = coordinator.get(f"/submissions/{view.id}").text
    form = PageForm(page, f"/submissions/{view.id}/publish")
    kb_services.submissions.withdraw(author, view.id, view.revision)
    form.fields["reason"] = "Say how long it took."
    from_a_browser = {"data": form.fields, "headers": {"Origin": "http://localhost"}}
    answer = coordinator.post(f"/submissions/{view.id}/request-changes", **from_a_browser)
    assert answer.status_code == 404
    assert "Say how long it took." in answer.text
    missing = coordinator.post("/submissions/missing/request-changes", **from_a_browser)
    assert missing.text == answer.text


def test_the_presenter_sees_which_comments_are_open_before_submitting_again(
    writer: FlaskClient, view: SubmissionView, kb_services: Services, accounts: Accounts
) -> None:
    kb_services.reviews.request_changes(
        accounts[Role.COORDINATOR], view.id, view.revision, "Say how long it took."
    )
    page = writer.get(f"/submissions/{view.id}").text
    assert "1 comment is open" in page
    assert '<a href="#c1">The whole text</a>: Say how long it took.' in page
    check = writer.get(f"/submissions/{view.id}/write/check").text
    assert PageForm(check, f"/submissions/{view.id}/submit").send(writer).status_code == 302


def test_what_changed_since_the_last_round_is_shown(
    coordinator: FlaskClient, view: SubmissionView, kb_services: Services, accounts: Accounts, author: Account
) -> None:
    asked = kb_services.reviews.request_changes(
        accounts[Role.COORDINATOR], view.id, view.revision, "Count again."
    )
    saved = kb_services.submissions.save(author, view.id, asked.revision, a_case(title="Eight days"))
    kb_services.submissions.submit(author, view.id, saved.revision)
    page = coordinator.get(f"/submissions/{view.id}").text
    assert "What has changed since it was last read" in page
    assert "<del>Seven</del><ins>Eight</ins>" in page


def test_a_warning_is_answered_with_a_reason_before_publishing(
    coordinator: FlaskClient, kb_services: Services, accounts: Accounts
) -> None:
    view = in_review(kb_services, accounts, summary=HANDLE)
    page = coordinator.get(f"/submissions/{view.id}").text
    assert "1 warning stands before publishing" in page
    assert "<mark>@nightowl</mark>" in page
    assert "Publish this text" not in page
    assert "1 warning" in coordinator.get("/review").text
    answer = send(coordinator, view.id, "override")
    assert answer.status_code == 422
    assert "Say why this may stay." in answer.text
    assert send(coordinator, view.id, "override", reason="It stood in the newspapers.").status_code == 302
    page = coordinator.get(f"/submissions/{view.id}").text
    assert "It stood in the newspapers." in page
    assert "Publish this text" in page


def test_it_is_given_back_and_decided_from_the_queue(
    coordinator: FlaskClient, view: SubmissionView, kb_services: Services, author: Account
) -> None:
    assert send(coordinator, view.id, "give-back").location == "/review"
    queue = coordinator.get("/review?for=unclaimed").text
    form = PageForm(queue, f"/submissions/{view.id}/take")
    assert form.send(coordinator).location == f"/submissions/{view.id}"
    queue = coordinator.get("/review?for=mine").text
    decision = PageForm(queue, f"/submissions/{view.id}/publish")
    answer = decision.send(
        coordinator, to=f"/submissions/{view.id}/request-changes", reason="Shorter, please."
    )
    assert answer.location == "/review"
    assert "Its presenter" in coordinator.get("/review?for=presenters").text
    assert "Nothing waits for these" in coordinator.get("/review?for=mine").text


def test_a_co_author_is_named_and_removed(
    writer: FlaskClient, client_as: SignIn, kb_services: Services, accounts: Accounts, author: Account
) -> None:
    draft = kb_services.submissions.create(author, a_case())
    other = client_as(Role.INVESTIGATOR)
    assert other.get(f"/submissions/{draft.id}").status_code == 404
    wrong = send(writer, draft.id, "co-authors", address="nobody@example.org")
    assert wrong.status_code == 422
    assert "nobody@example.org" in wrong.text
    assert send(writer, draft.id, "co-authors", address=accounts[Role.INVESTIGATOR].email).status_code == 302
    assert "Go on writing" in other.get(f"/submissions/{draft.id}").text
    assert send(writer, draft.id, "co-authors/remove").status_code == 302
    assert other.get(f"/submissions/{draft.id}").status_code == 404


def test_a_second_coordinator_is_asked_and_it_is_handed_over(
    coordinator: FlaskClient, second: FlaskClient, view: SubmissionView
) -> None:
    asked = send(coordinator, view.id, "ask", to="second", question="Is it fit for GREEN?")
    assert asked.status_code == 302
    assert "You were asked, by Demo coordinator" in second.get("/review?for=asked").text
    assert send(second, view.id, "comments/c1/answer", text="I think it is.").status_code == 302
    page = coordinator.get(f"/submissions/{view.id}").text
    assert "Opinion" in page
    assert "I think it is." in page
    assert send(coordinator, view.id, "hand-over", to="second").location == "/review"
    assert "Your decision" in second.get(f"/submissions/{view.id}").text
