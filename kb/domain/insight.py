"""What the cases have in common: the matrix of difficulties and countries, and what follows from it.

A cell counts case studies. Nobody's number is a mark: countries stand in the order of their names, and none is ranked.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
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
"""Countries whose units make a difficulty one in common by reporting it."""
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

    @property
    def is_backwards(self) -> bool:
        """Say whether the period ends before it begins, so that no case can be in it."""
        return bool(self.since and self.until and self.since > self.until)

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


class Shared(NamedTuple):
    """A difficulty that units of several countries reported, and of how many."""

    key: str
    label: str
    countries: int


def shared_by_several(reported: CrossTable, label: Callable[[str], str]) -> tuple[Shared, ...]:
    """Give the difficulties that units of SHARED_BY countries or more reported, those of most countries first.

    `reported` counts cases by difficulty and by the country that reported them.
    """
    countries = Counter(key for key, country in reported.cells if country != NOT_STATED)
    found = [Shared(key, label(key), count) for key, count in countries.items() if count >= SHARED_BY]
    return tuple(sorted(found, key=lambda each: (-each.countries, each.label.casefold(), each.key)))


class Opening(NamedTuple):
    """A difficulty that a country told and that others solved: its cases there, and the solutions that worked."""

    key: str
    label: str
    here: int
    elsewhere: int


def open_in(country: str, matrix: Matrix, worked: CrossTable, solved: Collection[str]) -> tuple[Opening, ...]:
    """Give the difficulties with a case in a country, that are not `solved` in any of them, and were solved elsewhere.

    `worked` counts solutions that worked, by difficulty and country; one whose country is not stated may have been at home.
    """
    elsewhere = {key for key, place in worked.cells if place != NOT_STATED} - set(solved)
    found = (
        Opening(line.key, line.label, line.cells[country], worked.rows[line.key])
        for line in matrix.lines
        if line.key in elsewhere and line.cells.get(country)
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
    shared: tuple[Shared, ...] = ()
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
