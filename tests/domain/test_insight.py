"""The matrix: groups, orders and shades, what several have in common, and what is open in one country."""

from __future__ import annotations

import pytest

from kb.domain.cross_table import CrossTable
from kb.domain.insight import (
    BY_NAME,
    LEVELS,
    Heading,
    Matrix,
    MatrixRequest,
    Shared,
    matrix_of,
    open_in,
    shared_by_several,
)
from kb.domain.query import Filter
from kb.domain.unit import NOT_STATED, Facet

TABLE = CrossTable(
    cells={
        ("gone", "AT"): 3,
        ("gone", "BE"): 1,
        ("gone", "DE"): 1,
        ("late", "AT"): 1,
        ("late", NOT_STATED): 2,
        ("staff", "BE"): 1,
        ("own", "AT"): 1,
        ("above:data", "AT"): 4,
        ("above:data", "BE"): 2,
    },
    rows={"gone": 4, "late": 3, "staff": 1, "own": 1, "above:data": 5, "above:people": 1},
    columns={"AT": 5, "BE": 2, "DE": 1, NOT_STATED: 2},
    total=9,
)
HEADINGS = {
    "gone": Heading("Logs gone", "data", "Data"),
    "late": Heading("Answer late", "data", "Data"),
    "staff": Heading("Staff", "people", "People"),
}


def place(key: str) -> Heading:
    return HEADINGS.get(key, Heading(key))


def keys(matrix: Matrix) -> list[tuple[str | None, list[str]]]:
    return [(g.heading.key if g.heading else None, [line.key for line in g.lines]) for g in matrix.groups]


def test_a_heading_counts_distinct_cases_and_what_stands_under_none_comes_last() -> None:
    matrix = matrix_of(TABLE, place)

    assert keys(matrix) == [("data", ["gone", "late"]), ("people", ["staff"]), (None, ["own"])]
    heading = matrix.groups[0].heading
    assert heading
    assert (heading.label, heading.total, heading.cells) == ("Data", 5, {"AT": 4, "BE": 2})
    assert heading.keys == ("gone", "late")
    assert matrix.columns == ("AT", "BE", "DE", NOT_STATED)


@pytest.mark.parametrize(
    ("sort", "groups"),
    [
        (BY_NAME, [("data", ["late", "gone"]), ("people", ["staff"]), (None, ["own"])]),
        (NOT_STATED, [("data", ["late", "gone"]), ("people", ["staff"]), (None, ["own"])]),
        ("ZZ", [("data", ["gone", "late"]), ("people", ["staff"]), (None, ["own"])]),
    ],
)
def test_rows_come_by_name_or_by_a_country(sort: str, groups: object) -> None:
    assert keys(matrix_of(TABLE, place, sort)) == groups


def test_a_larger_number_is_never_lighter_and_equal_ones_are_alike() -> None:
    matrix = matrix_of(TABLE, place)

    levels = [matrix.level(number) for number in (1, 2, 3)]
    assert levels == sorted(levels)
    assert levels[0] == 1
    assert max(levels) <= LEVELS
    assert matrix_of(CrossTable(), place).level(1) == 1


def test_what_units_of_three_countries_reported_is_in_common_and_a_place_that_is_not_stated_is_no_country() -> (
    None
):
    reported = CrossTable(
        cells={
            **dict.fromkeys((("late", "AT"), ("late", "BE"), ("late", NOT_STATED)), 9),
            **dict.fromkeys((("staff", "AT"), ("staff", "BE"), ("staff", "DE"), ("staff", "FR")), 1),
            **dict.fromkeys((("gone", "AT"), ("gone", "BE"), ("gone", "DE")), 1),
        }
    )
    found = shared_by_several(reported, lambda key: place(key).label)
    assert found == (Shared("staff", "Staff", 4), Shared("gone", "Logs gone", 3))


def test_open_is_what_a_country_tells_without_a_solution_that_worked_where_others_have_one() -> None:
    worked = CrossTable(
        cells={("gone", "BE"): 2, ("late", "AT"): 1, ("staff", "AT"): 1},
        rows={"gone": 2, "late": 1, "staff": 1},
    )

    matrix = matrix_of(TABLE, place)
    assert [each[:1] + each[2:] for each in open_in("AT", matrix, worked, ("late", "staff"))] == [
        ("gone", 3, 2)
    ]
    assert [each.key for each in open_in("BE", matrix, worked, ("gone",))] == ["staff"]
    assert open_in("FR", matrix, worked, ()) == ()


def test_what_worked_at_a_place_that_is_not_stated_may_have_worked_at_home() -> None:
    worked = CrossTable(cells={("gone", NOT_STATED): 1}, rows={"gone": 1})

    assert open_in("AT", matrix_of(TABLE, place), worked, ()) == ()


def test_a_period_is_the_years_in_it_that_there_are() -> None:
    years = ("2004", "2007", "2009", NOT_STATED)

    def chosen(request: MatrixRequest) -> list[frozenset[str]]:
        return [each.values for each in request.filters(years) if each.facet is Facet.YEAR]

    assert chosen(MatrixRequest(since=2005)) == [{"2007", "2009"}]
    assert chosen(MatrixRequest(until=2007)) == [{"2004", "2007"}]
    assert chosen(MatrixRequest(since=2010)) == [frozenset()]
    assert chosen(MatrixRequest()) == []


def test_a_period_that_ends_before_it_begins_is_told_apart() -> None:
    assert MatrixRequest(since=2010, until=2009).is_backwards
    assert not any(
        asked.is_backwards for asked in (MatrixRequest(since=2010, until=2010), MatrixRequest(until=2009))
    )


def test_a_phenomenon_and_a_stage_narrow_too() -> None:
    request = MatrixRequest(phenomenon="grooming", stage="triage")

    assert request.narrowed
    assert not MatrixRequest().narrowed
    assert request.filters(()) == (
        Filter(facet=Facet.PHENOMENON, values=frozenset({"grooming"})),
        Filter(facet=Facet.STAGE, values=frozenset({"triage"})),
    )
