"""Saved searches on pages: kept from the results, told on the first page, and nobody else's."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kb.bootstrap import Services
from kb.domain.account import Account, Role
from kb.domain.errors import SearchUnavailable
from kb.domain.query import Scope, SearchPage, SearchQuery, SearchRequest
from kb.domain.record import Origin
from kb.domain.saved_search import LONGEST_NAME, MOST_SAVED, SavedSearch
from tests.fakes.clock import FakeClock
from tests.samples import LESSONS, a_case
from tests.web.conftest import SignIn, csrf_token
from tests.web.desk import Accounts, publish
from tests.web.page_form import PageForm, form_at
from tests.web.reading import Page
from tests.web.shelf import Shelf

SEARCH = (
    "/search?q=logs+%3Cb%3E&scope=difficulties&country=AT&country=BE&stage=attribution&exact=1&sort=newest"
)


@pytest.fixture
def account(accounts: Accounts) -> Account:
    return accounts[Role.INVESTIGATOR]


@pytest.fixture
def reader(client_as: SignIn, shelf: Shelf) -> FlaskClient:
    shelf.fill()
    return client_as(Role.INVESTIGATOR)


@pytest.fixture
def saved(kb_services: Services, account: Account, clock: FakeClock, reader: FlaskClient) -> SavedSearch:
    """A search that the reader follows; what comes next comes a minute later."""
    clock.tick()
    kept = kb_services.saved_searches.save(account, SearchRequest(text="logs", exact=True))
    clock.tick()
    return kept


@pytest.fixture
def since_morning(kb_services: Services, account: Account, clock: FakeClock, reader: FlaskClient) -> str:
    """The address of what is new in a search that was saved before the shelf was filled, at noon."""
    clock.tick(hours=-2)
    kept = kb_services.saved_searches.save(account, SearchRequest(scope=Scope.CASES), "Case studies")
    clock.tick(hours=2)
    return f"/saved/{kept.id}"


def save(client: FlaskClient, address: str) -> TestResponse:
    page = client.get(address).text
    (action,) = re.findall(r'<form class="save" action="([^"]+)"', page)
    return PageForm(page, unescape(action)).send(client)


def press(client: FlaskClient, address: str) -> TestResponse:
    return client.post(address, data={"csrf_token": csrf_token(client, "/saved")})


def test_a_search_is_saved_as_it_stands_and_leads_back_to_its_results(reader: FlaskClient) -> None:
    answer = save(reader, SEARCH)

    assert answer.location == (
        "/search?q=logs+%3Cb%3E&scope=difficulties&sort=newest&exact=1&country=AT&country=BE&stage=attribution"
    )
    back = Page(reader.get(answer.location).text)
    assert "You follow this search now, as “logs <b>”." in back.text
    assert "You follow this search." in back.text
    listed = Page(reader.get("/saved").text)
    assert (
        "only these words Among: Difficulties Country: Austria Country: Belgium "
        "Stage: Attribution Order: Newest"
    ) in listed.text
    assert listed.address("logs <b>") == answer.location


def test_what_is_followed_is_not_offered_again(reader: FlaskClient, saved: SavedSearch) -> None:
    page = reader.get("/search?q=logs&exact=1&page=1").text

    assert "Save this search" not in page
    assert Page(page).address("Your saved searches") == f"/saved#{saved.id}"
    assert "Save this search" in reader.get("/search?q=logs").text


def test_results_of_another_spelling_are_followed_in_that_spelling(reader: FlaskClient) -> None:
    assert save(reader, "/search?q=preservetion&page=1").location == "/search?q=preservation"
    assert "You follow this search." in reader.get("/search?q=preservetion").text
    assert save(reader, "/search?q=preservetion&typed=1").location == "/search?q=preservetion&typed=1"


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/search", "Everything"),
        ("/search?scope=difficulties&country=AT&stage=attribution", "Difficulties, Austria, Attribution"),
        ("/search?case=seven", "Everything"),
    ],
)
def test_a_search_without_words_is_called_by_what_narrows_it(
    reader: FlaskClient, address: str, name: str
) -> None:
    assert save(reader, address).location == address
    assert Page(reader.get("/saved").text).address(name) == address


def test_one_too_many_is_refused_with_what_to_do(
    kb_services: Services, account: Account, reader: FlaskClient
) -> None:
    for number in range(MOST_SAVED):
        kb_services.saved_searches.save(account, SearchRequest(text=f"word{number}"))

    answer = save(reader, "/search?q=one+more")

    assert answer.status_code == 422
    assert "Delete one, then save this." in answer.text


def test_who_follows_nothing_is_told_how_to_begin(reader: FlaskClient) -> None:
    page = Page(reader.get("/saved").text)

    assert "You follow no search yet" in page.headings
    assert "follow" not in Page(reader.get("/").text).text


def test_new_results_are_counted_on_the_first_page_and_in_the_list_and_nowhere_else(
    reader: FlaskClient, saved: SavedSearch, kb_services: Services, accounts: Accounts
) -> None:
    assert "Nothing new since 1 Sep 2026, 12:01 UTC" in Page(reader.get("/saved").text).text
    assert "new results" not in reader.get("/").text

    case = publish(kb_services, accounts)

    home, listed = Page(reader.get("/").text), Page(reader.get("/saved").text)
    found = Page(reader.get(listed.address("1 new result")).text)
    assert home.address("1 new result in the searches that you follow") == "/saved"
    assert home.address("Saved 1 new") == listed.address("Saved 1 new") == "/saved"
    assert "1 new result" in found.text
    assert found.address("Logs were gone") == f"/cases/{case}/lessons/logs"
    assert Page(reader.get("/cases").text).address("Saved") == "/saved"


def test_looking_is_not_having_seen(
    reader: FlaskClient, saved: SavedSearch, kb_services: Services, accounts: Accounts, clock: FakeClock
) -> None:
    publish(kb_services, accounts)
    clock.tick()
    form = form_at(reader, f"/saved/{saved.id}", f"/saved/{saved.id}/seen")
    assert "new result" in reader.get("/saved").text
    clock.tick()
    meanwhile = publish(kb_services, accounts, title="Meanwhile", lessons=LESSONS[:1])
    clock.tick()

    answer = form.send(reader)

    assert answer.location == "/saved"
    left = Page(reader.get(f"/saved/{saved.id}").text)
    assert "1 new result" in left.text
    assert left.address("Logs were gone") == f"/cases/{meanwhile}/lessons/logs"


@pytest.mark.parametrize("until", ["", "x", "9" * 12, "-1", "１２３"])
def test_a_moment_that_is_none_means_now(
    reader: FlaskClient, since_morning: str, clock: FakeClock, until: str
) -> None:
    clock.tick()

    form_at(reader, since_morning, f"{since_morning}/seen").send(reader, until=until)

    assert "Nothing new" in Page(reader.get(since_morning).text).headings


def test_many_new_results_come_in_pages(reader: FlaskClient, since_morning: str, shelf: Shelf) -> None:
    for number in range(21):
        shelf.put(f"c{number}", a_case(title=f"Case {number}"))
    shelf.follow()

    first = Page(reader.get(since_morning).text)
    second = Page(reader.get(first.address("Next")).text)
    beyond = Page(reader.get(f"{since_morning}?page=9").text)

    assert "22 new results" in first.text
    assert len({link.address for link in second.links if link.address.startswith("/cases/")}) == 2
    assert beyond.address("Go to the first page") == f"{since_morning}?page=1"


def test_made_up_examples_are_told_beside_every_count_that_they_are_in(
    reader: FlaskClient, since_morning: str, shelf: Shelf
) -> None:
    places = ("/", "/saved", since_morning)
    told = "Counts include illustrative examples"
    assert not any(told in reader.get(place).text for place in places)

    shelf.put("example", a_case(origin=Origin.ILLUSTRATIVE))
    shelf.follow()

    assert all(told in reader.get(place).text for place in places)


def test_a_search_gets_another_name(reader: FlaskClient, saved: SavedSearch) -> None:
    form = form_at(reader, f"/saved/{saved.id}/rename")
    assert form.fields["name"] == "logs"

    form.send(reader, name="Retention <short>")

    assert Page(reader.get("/saved").text).address("Retention <short>") == "/search?q=logs&exact=1"


@pytest.mark.parametrize("name", ["", "   ", "x" * (LONGEST_NAME + 1)])
def test_a_name_that_says_nothing_or_too_much_is_refused_at_its_field(
    reader: FlaskClient, saved: SavedSearch, name: str
) -> None:
    answer = form_at(reader, f"/saved/{saved.id}/rename").send(reader, name=name)

    assert answer.status_code == 422
    assert 'id="name-error"' in answer.text


def test_a_deleted_search_is_gone(reader: FlaskClient, saved: SavedSearch) -> None:
    answer = press(reader, f"/saved/{saved.id}/delete")

    assert answer.location == "/saved"
    assert "no longer kept" in reader.get("/saved").text
    assert reader.get(f"/saved/{saved.id}").status_code == 404


def test_lists_stand_while_search_is_rebuilt(
    reader: FlaskClient,
    saved: SavedSearch,
    kb_services: Services,
    accounts: Accounts,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    publish(kb_services, accounts)

    def gone(_self: object, _query: SearchQuery) -> SearchPage:
        raise SearchUnavailable

    for question in ("search", "count"):
        monkeypatch.setattr(f"kb.adapters.search.engine.WhooshSearchEngine.{question}", gone)
    page = Page(reader.get("/saved").text)

    assert "the counts come back in a minute" in page.text
    assert page.address("logs") == "/search?q=logs&exact=1"
    assert reader.get("/").status_code == 200
    assert reader.get(f"/saved/{saved.id}").status_code == 503


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.PRESENTER])
def test_what_somebody_follows_does_not_exist_for_others(
    client_as: SignIn, saved: SavedSearch, role: Role
) -> None:
    other = client_as(role)
    missing = Page(other.get("/saved/missing").text).text
    for path in (f"/saved/{saved.id}", f"/saved/{saved.id}/rename"):
        answer = other.get(path)
        assert (answer.status_code, Page(answer.text).text) == (404, missing)
    for path in ("seen", "rename", "feed", "delete", "revoke"):
        assert press(other, f"/saved/{saved.id}/{path}").status_code == 404
    assert "logs" not in Page(other.get("/saved").text).text


def test_an_administrator_alone_follows_nothing(client_as: SignIn, saved: SavedSearch) -> None:
    administrator = client_as(Role.ADMINISTRATOR)
    token = csrf_token(administrator, "/profile")

    assert administrator.get("/saved").status_code == 403
    assert administrator.get(f"/saved/{saved.id}").status_code == 403
    for path in ("/saved", f"/saved/{saved.id}/feed", f"/saved/{saved.id}/delete"):
        assert administrator.post(path, data={"csrf_token": token, "q": "x"}).status_code == 403
    assert "/saved" not in administrator.get("/profile").text


def test_nothing_changes_without_the_pages_own_form(reader: FlaskClient, saved: SavedSearch) -> None:
    steps = tuple(f"/saved/{saved.id}/{step}" for step in ("seen", "rename", "feed", "delete", "revoke"))
    for path in ("/saved", *steps):
        assert reader.post(path).status_code == 400, path
        assert reader.get(path).status_code in {200, 405}, path

    assert Page(reader.get("/saved").text).address("logs") == "/search?q=logs&exact=1"


def test_no_page_of_them_has_anything_inline(
    reader: FlaskClient, saved: SavedSearch, kb_services: Services, accounts: Accounts
) -> None:
    publish(kb_services, accounts)
    pages = [reader.get(path).text for path in ("/saved", f"/saved/{saved.id}", f"/saved/{saved.id}/rename")]
    pages.append(press(reader, f"/saved/{saved.id}/feed").text)
    for page in pages:
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page)
