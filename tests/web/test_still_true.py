"""Whether a case is still true, answered in the browser by those who own it."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from kb.bootstrap import Services
from kb.domain.account import Account, Role
from tests.fakes.clock import NOON
from tests.web.conftest import SignIn, csrf_token
from tests.web.shelf import Shelf

DAY = dt.timedelta(days=1)
ADDRESS = "/still-true/seven"


@pytest.fixture
def overdue(shelf: Shelf, accounts: dict[Role, Account]) -> None:
    shelf.concepts()
    shelf.case(review_by=NOON.date() - DAY, author=accounts[Role.PRESENTER].id)
    shelf.follow()


@pytest.mark.usefixtures("overdue")
def test_one_click_in_the_list_says_that_it_is_still_true(client_as: SignIn, kb_services: Services) -> None:
    client = client_as(Role.INVESTIGATOR)
    page = client.get("/still-true").text
    assert "overdue since 31 August 2026" in page
    assert "Review overdue since" in client.get("/cases/seven/").text
    assert f'href="{ADDRESS}"' in client.get("/cases/seven/").text
    sent = {"csrf_token": csrf_token(client, "/still-true"), "revision": "1"}

    answer = client.post(ADDRESS, data=sent, follow_redirects=True)

    assert "Kept as still true. Its owner is asked again before 1 September 2027." in answer.text
    assert "Nothing to look at" in answer.text
    assert "To be reviewed by" in client.get("/cases/seven/").text
    assert "Found still true" in client.get("/cases/seven/history").text


@pytest.mark.usefixtures("overdue")
def test_another_date_is_chosen_on_its_page_and_a_wrong_one_is_refused_with_what_was_typed(
    client_as: SignIn, kb_services: Services, accounts: dict[Role, Account]
) -> None:
    client = client_as(Role.PRESENTER)
    assert 'value="2027-09-01"' in client.get(ADDRESS).text
    sent = {"csrf_token": csrf_token(client, ADDRESS), "revision": "1", "review_by": "2020-01-01"}

    refused = client.post(ADDRESS, data=sent)

    assert refused.status_code == 422
    assert "within five years" in refused.text
    assert 'value="2020-01-01"' in refused.text
    assert client.post(ADDRESS, data={**sent, "review_by": "2026-12-24"}).status_code == 302
    now = kb_services.cases.get(accounts[Role.PRESENTER], "seven")
    assert now.case.review_by == dt.date(2026, 12, 24)


@pytest.mark.usefixtures("overdue")
def test_a_stale_page_confirms_nothing_and_shows_what_happened(client_as: SignIn, shelf: Shelf) -> None:
    client = client_as(Role.PRESENTER)
    token = csrf_token(client, ADDRESS)
    shelf.case(review_by=NOON.date() - DAY, title="Nine days")
    shelf.follow()

    stale = client.post(ADDRESS, data={"csrf_token": token, "revision": "1"})

    assert stale.status_code == 409
    assert 'href="/cases/seven/differences/1/2"' in stale.text
    assert re.findall(r'name="revision" value="(\d)"', stale.text) == ["2"]


@pytest.mark.usefixtures("overdue")
def test_a_coordinator_of_elsewhere_sees_it_listed_and_cannot_answer(client_as: SignIn) -> None:
    client = client_as(Role.COORDINATOR)

    page = client.get("/still-true").text
    assert "Overdue elsewhere" in page
    assert "Seven days" in page
    assert client.get(ADDRESS).status_code == 403
    sent = {"csrf_token": csrf_token(client, "/inbox/settings"), "revision": "1"}
    assert client.post(ADDRESS, data=sent).status_code == 403
