"""Corridors: what may be said of few reports, and which are near to which corridor."""

from __future__ import annotations

import pytest

from kb.domain.corridor import (
    UNTOLD,
    Circle,
    Corridor,
    CorridorTable,
    Elapsed,
    Near,
    Summary,
    circles,
    most_reported_first,
)
from kb.domain.corridor_file import corridor_rows, plain_corridors
from kb.domain.cross_table import UnitSum
from kb.domain.marking import Marking
from kb.domain.query import Filter
from kb.domain.unit import Facet, corridor_values


def summed(units: int = 0, days: tuple[int, ...] = (), *, made_up: int = 0, **outcomes: int) -> Summary:
    """Give what so many reports come to, each of a case of its own."""
    origins = {"illustrative": made_up, "reported": units - made_up}
    values = {
        Facet.OUTCOME: {outcome.replace("_", "-"): count for outcome, count in outcomes.items()},
        Facet.ORIGIN: {origin: count for origin, count in origins.items() if count},
        Facet.MARKING: {"GREEN": units} if units else {},
    }
    return Summary.of(UnitSum(units=units, cases=units, days=days, values=values))


def test_a_corridor_is_read_as_the_index_holds_it_and_turns_round() -> None:
    corridor = Corridor("AT", "DE")
    assert (corridor.value, corridor.back.value) == ("AT-DE", "DE-AT")
    assert Corridor.read("AT-DE") == Corridor.between("at", "DE") == corridor
    assert (
        Corridor.between("AT", "Germany")
        is Corridor.between("AT", "AT")
        is Corridor.between("*", "AT")
        is None
    )


@pytest.mark.parametrize(
    ("days", "number", "median", "span"),
    [
        ((), 0, None, None),
        ((90,), 1, None, None),
        ((10, 90), 2, None, (10, 90)),
        ((10, 30, 90), 3, 30.0, (10, 90)),
        ((10, 30, 41, 90), 4, 35.5, (10, 90)),
    ],
)
def test_a_median_needs_three_figures_and_a_range_two(
    days: tuple[int, ...], number: int, median: float | None, span: tuple[int, int] | None
) -> None:
    elapsed = Elapsed(days)
    assert (elapsed.number, elapsed.median, elapsed.range) == (number, median, span)


def test_no_share_of_fewer_than_five_that_tell_their_end_is_given_in_per_cent() -> None:
    few = summed(6, resolved=3, unresolved=1)
    assert few.share("resolved") is None
    enough = summed(7, resolved=3, unresolved=2)
    assert (enough.share("resolved"), enough.share("partly-resolved")) == (60, 0)


def test_a_summary_tells_how_many_ended_how_and_how_many_do_not_say_and_bears_the_narrowest_marking() -> None:
    some = UnitSum(
        units=3,
        cases=2,
        days=(4, 9),
        values={
            Facet.OUTCOME: {"resolved": 1},
            Facet.ORIGIN: {"reported": 2, "illustrative": 1},
            Facet.MARKING: {"GREEN": 2, "AMBER": 1},
        },
    )
    found = Summary.of(some)
    assert (found.reports, found.cases, found.illustrative, found.marking) == (3, 2, True, Marking.AMBER)
    assert found.outcomes == {UNTOLD: 2, "resolved": 1}
    assert found.elapsed.days == (4, 9)
    assert summed(2, resolved=2).outcomes == {"resolved": 2}
    assert summed() == Summary()


def test_what_was_reported_most_comes_first_and_then_its_name() -> None:
    found = {"mlat": summed(1), "eio": summed(2), "a-channel": summed(1)}
    assert list(most_reported_first(found)) == ["eio", "a-channel", "mlat"]


def test_the_table_has_the_corridors_in_its_cells_and_all_from_and_to_a_country_at_its_ends() -> None:
    counts = {"AT-DE": 2, "AT-FR": 1, "AT-*": 2, "*-DE": 2, "*-FR": 1, "*-*": 2}
    table = CorridorTable.of(counts, 3, 1, illustrative=True)
    assert table.cells == {("AT", "DE"): 2, ("AT", "FR"): 1}
    assert (table.rows, table.columns) == ({"AT": 2}, {"DE": 2, "FR": 1})
    assert (table.total, table.unstated, table.illustrative) == (3, 1, True)
    assert table.lines == (
        ("AT", "DE", 2),
        ("AT", "FR", 1),
        ("AT", "*", 2),
        ("*", "DE", 2),
        ("*", "FR", 1),
        ("*", "*", 2),
        ("not-stated", "not-stated", 1),
    )


def test_circles_are_drawn_nearest_first_each_by_what_the_index_holds_of_its_reports() -> None:
    assert circles(Corridor("AT", "DE")) == (
        Circle(Near.HERE, "AT-DE"),
        Circle(Near.BACK, "DE-AT"),
        Circle(Near.ASKING, "AT-*"),
        Circle(Near.ASKED, "*-DE"),
        Circle(Near.ANYWHERE, ""),
    )
    assert {"AT-DE", "AT-*", "*-DE"} <= set(corridor_values("AT", "DE"))


def test_the_table_leaves_the_house_with_its_marking_and_whether_examples_are_in_it() -> None:
    counts = {"AT-DE": 2, "AT-*": 2, "*-DE": 2, "*-*": 2}
    table = CorridorTable.of(counts, 3, 1, illustrative=True)
    plain = plain_corridors(table, Marking.AMBER)
    assert plain["corridors"] == [{"from": "AT", "to": "DE", "reports": 2}]
    assert (plain["marking"], plain["illustrative"], plain["not_stated"]) == ("AMBER", True, 1)
    narrowed = (Filter(facet=Facet.YEAR, values=frozenset({"2024", "2023"})),)
    assert plain_corridors(table, Marking.AMBER, narrowed)["asked"] == {"year": ["2023", "2024"]}
    heads, first, *_ = corridor_rows(table, Marking.AMBER, narrowed)
    assert dict(zip(heads, first, strict=True)) == {
        "from": "AT",
        "to": "DE",
        "reports": "2",
        "marking": "AMBER",
        "illustrative": "yes",
        "narrowed": "year=2023; year=2024",
    }
    real = CorridorTable.of(counts, 2, 0, illustrative=False)
    assert {row[-2:] for row in corridor_rows(real, Marking.CLEAR)} == {
        ("illustrative", "narrowed"),
        ("no", ""),
    }
