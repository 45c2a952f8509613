"""Cross tables and sums: how many units have a value of one facet and a value of another, as one viewer may know.

Every number is that of distinct units, and what a search filtered by row and column returns.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from kb.domain.query import SearchQuery
from kb.domain.text import Value
from kb.domain.unit import Facet, UnitKind


class CrossQuery(Value):
    """Which two facets are counted against each other, over all that `asked` finds, whatever its page."""

    asked: SearchQuery
    rows: Facet
    columns: Facet
    under: frozenset[tuple[str, str]] = frozenset()
    """Values of the rows' facet with a heading above each: a unit that has the value counts, once, under the heading as well."""


@dataclass(frozen=True)
class CrossTable:
    """The counts; what is not named counts nothing."""

    cells: Mapping[tuple[str, str], int] = field(default_factory=dict)
    rows: Mapping[str, int] = field(default_factory=dict)
    """Units that have the row's value, in whichever column or none."""
    columns: Mapping[str, int] = field(default_factory=dict)
    total: int = 0
    """All units that were found."""
    unstated: int = 0
    """Those of them that stand in no row, or in no column, because they tell no value, or none to this viewer."""
    illustrative: bool = False
    """Whether made-up examples are among them: whoever shows a number must say so."""


class SumQuery(Value):
    """By each value of which facet all that `asked` finds is summed up, and which facets are counted in each sum."""

    asked: SearchQuery
    by: Facet
    told: frozenset[Facet]


@dataclass(frozen=True)
class UnitSum:
    """What units come to together."""

    units: int = 0
    cases: int = 0
    days: tuple[int, ...] = ()
    """How long each took, shortest first, of those that tell it."""
    values: Mapping[Facet, Mapping[str, int]] = field(default_factory=dict)
    """For each facet asked for, how many units tell which value; those that tell none are nowhere."""


class UnitFigures(NamedTuple):
    """What the columns of the index hold of one unit, as far as the viewer may know it."""

    id: str
    case: str
    kind: UnitKind
    days: int | None
    values: Mapping[Facet, tuple[str, ...]]
