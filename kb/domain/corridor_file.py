"""The table of corridors as it leaves the house: one value for programs, rows for spreadsheets, both with the marking."""

from __future__ import annotations

from collections.abc import Iterator

from kb.domain.corridor import CorridorTable
from kb.domain.marking import Marking
from kb.domain.query import Filter


def plain_corridors(
    table: CorridorTable, marking: Marking, narrowed: tuple[Filter, ...] = ()
) -> dict[str, object]:
    """Give the table as plain values; of a corridor that is not there nothing was reported, which is not to say that all is well."""
    return {
        "counted": "cross-border issues",
        "asked": {each.facet.value: sorted(each.values) for each in narrowed},
        "marking": marking.value,
        "illustrative": table.illustrative,
        "total": table.total,
        "not_stated": table.unstated,
        "corridors": [
            {"from": way.start, "to": way.end, "reports": count} for way, count in sorted(table.cells.items())
        ],
        "from": dict(sorted(table.rows.items())),
        "to": dict(sorted(table.columns.items())),
    }


def corridor_rows(
    table: CorridorTable, marking: Marking, narrowed: tuple[Filter, ...] = ()
) -> Iterator[tuple[str, ...]]:
    """Give a line of headings, then a line per number; `*` stands for any country, so that such a line is a total."""
    yield "from", "to", "reports", "marking", "illustrative", "narrowed"
    made_up = "yes" if table.illustrative else "no"
    asked = "; ".join(f"{each.facet.value}={value}" for each in narrowed for value in sorted(each.values))
    for start, end, reports in table.lines:
        yield start, end, str(reports), marking.value, made_up, asked
