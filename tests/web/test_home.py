from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from kb.bootstrap import Services
from kb.domain.account import Account, Role
from kb.domain.errors import SearchUnavailable
from kb.domain.query import SearchPage, SearchQuery
from kb.web.pages.home import EXAMPLES
from tests.samples import a_case
from tests.web.conftest import SignIn
from tests.web.reading import Page
from tests.web.shelf import Shelf


def test_an_empty_knowledge_base_says_how_to_begin(client_as: SignIn) -> None:
    page = Page(client_as(Role.INVESTIGATOR).get("/").text)
    assert "No case studies yet" in page.headings
    assert page.address("Submit a case study") == "/submit"
    assert "What awaits you" not in page.text
    assert EXAMPLES[0] not in page.text, "a search that finds nothing is no example"


def test_a_visitor_is_led_to_sign_in_and_sees_no_state(client: FlaskClient, shelf: Shelf) -> None:
    shelf.fill()
    answer = client.get("/")
    assert answer.status_code == 302
    assert "Seven days" not in client.get("/", follow_redirects=True).text


def test_example_searches_lead_to_their_results(client_as: SignIn, shelf: Shelf) -> None:
    shelf.fill()
    client = client_as(Role.INVESTIGATOR)
    page = Page(client.get("/").text)
    for example in EXAMPLES:
        assert client.get(page.address(example)).status_code == 200


def test_a_count_of_a_difficulty_is_what_its_click_returns(client_as: SignIn, shelf: Shelf) -> None:
    shelf.fill()
    shelf.case("eight")
    shelf.follow()
    client = client_as(Role.INVESTIGATOR)
    page = Page(client.get("/").text)
    assert "Retention period expired 2" in page.text
    assert "2 results" in Page(client.get(page.address("Retention period expired")).text).text


def test_the_newest_case_studies_are_shown_with_their_place_and_time(client_as: SignIn, shelf: Shelf) -> None:
    shelf.concepts()
    shelf.case(period={"start": "2019-03", "end": "2020"})
    shelf.follow()
    page = Page(client_as(Role.INVESTIGATOR).get("/").text)
    assert "Austria · Mar 2019–2020" in page.text
    assert page.address("Seven days") == "/cases/seven/seven-days"


def test_a_draft_awaits_its_author_and_says_that_it_is_not_submitted(
    client_as: SignIn, kb_services: Services, accounts: dict[Role, Account]
) -> None:
    view = kb_services.submissions.create(accounts[Role.PRESENTER], a_case(title="Half a case"))
    page = Page(client_as(Role.PRESENTER).get("/").text)
    assert "Draft, not submitted yet" in page.text
    assert page.address("Half a case") == f"/submissions/{view.id}"
    assert "Half a case" not in client_as(Role.COORDINATOR).get("/").text


def test_a_coordinator_is_told_how_many_wait(
    client_as: SignIn, kb_services: Services, accounts: dict[Role, Account]
) -> None:
    view = kb_services.submissions.create(accounts[Role.PRESENTER], a_case())
    kb_services.submissions.submit(accounts[Role.PRESENTER], view.id, view.revision)
    assert "1 submission waits for a coordinator" in client_as(Role.COORDINATOR).get("/").text
    assert "waits for a coordinator" not in client_as(Role.INVESTIGATOR).get("/").text


def test_an_administrator_who_reads_nothing_is_led_to_the_accounts(client_as: SignIn) -> None:
    answer = client_as(Role.ADMINISTRATOR).get("/")
    assert (answer.status_code, answer.location) == (302, "/admin/accounts")


def test_home_stands_while_search_is_rebuilt(
    client_as: SignIn, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.fill()

    def gone(_self: object, _query: SearchQuery) -> SearchPage:
        raise SearchUnavailable

    monkeypatch.setattr("kb.adapters.search.engine.WhooshSearchEngine.search", gone)
    page = Page(client_as(Role.INVESTIGATOR).get("/").text)
    assert "Search is being rebuilt" in page.text
    assert "Seven days" in page.text
