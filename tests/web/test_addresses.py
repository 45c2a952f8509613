"""Addresses of searches are written by hand for speed; here they are compared with those of the framework."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask, url_for
from werkzeug.datastructures import MultiDict

from kb.domain.query import Filter, Scope, SearchRequest, Sort
from kb.domain.unit import Facet
from kb.web.searching import MOST_VALUES, Addresses, address_of, request_from

HOSTILE = (
    "", " ", "a b", "a+b", "a&b=c", "100%", "%41", "#top", "a;b", "/?:@!$'()*,", "~-._", '"<>\\^`{|}', "[x]", "é😀",
    "\u202e", "nul\x00nul", "line\r\nline", "country=AT",
)  # fmt: skip
FULL = SearchRequest(
    text="logs & “keys”",
    scope=Scope.SOLUTIONS,
    filters=(
        Filter(facet=Facet.TAG, values=frozenset({"b", "a"})),
        Filter(facet=Facet.COUNTRY, values=frozenset({"BE", "AT"})),
    ),
    cases=frozenset({"seven", "eight"}),
    sort=Sort.NEWEST,
    page=3,
    exact=True,
    as_typed=True,
    folded=True,
)


@pytest.fixture(autouse=True, params=["", "/casebook"])
def place(app: Flask, request: pytest.FixtureRequest) -> Iterator[None]:
    """A request to the application at the root of a host, and below another path."""
    with app.test_request_context(environ_overrides={"SCRIPT_NAME": request.param}):
        yield


def by_framework(endpoint: str, request: SearchRequest) -> str:
    said: dict[str, object] = {
        "q": request.text or None,
        "scope": request.scope.value if request.scope is not Scope.ALL else None,
        "sort": request.sort.value if request.sort is not Sort.RELEVANCE else None,
        "exact": "1" if request.exact else None,
        "typed": "1" if request.as_typed else None,
        "case": sorted(request.cases) or None,
        "page": request.page if request.page > 1 else None,
    }
    chosen = {each.facet: sorted(each.values) for each in request.filters}
    said |= {facet.value: chosen[facet] for facet in Facet if facet in chosen}
    return url_for(endpoint, **said)  # type: ignore[arg-type]


def first_page(**changes: object) -> str:
    return by_framework("search.index", FULL.model_copy(update={"page": 1, **changes}))


def filtered(**values: set[str]) -> dict[str, object]:
    filters = (Filter(facet=Facet(name), values=frozenset(chosen)) for name, chosen in values.items())
    return {"filters": tuple(filters)}


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_and_any_value_stand_in_an_address_as_the_framework_writes_them(text: str) -> None:
    plain, full = Addresses(SearchRequest(text=text)), Addresses(FULL)
    assert plain.page(1) == by_framework("search.index", SearchRequest(text=text))
    assert full.text(text) == first_page(text=text, as_typed=False)
    assert full.only(Facet.TAG, text) == first_page(**filtered(tag={text}, country={"AT", "BE"}))
    assert full.also(Facet.TAG, text) == first_page(**filtered(tag={"a", "b", text}, country={"AT", "BE"}))
    assert full.only(Facet.YEAR, text) == first_page(
        **filtered(tag={"a", "b"}, country={"AT", "BE"}, year={text})
    )
    assert full.cases(text, "b", text) == first_page(cases=frozenset({text, "b"}))


def test_each_address_changes_one_thing_and_begins_on_the_first_page() -> None:
    full = Addresses(FULL)
    assert full.page(1) == first_page()
    assert full.page(4) == first_page(page=4)
    assert full.sort(Sort.OLDEST) == first_page(sort=Sort.OLDEST)
    assert full.sort(Sort.RELEVANCE) == first_page(sort=Sort.RELEVANCE)
    assert full.scope(Scope.CASES) == first_page(scope=Scope.CASES)
    assert full.scope(Scope.ALL) == first_page(scope=Scope.ALL)
    assert full.exact(exact=False) == first_page(exact=False)
    assert full.unfiltered() == first_page(filters=())
    assert full.cases() == first_page(cases=frozenset())
    assert full.without(Facet.TAG, "a") == first_page(**filtered(tag={"b"}, country={"AT", "BE"}))
    assert full.without(Facet.YEAR, "2020") == first_page()
    assert full.of(SearchRequest(text="x")) == by_framework("search.index", SearchRequest(text="x"))
    assert Addresses(SearchRequest()).as_typed() == by_framework("search.index", SearchRequest(as_typed=True))
    assert Addresses(SearchRequest()).page(1) == url_for("search.index")


def test_what_is_kept_is_sent_with_its_page() -> None:
    assert Addresses(FULL).save() == by_framework("saved.create", FULL)


def test_an_address_is_read_as_what_it_was_written_of() -> None:
    read = request_from(MultiDict(parse_qsl(urlsplit(Addresses(FULL).page(3)).query)))
    assert {each.facet: each.values for each in read.filters} == {
        each.facet: each.values for each in FULL.filters
    }
    assert read.model_copy(update={"filters": FULL.filters}) == FULL


def test_a_search_among_more_cases_than_an_address_is_read_with_has_none() -> None:
    cases = [f"c{number}" for number in range(MOST_VALUES + 1)]
    most = SearchRequest(cases=frozenset(cases[1:]))
    assert request_from(MultiDict(parse_qsl(urlsplit(address_of(most)).query))).cases == most.cases
    assert address_of(SearchRequest(cases=frozenset(cases))) == ""
