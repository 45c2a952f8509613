from __future__ import annotations

import re

import pytest
from werkzeug.datastructures import MultiDict

from kb.domain.account import Role
from kb.domain.concept import Concept, Labels, Scheme
from kb.domain.errors import SearchUnavailable
from kb.domain.query import Scope, SearchPage, SearchQuery, Sort
from kb.domain.unit import Facet
from kb.web.searching import LAST_PAGE, MOST_VALUES, request_from
from tests.web.conftest import SignIn
from tests.web.reading import Page
from tests.web.shelf import Shelf

COUNT = re.compile(r"(\d+) results?")
ROW = re.compile(
    r'<a class="facet__value" href="([^"]+)">.*?<span class="facet__count">(\d+)</span>', re.DOTALL
)
ADVERSARIAL = (
    "*", "****", "x" * 10_000, "(" * 5_000 + "x" + ")" * 5_000, '"unbalanced', "“curly", "title:", "country:",
    "nul\x00nul", "a~9", "[a TO", "😀", "\u202eright to left", "-", "OR", "OR OR", '""', "a" * 600 + "*", "\\", "<script>alert(1)</script>",
    "%00", "' OR 1=1 --",
)  # fmt: skip


@pytest.fixture(autouse=True)
def records(shelf: Shelf) -> None:
    shelf.concepts()
    shelf.case()
    shelf.case("eight", title="Eight days", lead_country="BE", period={"start": "2021"}, language="fr")
    shelf.follow()


def total(html: str) -> int:
    found = COUNT.search(Page(html).text)
    assert found
    return int(found[1])


def test_a_result_shows_kind_title_snippet_case_country_and_how_solutions_went(client_as: SignIn) -> None:
    html = client_as(Role.INVESTIGATOR).get("/search?q=seven+days+logs&scope=difficulties&country=AT").text
    text = Page(html).text
    assert "Difficulty Logs were gone" in text
    assert "<mark>logs</mark>" in html
    assert "Seven days Austria" in text
    assert "Attribution" in text
    assert "What was tried (Austria)" in text
    assert Page(html).address("Logs were gone") == "/cases/seven/lessons/logs"


@pytest.mark.parametrize(
    "query",
    [
        "",
        "q=logs",
        "q=logs&country=AT",
        "q=logs+deleted",
        "q=logs+deleted&exact=1&country=AT",
        "scope=difficulties",
        "country=AT&country=BE",
    ],
)
def test_every_count_is_what_its_click_returns(client_as: SignIn, query: str) -> None:
    client = client_as(Role.INVESTIGATOR)
    rows = ROW.findall(client.get(f"/search?{query}").text)
    assert rows
    for address, count in rows:
        assert total(client.get(address.replace("&amp;", "&")).text) == int(count), address


def test_filters_come_in_the_order_in_which_officers_think(client_as: SignIn) -> None:
    headings = Page(client_as(Role.INVESTIGATOR).get("/search").text).headings
    shown = [each for each in headings if each in {str(facet).capitalize() for facet in Facet}]
    assert shown == [
        "Kind",
        "Country",
        "Difficulty",
        "Stage",
        "Channel",
        "Outcome",
        "Tag",
        "Year",
        "Language",
        "Marking",
        "Origin",
    ]


def test_chosen_values_are_chips_that_take_themselves_off(client_as: SignIn) -> None:
    client = client_as(Role.INVESTIGATOR)
    page = Page(client.get("/search?q=logs&country=AT&outcome=worked").text)
    chip = next(link for link in page.links if link.words.startswith("Country: Austria"))
    assert chip.address == "/search?q=logs&outcome=worked"
    assert page.address("Remove all") == "/search?q=logs"


def test_a_second_value_of_a_facet_can_be_had_as_well(client_as: SignIn) -> None:
    client = client_as(Role.INVESTIGATOR)
    one = client.get("/search?country=AT").text
    also = Page(one).address("or Belgium")
    assert also == "/search?country=AT&country=BE"
    assert total(client.get(also).text) > total(one)


def test_state_that_the_form_would_lose_is_carried_in_it(client_as: SignIn) -> None:
    html = client_as(Role.INVESTIGATOR).get("/search?q=logs&scope=solutions&country=AT&sort=newest").text
    assert '<input type="hidden" name="country" value="AT">' in html
    assert '<input type="hidden" name="sort" value="newest">' in html
    assert '<option value="solutions" selected>' in html
    assert 'value="logs"' in html


def test_how_the_words_were_read_is_said(client_as: SignIn) -> None:
    text = Page(client_as(Role.INVESTIGATOR).get('/search?q="seven+days"').text).text
    assert "seven days" in text.partition("result")[2]


def test_what_was_searched_also_is_told_and_one_click_switches_it_off_and_on(client_as: SignIn) -> None:
    client = client_as(Role.INVESTIGATOR)
    wide = client.get("/search?q=logs+deleted&country=AT&sort=newest").text
    assert "Also searched: difficulty: Retention period expired Search only my words" in Page(wide).text
    address = Page(wide).address("Search only my words")
    assert address == "/search?q=logs+deleted&sort=newest&exact=1&country=AT"
    exact = client.get(address).text
    assert "Also searched" not in Page(exact).text
    assert "Only your own words were searched." in Page(exact).text
    assert total(exact) < total(wide)
    assert Page(exact).address("Search other words for the same too") == (
        "/search?q=logs+deleted&sort=newest&country=AT"
    )


def test_only_my_words_stays_chosen_in_every_link_and_in_the_form(client_as: SignIn, shelf: Shelf) -> None:
    for number in range(20):
        shelf.case(f"more-{number}")
    shelf.follow()
    html = client_as(Role.INVESTIGATOR).get("/search?q=days+logs&exact=1&country=AT").text
    leading = [link for link in Page(html).links if link.address.startswith("/search?")]
    assert {"Next", "Newest"} <= {link.words for link in leading}
    lost = [link.words for link in leading if "exact=1" not in link.address]
    assert lost == ["Search other words for the same too"]
    assert '<input type="hidden" name="exact" value="1">' in html


def test_many_other_words_are_folded_behind_the_first_few(client_as: SignIn, shelf: Shelf) -> None:
    words = tuple(f"synonym {letter}" for letter in "pqrstuvw")
    labels = (Labels(language="en", preferred="Waiting", alternative=words),)
    shelf.put("stage.waiting", Concept(scheme=Scheme.STAGE, key="waiting", labels=labels))
    shelf.follow()
    text = Page(client_as(Role.INVESTIGATOR).get("/search?q=waiting").text).text
    assert "Also searched: stage: Waiting, synonym p, synonym q and 6 more" in text
    assert "synonym u, synonym v, synonym w" in text


def test_a_page_beyond_the_last_leads_back(client_as: SignIn) -> None:
    page = Page(client_as(Role.INVESTIGATOR).get("/search?page=999").text)
    assert page.address("Go to the first page") == "/search"


def test_pages_of_results_lead_on_and_back(client_as: SignIn, shelf: Shelf) -> None:
    for number in range(20):
        shelf.case(f"more-{number}", lessons=())
    shelf.follow()
    client = client_as(Role.INVESTIGATOR)
    page = Page(client.get("/search?sort=newest").text)
    assert page.address("Next") == "/search?sort=newest&page=2"
    assert "Page 2 of" in Page(client.get(page.address("Next")).text).text


def test_any_text_gets_a_page(client_as: SignIn) -> None:
    client = client_as(Role.INVESTIGATOR)
    for text in ADVERSARIAL:
        answer = client.get("/search", query_string={"q": text})
        assert answer.status_code == 200, text
        assert total(answer.text) >= 0
        assert "<script>alert" not in answer.text


def test_an_address_full_of_nonsense_is_read_as_far_as_it_means_something() -> None:
    values = [("country", f"X{number}") for number in range(MOST_VALUES + 30)]
    given = MultiDict(
        [("q", "x"), ("scope", "nope"), ("sort", "up"), ("page", "-3"), ("country", ""), *values]
    )
    request = request_from(given)
    assert (request.scope, request.sort, request.page) == (Scope.ALL, Sort.RELEVANCE, 1)
    assert len(request.filters[0].values) == MOST_VALUES


@pytest.mark.parametrize(
    ("text", "number"), [("2", 2), ("0", 1), ("²", 1), ("9" * 30, 1), ("99999", LAST_PAGE)]
)
def test_a_page_number_is_a_number(text: str, number: int) -> None:
    assert request_from(MultiDict([("page", text)])).page == number


def test_while_the_index_is_rebuilt_search_says_so(
    client_as: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_self: object, _query: SearchQuery) -> SearchPage:
        raise SearchUnavailable

    monkeypatch.setattr("kb.adapters.search.engine.WhooshSearchEngine.search", gone)
    client = client_as(Role.INVESTIGATOR)
    answer = client.get("/search?q=logs")
    assert answer.status_code == 503
    assert "Search is being rebuilt" in answer.text
    assert client.get("/cases/seven/").status_code == 200
    assert client.get("/tags").status_code == 200
    assert "the entries come back" in client.get("/tags/tag/templates").text
