"""One suite over every search engine: results of one case fold behind its best unit, and nothing is lost or counted twice."""

from __future__ import annotations

import random
from itertools import groupby
from pathlib import Path

import pytest

from kb.domain.marking import PUBLIC_VIEWER
from kb.domain.ports import SearchEngine
from kb.domain.query import MOST_SIBLINGS, Filter, Hit, Scope, SearchPage, SearchQuery, Sort
from kb.domain.unit import Facet, UnitKind
from tests.ports.search_engines import VIENNA_VIEWER, ask, fill, ids, tags, whoosh_engine
from tests.units import a_change, a_unit


def fill_two_cases(engine: SearchEngine) -> None:
    fill(
        engine,
        a_unit("a", text="logs of one kind or another"),
        a_unit("a/best", title="logs", text="logs logs"),
        a_unit("a/good", title="logs", facets={(Facet.OUTCOME, "worked")}, kind=UnitKind.SOLUTION),
        a_unit("a/hidden", title="logs", readers={"organisation:vienna"}),
        a_unit("a/other", text="else"),
        a_unit("b/one", text="logs of another kind that were kept for a very long time", facets=tags("one")),
    )


def test_a_case_is_one_result_its_best_unit_with_the_others_named(engine: SearchEngine) -> None:
    fill_two_cases(engine)
    page = ask(engine, "logs", folded=True)
    assert (ids(page), page.total, page.groups, page.pages) == (["a/best", "b/one"], 4, 2, 1)
    first, second = page.hits
    assert (first.more, [(each.id, each.key) for each in first.siblings]) == (
        2, [("a/good", "good"), ("a", None)],
    )  # fmt: skip
    assert (first.siblings[0].kind, first.siblings[0].title) == (UnitKind.SOLUTION, "logs")
    assert [each.outcome for each in first.siblings] == ["worked", ""]
    assert (second.more, second.siblings) == (0, ())


def test_what_is_hidden_folds_behind_nothing(engine: SearchEngine) -> None:
    fill_two_cases(engine)
    assert ask(engine, "logs", folded=True).hits[0].more == 2
    assert ask(engine, "logs", VIENNA_VIEWER, folded=True).hits[0].more == 3


def test_totals_and_counts_are_of_units_as_without_folding(engine: SearchEngine) -> None:
    fill_two_cases(engine)
    folded, flat = ask(engine, "logs", folded=True), ask(engine, "logs")
    assert (folded.total, folded.facets) == (flat.total, flat.facets)
    assert sum(1 + hit.more for hit in folded.hits) == folded.total
    assert (flat.cases, {hit.more for hit in flat.hits}) == (0, {0})


def test_a_filter_folds_only_what_passes_it(engine: SearchEngine) -> None:
    fill_two_cases(engine)
    chosen = Filter(facet=Facet.OUTCOME, values=frozenset({"worked"}))
    page = ask(engine, "logs", folded=True, filters=(chosen,))
    assert (ids(page), page.hits[0].more, page.groups) == (["a/good"], 0, 1)


@pytest.mark.parametrize(("scope", "cases"), [(Scope.CASES, ()), (Scope.ALL, ("a",))])
def test_case_studies_and_the_units_of_one_case_do_not_fold(
    engine: SearchEngine, scope: Scope, cases: tuple[str, ...]
) -> None:
    fill_two_cases(engine)
    page = ask(engine, "logs", folded=True, scope=scope, cases=cases)
    assert len(page.hits) == page.total
    assert page == ask(engine, "logs", scope=scope, cases=cases).model_copy(update={"query": page.query})


def test_no_more_than_a_few_are_named(engine: SearchEngine) -> None:
    fill(engine, *(a_unit(f"a/x{number}", text="logs") for number in range(9)))
    (hit,) = ask(engine, "logs", folded=True).hits
    assert (hit.id, hit.more) == ("a/x0", 8)
    assert [each.id for each in hit.siblings] == [f"a/x{number + 1}" for number in range(MOST_SIBLINGS)]


def test_nothing_found_is_no_case(engine: SearchEngine) -> None:
    fill_two_cases(engine)
    page = ask(engine, "absent", folded=True)
    assert (page.total, page.groups, page.hits, page.pages) == (0, 0, (), 1)
    assert ask(engine, "logs", folded=True, page=9).hits == ()


def test_records_by_themselves_fold_with_nothing_and_are_counted_apart_from_cases(
    engine: SearchEngine,
) -> None:
    fill_two_cases(engine)
    engine.apply([a_change(each, a_unit(each, text="logs")) for each in ("practice:a", "resource:a")])
    page = ask(engine, "logs", folded=True)
    assert (page.total, page.groups, page.cases, page.apart) == (6, 4, 2, 2)
    by_kind = Filter(facet=Facet.KIND, values=frozenset({"practice", "solution"}))
    page = ask(engine, "logs", folded=True, filters=(by_kind,))
    assert (page.total, page.groups, page.cases, page.apart) == (2, 2, 1, 1)
    engine.apply([a_change("practice:a")])
    assert ask(engine, "logs", folded=True).apart == 1


def first_of_each_case(page: SearchPage) -> list[str]:
    seen: dict[str, Hit] = {}
    for hit in page.hits:
        seen.setdefault(hit.case, hit)
    return [hit.id for hit in seen.values()]


@pytest.mark.parametrize("sort", list(Sort))
def test_cases_come_in_the_order_of_their_best_units_over_all_pages(engine: SearchEngine, sort: Sort) -> None:
    draw = random.Random(5)
    names = [f"case-{number % 40}/u{number}" for number in range(150)]
    units = [
        a_unit(name, text=" ".join(draw.choices(["logs", "other", "word"], k=draw.randrange(1, 5))))
        for name in names
    ]
    dates = {f"case-{number}": str(2000 + draw.randrange(5)) for number in range(40)}
    fill(engine, *(unit.model_copy(update={"date": dates[unit.case]}) for unit in units))
    flat = ask(engine, "logs", sort=sort, size=200)
    pages = [ask(engine, "logs", sort=sort, folded=True, size=7, page=number) for number in range(1, 8)]
    assert [hit.id for page in pages for hit in page.hits] == first_of_each_case(flat)
    assert {page.groups for page in pages} == {len({hit.case for hit in flat.hits})}
    order = {hit.id: number for number, hit in enumerate(flat.hits)}
    for page in pages:
        for hit in page.hits:
            named = [order[each.id] for each in hit.siblings]
            assert named == sorted(named)


def test_a_case_of_many_units_does_not_crowd_out_the_next_ones(tmp_path: Path) -> None:
    engine = whoosh_engine(tmp_path)
    crowd = [a_unit(f"crowd/u{number:04}", title="logs logs", text="logs") for number in range(900)]
    few = [a_unit(f"few-{number}", text="logs and much else in a long text") for number in range(3)]
    engine.rebuild([*crowd, *few], len(crowd) + len(few))
    page = ask(engine, "logs", folded=True, size=3)
    assert [case for case, _ in groupby(hit.case for hit in page.hits)] == ["crowd", "few-0", "few-1"]
    assert (page.groups, page.hits[0].more, page.pages) == (4, 899, 2)


def test_a_count_is_the_total_of_its_search(engine: SearchEngine) -> None:
    fill_two_cases(engine)
    chosen = Filter(facet=Facet.OUTCOME, values=frozenset({"worked"}))
    everything = ask(engine, "logs").query
    for more in ({}, {"filters": (chosen,)}, {"folded": True}, {"scope": Scope.CASES}, {"cases": {"b"}}):
        query = SearchQuery.model_validate(dict(everything) | more)
        assert engine.count(query) == engine.search(query).total
    assert engine.count(everything.model_copy(update={"viewer": PUBLIC_VIEWER})) == 0
