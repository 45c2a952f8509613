"""What is kept of a search, and under which name."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from kb.domain.grammar import LONGEST_QUERY
from kb.domain.query import Filter, Scope, SearchRequest, Sort
from kb.domain.saved_search import LONGEST_NAME, SavedSearch, lasting, name_of
from kb.domain.unit import Facet
from tests.fakes.clock import NOON

STAGE = Filter(facet=Facet.STAGE, values=frozenset({"triage"}))
TAG = Filter(facet=Facet.TAG, values=frozenset({"logs"}))


def test_a_search_is_kept_from_its_first_page_with_everything_else() -> None:
    asked = SearchRequest(
        text="logs",
        exact=True,
        scope=Scope.CASES,
        filters=(STAGE,),
        cases=frozenset({"a"}),
        sort=Sort.OLDEST,
        folded=True,
        page=3,
        size=7,
    )

    assert lasting(asked) == SearchRequest(
        text="logs", exact=True, scope=Scope.CASES, filters=(STAGE,), cases=frozenset({"a"}), sort=Sort.OLDEST
    )


def test_two_addresses_of_one_search_are_kept_alike() -> None:
    one = SearchRequest(text=" logs\u2028 gone ", filters=(TAG, STAGE))
    other = SearchRequest(text="logs gone", filters=(STAGE, TAG))

    assert lasting(one) == lasting(other)


def test_no_more_words_are_kept_than_are_read() -> None:
    assert len(lasting(SearchRequest(text="x" * 10_000)).text) == LONGEST_QUERY


def test_a_long_text_is_cut_to_a_name() -> None:
    assert name_of("logs \n gone") == "logs gone"
    assert name_of("x" * LONGEST_NAME) == "x" * LONGEST_NAME
    assert name_of("a " * LONGEST_NAME) == f"{('a ' * (LONGEST_NAME // 2)).strip()}…"


@pytest.mark.parametrize("name", ["", "  ", "\n", "x" * 301])
def test_a_name_is_a_line_that_says_something(name: str) -> None:
    with pytest.raises(ValidationError):
        SavedSearch(id="a", account="anna", name=name, request=SearchRequest(), created_at=NOON, seen_at=NOON)
