"""Searches in vain, from browsers to the coordinator's page: two accounts in two browsers, and what is never kept."""

from __future__ import annotations

import re
from itertools import product

import pytest
from flask.testing import FlaskClient

from kb.bootstrap import Services
from kb.config import Settings
from kb.domain.account import OPERATOR, Account, Role
from kb.domain.query import SearchRequest
from kb.domain.vain_search import PendingSearch
from kb.services.vain_searches import MOST_SHOWN
from kb.web.pending_search import KEY
from tests.web.conftest import SignIn
from tests.web.page_form import form_at
from tests.web.shelf import Shelf
from tests.web.vain_searching import KEPT, PAGE, TEXT, file_of, search, shown, sign_out

OTHER = "preservation"


@pytest.fixture
def coordinator(client_as: SignIn) -> FlaskClient:
    return client_as(Role.COORDINATOR)


@pytest.fixture
def anna(client_as: SignIn) -> FlaskClient:
    return client_as(Role.INVESTIGATOR)


@pytest.fixture
def boris(client_as: SignIn) -> FlaskClient:
    return client_as(Role.PRESENTER)


def test_two_accounts_in_two_browsers_bring_a_search_to_the_coordinators(
    anna: FlaskClient, boris: FlaskClient, coordinator: FlaskClient
) -> None:
    search(anna, TEXT, "something else")
    assert shown(coordinator) == []

    search(boris, TEXT)
    sign_out(boris)

    assert shown(coordinator) == [KEPT]
    page = coordinator.get(PAGE).text
    assert 'href="/search?q=zeppelin+footage"' in page
    assert "2 found nothing" in page
    assert "Sep 2026" in page


def test_one_account_in_two_browsers_is_one_account(
    client_as: SignIn, coordinator: FlaskClient, settings: Settings
) -> None:
    for _ in range(2):
        browser = client_as(Role.INVESTIGATOR)
        search(browser, TEXT, "something else", TEXT)
        sign_out(browser)

    assert shown(coordinator) == []
    assert KEPT.encode() not in file_of(settings).lower()


def test_opening_a_case_or_a_lesson_makes_a_search_no_longer_vain(
    anna: FlaskClient, boris: FlaskClient, coordinator: FlaskClient, shelf: Shelf
) -> None:
    shelf.fill()
    for browser, address in ((anna, "/cases/seven/"), (boris, "/cases/seven/lessons/logs")):
        search(browser, OTHER)
        assert browser.get(address).status_code == 200
        search(browser, "something else")

    assert shown(coordinator) == []


def test_what_was_found_and_not_opened_is_told_apart_from_what_was_not_found(
    anna: FlaskClient, boris: FlaskClient, coordinator: FlaskClient, shelf: Shelf
) -> None:
    shelf.fill()
    for browser in (anna, boris):
        search(browser, OTHER)
        assert browser.get("/cases/missing/").status_code == 404
        search(browser, "something else")

    assert shown(coordinator) == [OTHER]
    page = coordinator.get(PAGE).text
    assert "2 opened nothing" in page
    assert "result" in page


def test_pages_filters_and_order_are_the_same_search(
    anna: FlaskClient, boris: FlaskClient, coordinator: FlaskClient, shelf: Shelf
) -> None:
    shelf.fill()
    for browser in (anna, boris):
        search(browser, OTHER)
        search(browser, OTHER, page=2)
        search(browser, OTHER, country="JP")
        search(browser, OTHER, sort="newest")
        search(browser, "", "x")
    assert shown(coordinator) == []

    for browser in (anna, boris):
        sign_out(browser)
    assert "2 opened nothing" in coordinator.get(PAGE).text


def test_a_search_while_typing_counts_what_was_typed_in_the_end(
    anna: FlaskClient, boris: FlaskClient, coordinator: FlaskClient
) -> None:
    for browser in (anna, boris):
        for length in range(1, len(KEPT) + 1):
            search(browser, KEPT[:length])
        for length in range(len(KEPT), len("zeppelin foo"), -1):
            search(browser, KEPT[:length])
        search(browser, "zeppelin food", "")
        sign_out(browser)

    assert shown(coordinator) == ["zeppelin food"]


def test_a_pending_search_that_cannot_be_read_is_no_search(anna: FlaskClient) -> None:
    with anna.session_transaction() as session:
        session[KEY] = {"text": 5}

    search(anna, TEXT)
    sign_out(anna)


def test_signing_out_without_a_search_counts_nothing(anna: FlaskClient, coordinator: FlaskClient) -> None:
    sign_out(anna)

    assert shown(coordinator) == []


def test_what_is_dealt_with_leaves_the_list_with_its_note_and_comes_back(
    anna: FlaskClient, boris: FlaskClient, coordinator: FlaskClient
) -> None:
    for browser in (anna, boris):
        search(browser, TEXT, "something else")
    page = coordinator.get(PAGE).text
    (address,) = re.findall(rf'href="({PAGE}/[0-9a-f]+)"', page)

    empty = form_at(coordinator, address).send(coordinator, note="")
    assert empty.status_code == 422
    assert "Say what was done" in empty.text
    refused = form_at(coordinator, address).send(coordinator, note="ask anna@unit.example")
    assert refused.status_code == 422
    assert "Leave the e-mail address out" in refused.text

    done = form_at(coordinator, address).send(coordinator, note="A synonym was added.")
    assert done.headers["Location"] == PAGE
    page = coordinator.get(PAGE).text
    assert "No search in vain" in page
    assert "A synonym was added." in page
    assert "Dealt with in Sep 2026: A synonym was added." in coordinator.get(address).text

    for browser in (anna, boris):
        search(browser, TEXT, "something else")
    assert "Dealt with before: A synonym was added." in coordinator.get(PAGE).text


def test_words_that_must_not_stay_are_forgotten(
    anna: FlaskClient, boris: FlaskClient, coordinator: FlaskClient, settings: Settings
) -> None:
    for browser in (anna, boris):
        search(browser, "the name of somebody", "something else")
    (address,) = re.findall(rf'href="({PAGE}/[0-9a-f]+)"', coordinator.get(PAGE).text)
    assert b"the name of somebody" in file_of(settings)

    done = form_at(coordinator, address, f"{address}/forget").send(coordinator)

    assert done.headers["Location"] == PAGE
    assert shown(coordinator) == []
    assert coordinator.get(address).status_code == 404
    assert b"the name of somebody" not in file_of(settings)


def test_an_empty_list_says_what_will_stand_there(coordinator: FlaskClient) -> None:
    assert "No search in vain" in coordinator.get(PAGE).text


def test_a_long_list_says_how_many_more_there_are(
    kb_services: Services, accounts: dict[Role, Account], coordinator: FlaskClient
) -> None:
    for account, number in product((Role.INVESTIGATOR, Role.PRESENTER), range(MOST_SHOWN + 2)):
        pending = PendingSearch(text=f"glider {number}", found=False)
        kb_services.vain_searches.settle(accounts[account], pending)

    assert "2 more come up when these are dealt with." in coordinator.get(PAGE).text


def main_of(page: str) -> str:
    """Give what a page says beside its header."""
    return page.partition("<main")[2]


def test_coordinators_come_to_the_page_from_the_review_and_from_home_where_something_waits(
    anna: FlaskClient, boris: FlaskClient, coordinator: FlaskClient
) -> None:
    link = f'href="{PAGE}"'
    assert link in coordinator.get("/review").text
    assert link not in main_of(coordinator.get("/").text)

    for browser in (anna, boris):
        search(browser, TEXT, "something else")

    home = main_of(coordinator.get("/").text)
    assert link in home
    assert "1 search in vain" in home
    assert link not in anna.get("/").text


@pytest.mark.parametrize("role", [Role.INVESTIGATOR, Role.PRESENTER, Role.ADMINISTRATOR])
@pytest.mark.parametrize("address", [PAGE, f"{PAGE}/mark"])
def test_others_are_refused(client_as: SignIn, role: Role, address: str) -> None:
    answer = client_as(role).get(address)

    assert answer.status_code == 403
    assert "Coordinators watch what was searched in vain." in answer.text


def test_what_is_typed_is_shown_as_text(
    anna: FlaskClient, boris: FlaskClient, coordinator: FlaskClient
) -> None:
    for browser in (anna, boris):
        search(browser, "<b>bold</b> words", "something else")

    page = coordinator.get(PAGE).text
    assert "&lt;b&gt;bold&lt;/b&gt; words" in page
    assert "<b>bold" not in page


def test_the_command_line_is_not_counted(
    kb_services: Services, accounts: dict[Role, Account], coordinator: FlaskClient
) -> None:
    for account in (OPERATOR, accounts[Role.INVESTIGATOR], accounts[Role.PRESENTER]):
        kb_services.search.search(account, SearchRequest(text=TEXT))
        kb_services.search.search(account, SearchRequest(text="something else"))

    assert shown(coordinator) == []
