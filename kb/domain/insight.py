"""What the cases have in common: the matrix of difficulties and countries, and what follows from it.

A cell counts case studies. Nobody's number is a mark: countries stand in the order of their names, and none is ranked.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, NamedTuple

from pydantic import Field

from kb.domain.cross_table import CrossTable
from kb.domain.marking import Marking
from kb.domain.query import Filter
from kb.domain.text import Value
from kb.domain.unit import NOT_STATED, Facet

LEVELS = 4
"""Shades in which the numbers of a table are told apart."""
SHARED_BY = 3
"""Countries that make a difficulty one in common."""
ABOVE = "above:"
"""With what a heading's name begins in a cross table, so that it is no concept's key."""
BY_TOTAL, BY_NAME = "total", "name"
Year = Annotated[int, Field(ge=1000, le=9999)]


class MatrixRequest(Value):
    """Which cases are counted, and in which order the difficulties come."""

    since: Year | None = None
    """The first year in which a counted case began."""
    until: Year | None = None
    phenomenon: str = ""
    stage: str = ""
    sort: str = BY_TOTAL
    """BY_TOTAL, BY_NAME or the code of a country."""

    @property
    def narrowed(self) -> bool:
        """Say whether not all cases are counted."""
        return bool(self.since or self.until or self.phenomenon or self.stage)

    def filters(self, years: Iterable[str]) -> tuple[Filter, ...]:
        """Give the filters of the search behind the table; `years` are those that there are."""
        found = [
            Filter(facet=facet, values=frozenset({value}))
            for facet, value in ((Facet.PHENOMENON, self.phenomenon), (Facet.STAGE, self.stage))
            if value
        ]
        if self.since or self.until:
            within = (each for each in years if each.isdigit() and self._has(int(each)))
            found.append(Filter(facet=Facet.YEAR, values=frozenset(within)))
        return tuple(found)

    def _has(self, year: int) -> bool:
        return (self.since or year) <= year <= (self.until or year)


class Line(NamedTuple):
    """A row: `keys` are the concepts by which its search is filtered."""

    key: str
    label: str
    keys: tuple[str, ...]
    total: int
    cells: Mapping[str, int]

    @property
    def countries(self) -> int:
        """Give in how many columns that say something it counts."""
        return len(self.cells.keys() - {NOT_STATED})


class Group(NamedTuple):
    """Rows under their heading, which counts distinct cases; of what stands under none there is no heading."""

    heading: Line | None
    lines: tuple[Line, ...]


class Matrix(NamedTuple):
    """Rows in groups; `columns` in the order of their values, "not stated" last."""

    groups: tuple[Group, ...]
    columns: tuple[str, ...]
    totals: Mapping[str, int]
    """Cases of each column that are counted at all."""
    steps: tuple[int, ...]
    """The different numbers of the lines, in order."""

    @property
    def lines(self) -> Iterator[Line]:
        """Give the rows that are no headings."""
        return (line for group in self.groups for line in group.lines)

    def level(self, count: int) -> int:
        """Give the shade of a number: 1 to LEVELS, by how many of the table's different numbers are smaller."""
        return 1 + bisect_left(self.steps, count) * LEVELS // max(len(self.steps), 1)


class Heading(NamedTuple):
    """Where a concept stands, and how both are called."""

    label: str
    above: str = ""
    above_label: str = ""


def matrix_of(table: CrossTable, place: Callable[[str], Heading], sort: str = BY_TOTAL) -> Matrix:
    """Put the rows of a table, counted with the headings of `place` above them, in groups and in order."""
    cells: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for (row, column), count in sorted(table.cells.items()):
        cells[row][column] = count
    placed = {key: place(key) for key in table.rows if not key.startswith(ABOVE)}
    members: defaultdict[str, list[Line]] = defaultdict(list)
    for key, heading in placed.items():
        line = Line(key, heading.label, (key,), table.rows[key], cells[key])
        members[heading.above].append(line)
    labels = {heading.above: heading.above_label for heading in placed.values()}
    groups = [
        Group(_heading(above, labels[above], lines, table, cells), tuple(sorted(lines, key=_order(sort))))
        for above, lines in members.items()
    ]
    columns = sorted(table.columns, key=lambda each: (each == NOT_STATED, each))
    steps = sorted({count for line in placed for count in cells[line].values()})
    return Matrix(tuple(sorted(groups, key=_group_order(sort))), tuple(columns), table.columns, tuple(steps))


def _heading(
    above: str, label: str, lines: list[Line], table: CrossTable, cells: Mapping[str, Mapping[str, int]]
) -> Line | None:
    if not above:
        return None
    name = f"{ABOVE}{above}"
    return Line(
        above, label, tuple(sorted(line.key for line in lines)), table.rows.get(name, 0), cells.get(name, {})
    )


def _order(sort: str) -> Callable[[Line], tuple[int, int, str, str]]:
    def order(line: Line) -> tuple[int, int, str, str]:
        if sort == BY_NAME:
            return 0, 0, line.label.casefold(), line.key
        first = 0 if sort == BY_TOTAL else -line.cells.get(sort, 0)
        return first, -line.total, line.label.casefold(), line.key

    return order


def _group_order(sort: str) -> Callable[[Group], tuple[bool, tuple[int, int, str, str]]]:
    """Order groups as rows; what stands under no heading comes last."""
    order = _order(sort)
    return lambda group: (group.heading is None, order(group.heading) if group.heading else (0, 0, "", ""))


def shared_by_several(matrix: Matrix) -> tuple[Line, ...]:
    """Give the difficulties that cases of SHARED_BY countries or more tell, those of most countries first."""
    found = [line for line in matrix.lines if line.countries >= SHARED_BY]
    return tuple(
        sorted(found, key=lambda line: (-line.countries, -line.total, line.label.casefold(), line.key))
    )


class Opening(NamedTuple):
    """A difficulty that a country told and that others solved: its cases there, and the solutions that worked elsewhere."""

    key: str
    label: str
    here: int
    elsewhere: int


def open_in(country: str, matrix: Matrix, worked: CrossTable) -> tuple[Opening, ...]:
    """Give the difficulties with a case in a country, of which none tells a solution that worked, and that worked elsewhere.

    `worked` counts solutions that worked, by difficulty and country.
    """
    found = (
        Opening(line.key, line.label, line.cells[country], worked.rows[line.key])
        for line in matrix.lines
        if line.cells.get(country) and worked.rows.get(line.key) and (line.key, country) not in worked.cells
    )
    return tuple(sorted(found, key=lambda each: (-each.elsewhere, each.label.casefold(), each.key)))


@dataclass(frozen=True)
class MatrixView:
    """The matrix with all that stands around it, as one reader may see it."""

    request: MatrixRequest
    matrix: Matrix
    by_year: Matrix
    filters: tuple[Filter, ...] = ()
    """Those of the search behind each number, which adds its row and its column."""
    shared: tuple[Line, ...] = ()
    country: str | None = None
    """The reader's own."""
    openings: tuple[Opening, ...] = ()
    silent: tuple[tuple[str, str], ...] = ()
    """Difficulties that no counted case tells: key and label."""
    total: int = 0
    """Cases that are counted, with a difficulty or none."""
    marking: Marking = Marking.CLEAR
    """The narrowest marking among them."""
    illustrative: bool = False
    years: tuple[str, ...] = ()
    """All that can be chosen."""
    phenomena: tuple[tuple[str, str], ...] = ()
    stages: tuple[tuple[str, str], ...] = ()
