"""Corridors: what was reported of requests from one country to another, and how much may be said of so few reports.

Nothing is invented where there are few: one report gives its own figure, two give both, a median needs three, and no share of
fewer than five is told in per cent. Nothing here compares one country with another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from statistics import median
from typing import NamedTuple

from kb.domain.country import CODES
from kb.domain.cross_table import UnitSum
from kb.domain.marking import Marking, highest
from kb.domain.record import Origin
from kb.domain.unit import ANY_COUNTRY, NOT_STATED, Facet

ENOUGH_FOR_A_MEDIAN = 3
"""Of two figures the one in the middle would be one that nobody reported."""
ENOUGH_FOR_A_SHARE = 5
"""Of four reports one would be a quarter, which sounds like knowledge."""
UNTOLD = ""
"""The outcome of a report that tells none."""
SUMMED = frozenset({Facet.OUTCOME, Facet.ORIGIN, Facet.MARKING})
"""What a summary asks of its reports."""


class Corridor(NamedTuple):
    """From the country that asks to the one that is asked."""

    start: str
    end: str

    @classmethod
    def between(cls, start: str, end: str) -> Corridor | None:
        """Give the corridor between two countries by their codes, or None for what is no code or no border."""
        corridor = cls(start.upper(), end.upper())
        return corridor if CODES.issuperset(corridor) and corridor.start != corridor.end else None

    @classmethod
    def read(cls, value: str) -> Corridor:
        """Read what the index holds, as `AT-DE`."""
        start, _, end = value.partition("-")
        return cls(start, end)

    @property
    def value(self) -> str:
        """Give what the index holds."""
        return f"{self.start}-{self.end}"

    @property
    def is_from(self) -> bool:
        """Say whether it stands for all that one country asked."""
        return self.end == ANY_COUNTRY != self.start

    @property
    def is_to(self) -> bool:
        """Say whether it stands for all that one country was asked."""
        return self.start == ANY_COUNTRY != self.end

    @property
    def back(self) -> Corridor:
        """Give the other direction."""
        return Corridor(self.end, self.start)


class Elapsed(NamedTuple):
    """How many days requests took, shortest first, as far as reports say."""

    days: tuple[int, ...] = ()

    @property
    def number(self) -> int:
        """Give how many reports say."""
        return len(self.days)

    @property
    def median(self) -> float | None:
        """Give the median, of enough reports."""
        return float(median(self.days)) if self.number >= ENOUGH_FOR_A_MEDIAN else None

    @property
    def range(self) -> tuple[int, int] | None:
        """Give the shortest and the longest, of at least two reports."""
        return (self.days[0], self.days[-1]) if self.number > 1 else None


class Summary(NamedTuple):
    """What several reports come to."""

    reports: int = 0
    cases: int = 0
    outcomes: Mapping[str, int] = {}
    """How many ended how, by BorderOutcome, or UNTOLD."""
    elapsed: Elapsed = Elapsed()
    illustrative: bool = False
    """Whether made-up examples are among them."""
    marking: Marking = Marking.CLEAR
    """The narrowest among them: whoever shows the numbers bears it."""

    @classmethod
    def of(cls, found: UnitSum) -> Summary:
        """Read what was summed up of cross-border issues, told SUMMED."""
        told = found.values[Facet.OUTCOME]
        untold = found.units - sum(told.values())
        return cls(
            reports=found.units,
            cases=found.cases,
            outcomes={**told, UNTOLD: untold} if untold else told,
            elapsed=Elapsed(found.days),
            illustrative=Origin.ILLUSTRATIVE.value in found.values[Facet.ORIGIN],
            marking=highest(*map(Marking, found.values[Facet.MARKING])),
        )

    def share(self, outcome: str) -> int | None:
        """Give the share of an outcome in per cent, of enough reports that tell theirs."""
        told = sum(count for each, count in self.outcomes.items() if each != UNTOLD)
        return round(100 * self.outcomes.get(outcome, 0) / told) if told >= ENOUGH_FOR_A_SHARE else None


def most_reported_first(summed: Mapping[str, Summary]) -> dict[str, Summary]:
    """Arrange what was summed up by some value, then by that value."""
    return dict(sorted(summed.items(), key=lambda each: (-each[1].reports, each[0])))


@dataclass(frozen=True)
class CorridorTable:
    """How many reports there are from a country (row) to a country (column); each number is of distinct reports."""

    cells: Mapping[Corridor, int] = field(default_factory=dict)
    rows: Mapping[str, int] = field(default_factory=dict)
    columns: Mapping[str, int] = field(default_factory=dict)
    total: int = 0
    unstated: int = 0
    """Reports that tell no corridor, or none to this reader."""
    illustrative: bool = False

    @classmethod
    def of(cls, counts: Mapping[str, int], total: int, unstated: int, *, illustrative: bool) -> CorridorTable:
        """Arrange what was counted by the corridors that the index holds."""
        ways = {Corridor.read(value): count for value, count in counts.items()}
        return cls(
            cells={way: count for way, count in ways.items() if ANY_COUNTRY not in way},
            rows={way.start: count for way, count in ways.items() if way.is_from},
            columns={way.end: count for way, count in ways.items() if way.is_to},
            total=total,
            unstated=unstated,
            illustrative=illustrative,
        )

    @property
    def told(self) -> int:
        """Give how many reports tell a corridor."""
        return self.total - self.unstated

    @property
    def lines(self) -> tuple[CorridorLine, ...]:
        """Give all numbers by the codes of the countries, the totals last."""
        return (
            *(CorridorLine(*way, count) for way, count in sorted(self.cells.items())),
            *(CorridorLine(start, ANY_COUNTRY, count) for start, count in sorted(self.rows.items())),
            *(CorridorLine(ANY_COUNTRY, end, count) for end, count in sorted(self.columns.items())),
            CorridorLine(ANY_COUNTRY, ANY_COUNTRY, self.told),
            CorridorLine(NOT_STATED, NOT_STATED, self.unstated),
        )


class CorridorLine(NamedTuple):
    """One number of the table, for files and scripts: with ANY_COUNTRY a total, with NOT_STATED of what is not told."""

    start: str
    end: str
    reports: int


class Near(StrEnum):
    """How near reports are to a corridor; each of the wider ones holds the nearer ones."""

    HERE = "here"
    """On this corridor."""
    BACK = "back"
    """The other way round."""
    ASKING = "asking"
    """The same country asking any."""
    ASKED = "asked"
    """Any country asking the same."""
    ANYWHERE = "anywhere"


class Circle(NamedTuple):
    """Reports that are as near as `near` says; `corridor` is what the index holds of them, of all of them nothing."""

    near: Near
    corridor: str


def circles(corridor: Corridor) -> tuple[Circle, ...]:
    """Give how near reports can be to a corridor, nearest first; one stands in every circle that it belongs to."""
    return (
        Circle(Near.HERE, corridor.value),
        Circle(Near.BACK, corridor.back.value),
        Circle(Near.ASKING, Corridor(corridor.start, ANY_COUNTRY).value),
        Circle(Near.ASKED, Corridor(ANY_COUNTRY, corridor.end).value),
        Circle(Near.ANYWHERE, ""),
    )
