"""Corridors: what may be said of few reports, and which are near to which corridor."""

from __future__ import annotations

import pytest

from kb.domain.corridor import (
    UNTOLD,
    BorderReport,
    Circle,
    Corridor,
    CorridorTable,
    Elapsed,
    Near,
    Summary,
    by_channel,
    by_obstacle,
    circles,
)
from kb.domain.corridor_file import corridor_rows, plain_corridors
from kb.domain.marking import Marking
from kb.domain.unit import corridor_values


def report(
    name: str,
    *corridors: str,
    channels: tuple[str, ...] = (),
    outcome: str = UNTOLD,
    days: int | None = None,
    made_up: bool = False,
) -> BorderReport:
    """Give a report of the case that its name begins with, as `case/key`."""
    return BorderReport(
        id=name,
        case=name.partition("/")[0],
        corridors=frozenset(value for each in corridors for value in corridor_values(*each.split("-"))),
        channels=frozenset(channels),
        obstacles=frozenset({"translation"} if days is None else ()),
        outcome=outcome,
        days=days,
        illustrative=made_up,
    )


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
        ([], 0, None, None),
        ([None, None], 0, None, None),
        ([90, None], 1, None, None),
        ([90, 10], 2, None, (10, 90)),
        ([90, 10, 30], 3, 30.0, (10, 90)),
        ([90, 10, 30, 41], 4, 35.5, (10, 90)),
    ],
)
def test_a_median_needs_three_figures_and_a_range_two(
    days: list[int | None], number: int, median: float | None, span: tuple[int, int] | None
) -> None:
    elapsed = Elapsed.of(days)
    assert (elapsed.number, elapsed.median, elapsed.range) == (number, median, span)


def test_no_share_of_fewer_than_five_that_tell_their_end_is_given_in_per_cent() -> None:
    resolved = [report(f"c{number}/b1", outcome="resolved") for number in range(3)]
    few = Summary.of([*resolved, report("d/b1", outcome="unresolved"), report("e/b1"), report("f/b1")])
    assert few.share("resolved") is None
    enough = Summary.of(
        [*resolved, report("d/b1", outcome="unresolved"), report("e/b1", outcome="unresolved")]
    )
    assert (enough.share("resolved"), enough.share("partly-resolved")) == (60, 0)


def test_a_summary_counts_reports_and_their_cases_and_says_when_examples_are_among_them() -> None:
    summed = Summary.of(
        [report("one/b1", days=4), report("one/b2", outcome="resolved"), report("two/b1", made_up=True)]
    )
    assert (summed.reports, summed.cases, summed.illustrative) == (3, 2, True)
    assert summed.outcomes == {UNTOLD: 2, "resolved": 1}
    assert summed.elapsed.days == (4,)
    assert Summary.of([]) == Summary()


def test_reports_are_summed_up_by_channel_and_by_obstacle_most_told_first() -> None:
    found = [
        report("a/b1", channels=("mlat",), days=3),
        report("b/b1", channels=("mlat", "eio")),
        report("c/b1"),
    ]
    channels = by_channel(found)
    assert [(key, each.reports) for key, each in channels.items()] == [("mlat", 2), ("eio", 1)]
    assert {key: each.reports for key, each in by_obstacle(found).items()} == {"translation": 2}


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


def test_reports_are_told_nearest_first_and_each_wider_circle_holds_the_nearer_of_its_kind() -> None:
    here, back = report("here/b1", "AT-DE"), report("back/b1", "DE-AT")
    asking, asked, far = report("asking/b1", "AT-FR"), report("asked/b1", "IT-DE"), report("far/b1", "ES-PT")
    unstated = report("quiet/b1")
    drawn = circles(Corridor("AT", "DE"), [here, back, asking, asked, far, unstated])
    assert drawn == (
        Circle(Near.HERE, "AT-DE", (here,)),
        Circle(Near.BACK, "DE-AT", (back,)),
        Circle(Near.ASKING, "AT-*", (here, asking)),
        Circle(Near.ASKED, "*-DE", (here, asked)),
        Circle(Near.ANYWHERE, "", (here, back, asking, asked, far, unstated)),
    )


def test_a_circle_in_which_nothing_was_reported_is_not_drawn() -> None:
    assert [each.near for each in circles(Corridor("AT", "DE"), [report("far/b1", "ES-PT")])] == [
        Near.ANYWHERE
    ]
    assert circles(Corridor("AT", "DE"), []) == ()


def test_the_table_leaves_the_house_with_its_marking_and_whether_examples_are_in_it() -> None:
    counts = {"AT-DE": 2, "AT-*": 2, "*-DE": 2, "*-*": 2}
    table = CorridorTable.of(counts, 3, 1, illustrative=True)
    plain = plain_corridors(table, Marking.AMBER)
    assert plain["corridors"] == [{"from": "AT", "to": "DE", "reports": 2}]
    assert (plain["marking"], plain["illustrative"], plain["not_stated"]) == ("AMBER", True, 1)
    heads, first, *_ = corridor_rows(table, Marking.AMBER)
    assert dict(zip(heads, first, strict=True)) == {
        "from": "AT",
        "to": "DE",
        "reports": "2",
        "marking": "AMBER",
        "illustrative": "yes",
    }
    real = CorridorTable.of(counts, 2, 0, illustrative=False)
    assert {row[-1] for row in corridor_rows(real, Marking.CLEAR)} == {"illustrative", "no"}
