from __future__ import annotations

import pytest
from pydantic import ValidationError

from kb.domain.marking import OFFICERS_VIEWER
from kb.domain.query import (
    KINDS_IN,
    LARGEST_PAGE,
    FacetCount,
    Filter,
    Hit,
    Scope,
    SearchPage,
    SearchQuery,
    Snippet,
)
from kb.domain.unit import Facet, UnitKind


def query(**fields: object) -> SearchQuery:
    return SearchQuery.model_validate({"viewer": OFFICERS_VIEWER, **fields})


def test_a_search_without_a_viewer_is_no_search() -> None:
    with pytest.raises(ValidationError, match="viewer"):
        SearchQuery.model_validate({"text": "logs"})


@pytest.mark.parametrize("fields", [{"page": 0}, {"size": 0}, {"size": LARGEST_PAGE + 1}])
def test_a_page_that_cannot_be_shown_is_refused(fields: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        query(**fields)


def test_chosen_values_are_gathered_per_facet() -> None:
    asked = query(
        filters=(
            Filter(facet=Facet.COUNTRY, values=frozenset({"AT"})),
            Filter(facet=Facet.YEAR, values=frozenset({"2007"})),
            Filter(facet=Facet.COUNTRY, values=frozenset({"BE"})),
        )
    )

    assert asked.chosen(Facet.COUNTRY) == {"AT", "BE"}
    assert asked.chosen(Facet.STAGE) == frozenset()


@pytest.mark.parametrize(("total", "pages"), [(0, 1), (1, 1), (20, 1), (21, 2)])
def test_there_is_always_a_page(total: int, pages: int) -> None:
    assert SearchPage(query=query(), total=total, hits=(), facets=()).pages == pages


def test_the_counts_of_one_facet_keep_their_order() -> None:
    counts = (
        FacetCount(facet=Facet.YEAR, value="2007", count=3),
        FacetCount(facet=Facet.STAGE, value="triage", count=2),
        FacetCount(facet=Facet.YEAR, value="2006", count=1),
    )

    page = SearchPage(query=query(), total=3, hits=(), facets=counts)

    assert page.counts(Facet.YEAR) == (counts[0], counts[2])


def test_a_snippet_is_its_runs_without_the_highlighting() -> None:
    assert Snippet(runs=(("the ", False), ("logs", True), (" were gone", False))).text == "the logs were gone"


@pytest.mark.parametrize(("identifier", "key"), [("seven", None), ("seven/logs", "logs")])
def test_a_hit_knows_its_lesson(identifier: str, key: str | None) -> None:
    hit = Hit(
        id=identifier,
        case="seven",
        kind=UnitKind.CASE_STUDY,
        title="",
        language="en",
        snippet=Snippet(),
        case_title="",
        score=1.0,
        revision=1,
    )

    assert hit.key == key


def test_every_kind_of_unit_is_in_one_scope_beside_all() -> None:
    narrow = [kinds for scope, kinds in KINDS_IN.items() if scope is not Scope.ALL]

    assert set(KINDS_IN) == set(Scope)
    assert KINDS_IN[Scope.ALL] == frozenset(UnitKind) == frozenset().union(*narrow)
    assert sum(map(len, narrow)) == len(UnitKind)


@pytest.mark.parametrize(
    ("chosen", "counts", "told"),
    [
        ((), {"reported": 2}, False),
        ((), {"reported": 2, "illustrative": 1}, True),
        (("illustrative",), {"illustrative": 1}, True),
        (("reported",), {"reported": 2, "illustrative": 1}, False),
        (("illustrative",), {"reported": 2, "illustrative": 0}, False),
    ],
)
def test_results_with_examples_among_them_say_so(
    chosen: tuple[str, ...], counts: dict[str, int], told: bool
) -> None:
    asked = query(filters=(Filter(facet=Facet.ORIGIN, values=frozenset(chosen)),) if chosen else ())
    facets = tuple(
        FacetCount(facet=Facet.ORIGIN, value=value, count=count, chosen=value in chosen)
        for value, count in counts.items()
    )

    assert SearchPage(query=asked, total=2, hits=(), facets=facets).illustrative is told


def test_a_page_tells_results_of_cases_from_records_by_themselves() -> None:
    kinds = tuple(
        FacetCount(facet=Facet.KIND, value=value, count=count)
        for value, count in (("difficulty", 5), ("practice", 2), ("resource", 1))
    )
    page = SearchPage(query=query(folded=True), total=8, hits=(), facets=kinds, groups=5)

    assert (page.apart, page.cases) == (3, 2)


def test_kinds_that_are_not_chosen_are_no_results() -> None:
    kinds = (
        FacetCount(facet=Facet.KIND, value="practice", count=2),
        FacetCount(facet=Facet.KIND, value="difficulty", count=5, chosen=True),
    )
    asked = query(folded=True, filters=(Filter(facet=Facet.KIND, values=frozenset({"difficulty"})),))
    page = SearchPage(query=asked, total=5, hits=(), facets=kinds, groups=3)

    assert (page.apart, page.cases) == (0, 3)
