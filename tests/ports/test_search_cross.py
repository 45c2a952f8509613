"""One suite over every search engine: tables and figures are what counting unit by unit over exactly the visible ones gives."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest

from kb.domain.cross_table import CrossQuery, CrossTable, SumQuery
from kb.domain.marking import OFFICER, OFFICERS_VIEWER, OPERATOR_VIEWER, Viewer
from kb.domain.ports import SearchEngine
from kb.domain.query import KINDS_IN, Filter, Scope, SearchQuery
from kb.domain.unit import MAY_BE_UNSTATED, NOT_STATED, Facet, SearchUnit, Standing, UnitKind
from tests.fakes.cross import crossed, figured, summed
from tests.fakes.standing import rewritten
from tests.ports.oracle import shown_to
from tests.ports.search_engines import VIENNA_VIEWER, ask, fill, values
from tests.units import a_change, a_unit

STANDING: frozenset[Standing] = frozenset(
    {(Facet.DIFFICULTY, "d1", "d2"), (Facet.DIFFICULTY, "gone", "d3"), (Facet.PHENOMENON, "p0", "p1")}
)
UNDER = frozenset({("d0", "above:one"), ("d2", "above:one"), ("d3", "above:two"), ("never", "above:three")})
FACETS = frozenset({Facet.COUNTRY, Facet.CORRIDOR, Facet.DIFFICULTY, Facet.EVENT})
TABLES = (
    (Facet.DIFFICULTY, Facet.COUNTRY),
    (Facet.PHENOMENON, Facet.YEAR),
    (Facet.CORRIDOR, Facet.CHANNEL),
    (Facet.EVENT, Facet.DIFFICULTY),
    (Facet.DIFFICULTY, Facet.DIFFICULTY),
)
VIEWERS = [OFFICERS_VIEWER, VIENNA_VIEWER, OPERATOR_VIEWER, Viewer()]


@cache
def units() -> tuple[SearchUnit, ...]:
    return tuple(_units())


def _units() -> Iterator[SearchUnit]:
    drawn = random.Random(7)
    for number in range(60):
        case, lesson = divmod(number, 3)
        facets = {(Facet.DIFFICULTY, f"d{each}") for each in drawn.sample(range(4), drawn.randrange(3))}
        facets |= {(Facet.PHENOMENON, f"p{drawn.randrange(3)}"), (Facet.CHANNEL, f"c{drawn.randrange(3)}")}
        if drawn.random() < 0.8:
            facets |= {(Facet.COUNTRY, each) for each in drawn.sample(("AT", "BE", "RU"), 2)}
            facets |= {(Facet.CORRIDOR, drawn.choice(("AT-BE", "BE-AT"))), (Facet.EVENT, "vienna07")}
        if drawn.random() < 0.8:
            facets.add((Facet.YEAR, str(drawn.randrange(2004, 2008))))
        facets.add((Facet.ORIGIN, "illustrative" if case == 4 else "reported"))
        yield a_unit(
            f"case-{case}/b{lesson}" if lesson else f"case-{case}",
            kind=UnitKind.CROSS_BORDER_ISSUE if lesson else UnitKind.CASE_STUDY,
            text=drawn.choice(("logs", "forms")),
            facets=frozenset(facets),
            owner="vienna" if case % 2 else "brussels",
            readers={OFFICER} if case % 5 else {"organisation:vienna"},
            chatham_house=case % 3 == 0,
            days=drawn.choice((None, 0, 12, 400)) if lesson else None,
        )


@pytest.fixture
def filled(engine: SearchEngine) -> SearchEngine:
    fill(engine, *units())
    return engine


def visible(query: SearchQuery) -> list[SearchUnit]:
    """Give what the query finds, in the form shown to its viewer."""
    seen = (unit for unit in units() if query.viewer.sees(unit.readers))
    shown = [rewritten(shown_to(query.viewer, unit), query.standing) for unit in seen]
    return [
        unit
        for unit in shown
        if unit.kind in KINDS_IN[query.scope]
        and query.text in unit.text
        and (not query.cases or unit.case in query.cases)
        and all(each.values & told(unit, each.facet) for each in query.filters)
    ]


def told(unit: SearchUnit, facet: Facet) -> frozenset[str]:
    untold = unit.kind in MAY_BE_UNSTATED.get(facet, ())
    return unit.values(facet) or frozenset({NOT_STATED} if untold else ())


def counted(query: CrossQuery) -> CrossTable:
    found = visible(query.asked)
    rows, columns = ([told(unit, facet) for unit in found] for facet in (query.rows, query.columns))
    return crossed(found, rows, columns, dict(query.under))


def searches(viewer: Viewer, standing: frozenset[Standing] = frozenset()) -> Iterator[SearchQuery]:
    phenomenon = Filter(facet=Facet.PHENOMENON, values=frozenset({"p1", "p2"}))
    yield SearchQuery(viewer=viewer, standing=standing)
    yield SearchQuery(viewer=viewer, standing=standing, text="logs", scope=Scope.CROSS_BORDER, page=9)
    yield SearchQuery(viewer=viewer, standing=standing, filters=(phenomenon,), cases=frozenset({"case-4"}))
    yield SearchQuery(viewer=viewer, standing=standing, filters=(phenomenon,), scope=Scope.CASES)


@pytest.mark.parametrize("standing", [frozenset(), STANDING], ids=["as written", "merged"])
def test_a_table_is_what_counting_over_exactly_the_visible_units_gives(
    filled: SearchEngine, standing: frozenset[Standing]
) -> None:
    for asked in (each for viewer in VIEWERS for each in searches(viewer, standing)):
        for rows, columns in TABLES:
            under = UNDER if rows is Facet.DIFFICULTY else frozenset()
            query = CrossQuery(asked=asked, rows=rows, columns=columns, under=under)
            assert filled.cross(query) == counted(query)


def test_figures_are_those_of_exactly_the_visible_units_by_id(filled: SearchEngine) -> None:
    for asked in (each for viewer in VIEWERS for each in searches(viewer, STANDING)):
        wanted = figured((unit, {facet: unit.values(facet) for facet in FACETS}) for unit in visible(asked))
        assert filled.figures(asked, FACETS) == wanted


def test_sums_are_those_of_exactly_the_visible_units_by_each_value_that_they_tell(
    filled: SearchEngine,
) -> None:
    for asked in (each for viewer in VIEWERS for each in searches(viewer, STANDING)):
        known = filled.figures(asked, FACETS)
        for by in FACETS:
            query = SumQuery(asked=asked, by=by, told=FACETS - {by})
            assert filled.sums(query) == summed(known, query)


def test_units_without_a_value_of_a_facet_are_counted_by_their_group(filled: SearchEngine) -> None:
    for asked in (each for viewer in VIEWERS for each in searches(viewer, STANDING)):
        known = filled.figures(asked, FACETS)
        for facet in FACETS:
            assert filled.lacking(asked, facet) == Counter(
                each.case for each in known if not each.values[facet]
            )


@pytest.mark.parametrize("viewer", [OFFICERS_VIEWER, VIENNA_VIEWER])
def test_every_number_is_what_a_search_by_its_row_and_its_column_returns(
    filled: SearchEngine, viewer: Viewer
) -> None:
    for rows, columns in TABLES[:4]:
        table = filled.cross(CrossQuery(asked=SearchQuery(viewer=viewer), rows=rows, columns=columns))
        for row, number in table.rows.items():
            assert ask(filled, viewer=viewer, filters=(chosen(rows, row),)).total == number
        for (row, column), number in table.cells.items():
            both = (chosen(rows, row), chosen(columns, column))
            assert ask(filled, viewer=viewer, filters=both).total == number


def chosen(facet: Facet, value: str) -> Filter:
    return Filter(facet=facet, values=frozenset({value}))


def test_where_nothing_was_told_to_the_viewer_it_is_said_so_and_nowhere_else(engine: SearchEngine) -> None:
    facets = {(Facet.CORRIDOR, "AT-BE"), (Facet.COUNTRY, "AT"), (Facet.EVENT, "vienna07"), (Facet.TAG, "t")}
    fill(engine, a_unit("a", owner="vienna", chatham_house=True, facets=facets))
    for facet, unstated in ((Facet.CORRIDOR, 0), (Facet.COUNTRY, 0), (Facet.EVENT, 1)):
        outside, inside = (
            engine.cross(CrossQuery(asked=SearchQuery(viewer=viewer), rows=facet, columns=Facet.TAG))
            for viewer in (OFFICERS_VIEWER, VIENNA_VIEWER)
        )
        assert set(outside.rows) == ({NOT_STATED} if facet in MAY_BE_UNSTATED else set())
        assert (outside.unstated, inside.unstated) == (unstated, 0)
        assert len(inside.rows) == 1
        assert NOT_STATED not in inside.rows


def test_a_made_up_example_is_told_only_where_it_was_counted(filled: SearchEngine) -> None:
    for case, made_up in (("case-4", True), ("case-5", False)):
        asked = SearchQuery(viewer=OPERATOR_VIEWER, cases=frozenset({case}))
        assert (
            filled.cross(CrossQuery(asked=asked, rows=Facet.TAG, columns=Facet.YEAR)).illustrative == made_up
        )


def test_what_changes_is_counted_anew_over_many_commits(engine: SearchEngine) -> None:
    query = CrossQuery(
        asked=SearchQuery(viewer=OFFICERS_VIEWER, standing=STANDING),
        rows=Facet.DIFFICULTY,
        columns=Facet.COUNTRY,
    )
    fill(engine)
    for number, difficulty in enumerate(("d1", "d2", "d0")):
        facets = frozenset({(Facet.DIFFICULTY, difficulty), (Facet.COUNTRY, "AT")})
        engine.apply([a_change(f"c{number}", a_unit(f"c{number}", facets=facets, days=number))])
    assert engine.cross(query).cells == {("d2", "AT"): 2, ("d0", "AT"): 1}
    engine.apply([a_change("c1")])
    assert engine.cross(query).cells == {("d2", "AT"): 1, ("d0", "AT"): 1}
    assert [each.days for each in engine.figures(query.asked, frozenset())] == [0, 2]


def test_what_no_panel_shows_is_counted_only_where_it_is_chosen(filled: SearchEngine) -> None:
    corridor = (Filter(facet=Facet.CORRIDOR, values=frozenset({"AT-BE"})),)
    assert values(ask(filled), Facet.CORRIDOR) == {}
    assert set(values(ask(filled, filters=corridor), Facet.CORRIDOR)) == {"AT-BE", "BE-AT", NOT_STATED}
