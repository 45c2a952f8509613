"""The coordinator's pages."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from kb.bootstrap import Services
from kb.domain.account import Account, Role
from kb.domain.marking import Audience, Marking
from kb.domain.workflow import SubmissionStatus
from tests.fakes.clock import FakeClock
from tests.samples import a_case
from tests.web.conftest import SignIn
from tests.web.page_form import PageForm

Accounts = dict[Role, Account]


@pytest.fixture
def coordinator(client_as: SignIn) -> FlaskClient:
    return client_as(Role.COORDINATOR)


def submitted(kb: Services, author: Account, **fields: object) -> str:
    draft = kb.submissions.create(author, a_case(**fields))
    return kb.submissions.submit(author, draft.id, draft.revision).id


def in_review(kb: Services, accounts: Accounts, **fields: object) -> str:
    identifier = submitted(kb, accounts[Role.PRESENTER], **fields)
    return kb.reviews.take(accounts[Role.COORDINATOR], identifier, 2).id


def status(kb: Services, author: Account, identifier: str) -> SubmissionStatus:
    return kb.submissions.get(author, identifier).submission.status


def decide(client: FlaskClient, identifier: str, verb: str, reason: str = "") -> tuple[int, str, str]:
    """Fill the form of the decision and press one of its buttons: status, address and page of the answer."""
    page = client.get(f"/submissions/{identifier}").text
    form = PageForm(page, f"/submissions/{identifier}/publish")
    answer = form.send(client, to=f"/submissions/{identifier}/{verb}", reason=reason)
    return answer.status_code, answer.location or "", answer.text


def test_the_queue_tells_what_waits_and_who_has_it(
    coordinator: FlaskClient, kb_services: Services, accounts: Accounts, clock: FakeClock
) -> None:
    assert "Nothing waits" in coordinator.get("/review").text
    submitted(kb_services, accounts[Role.PRESENTER], title="The first")
    clock.tick()
    in_review(kb_services, accounts, title="The second")
    page = coordinator.get("/review").text
    assert "2 submissions" in page
    assert page.index("The first") < page.index("The second")
    assert "Any coordinator" in page
    assert re.search(r"<td>\s*You\s*</td>", page)


def test_the_queue_is_for_coordinators(client_as: SignIn) -> None:
    assert client_as(Role.PRESENTER).get("/review").status_code == 403


def test_a_submission_is_taken_read_and_published(
    coordinator: FlaskClient, client_as: SignIn, kb_services: Services, author: Account
) -> None:
    identifier = submitted(kb_services, author)
    page = coordinator.get(f"/submissions/{identifier}").text
    for words in ("TLP:GREEN", "Logs were gone", "Ask for preservation first", author.name):
        assert words in page
    step = PageForm(page, f"/submissions/{identifier}/take")
    coordinator.post(step.action, data=step.fields)
    code, location, _ = decide(coordinator, identifier, "publish")
    assert code == 302
    assert "Published. Search finds it now." in coordinator.get(location).text
    found = client_as(Role.INVESTIGATOR).get("/search?q=telephone").text
    assert "Ask for preservation first" in found
    assert status(kb_services, author, identifier) is SubmissionStatus.PUBLISHED


def test_after_publishing_for_others_the_coordinator_is_back_at_the_queue(
    coordinator: FlaskClient, kb_services: Services, accounts: Accounts
) -> None:
    identifier = in_review(kb_services, accounts, audience=Audience(marking=Marking.AMBER_STRICT))
    assert decide(coordinator, identifier, "publish")[:2] == (302, "/review")


def test_changes_are_requested_and_the_author_reads_what(
    coordinator: FlaskClient, client_as: SignIn, kb_services: Services, accounts: Accounts, author: Account
) -> None:
    identifier = in_review(kb_services, accounts)
    assert decide(coordinator, identifier, "request-changes", "How long did it take?")[:2] == (302, "/review")
    writer = client_as(Role.PRESENTER)
    for path in (f"/submissions/{identifier}", f"/submissions/{identifier}/write"):
        assert "How long did it take?" in writer.get(path).text
    assert status(kb_services, author, identifier) is SubmissionStatus.CHANGES_REQUESTED


def test_declining_tells_why_and_takes_it_out_of_the_queue(
    coordinator: FlaskClient, client_as: SignIn, kb_services: Services, accounts: Accounts
) -> None:
    identifier = in_review(kb_services, accounts)
    assert decide(coordinator, identifier, "decline", "Too operational.")[:2] == (302, "/review")
    assert "Nothing waits" in coordinator.get("/review").text
    assert "Too operational." in client_as(Role.PRESENTER).get(f"/submissions/{identifier}").text


@pytest.mark.parametrize("verb", ["decline", "request-changes"])
def test_without_a_reason_nothing_happens_and_the_sentence_says_so(
    coordinator: FlaskClient, kb_services: Services, accounts: Accounts, author: Account, verb: str
) -> None:
    identifier = in_review(kb_services, accounts)
    code, _, page = decide(coordinator, identifier, verb)
    assert code == 422
    assert "Say why, so that the presenter can go on." in page
    assert status(kb_services, author, identifier) is SubmissionStatus.IN_REVIEW


def test_a_reason_typed_in_vain_is_not_lost(
    coordinator: FlaskClient, kb_services: Services, accounts: Accounts, author: Account
) -> None:
    identifier = in_review(kb_services, accounts)
    page = coordinator.get(f"/submissions/{identifier}").text
    form = PageForm(page, f"/submissions/{identifier}/publish")
    kb_services.reviews.request_changes(accounts[Role.COORDINATOR], identifier, 3, "First tab.")
    answer = form.send(coordinator, to=f"/submissions/{identifier}/decline", reason="Second tab, same words")
    assert answer.status_code == 409
    assert "newer revision" in answer.text
    assert "Second tab, same words" in answer.text
    assert "First tab." in answer.text


def test_what_was_saved_after_reading_is_not_published_unread(
    coordinator: FlaskClient, kb_services: Services, accounts: Accounts
) -> None:
    identifier = in_review(kb_services, accounts)
    page = coordinator.get(f"/submissions/{identifier}").text
    form = PageForm(page, f"/submissions/{identifier}/publish")
    answer = form.send(coordinator, revision="1", reason="Kept words")
    assert answer.status_code == 409
    assert "newer revision" in answer.text
    assert "Kept words" in answer.text


def test_ones_own_submission_is_another_coordinators(
    coordinator: FlaskClient, kb_services: Services, accounts: Accounts
) -> None:
    identifier = submitted(kb_services, accounts[Role.COORDINATOR])
    page = coordinator.get(f"/submissions/{identifier}").text
    assert "A coordinator who did not write it reviews a submission." in page
    assert f"/submissions/{identifier}/take" not in page
    step = PageForm(page, f"/submissions/{identifier}/withdraw")
    answer = coordinator.post(f"/submissions/{identifier}/take", data=step.fields)
    assert answer.status_code == 403
    assert "did not write it" in answer.text


def test_a_change_shows_what_it_changes_to_who_may_read_the_case(
    coordinator: FlaskClient, kb_services: Services, accounts: Accounts, author: Account
) -> None:
    identifier = in_review(kb_services, accounts)
    case = kb_services.reviews.publish(accounts[Role.COORDINATOR], identifier, 3).case
    base, number = kb_services.submissions.base_of_change(author, case)
    changed = base.model_copy(update={"title": "Eight days"})
    change = kb_services.submissions.create_change(author, case, number, changed)
    kb_services.submissions.submit(author, change.id, 1)
    page = coordinator.get(f"/submissions/{change.id}").text
    assert "Change of revision 1" in page
    assert "<del>Seven</del><ins>Eight</ins>" in page


def test_under_chatham_house_the_reviewer_elsewhere_learns_no_author(
    coordinator: FlaskClient, kb_services: Services, author: Account
) -> None:
    identifier = submitted(kb_services, author, audience=Audience(chatham_house=True))
    for path in ("/review", f"/submissions/{identifier}"):
        page = coordinator.get(path).text
        assert author.name not in page
        assert "Austria" not in page
