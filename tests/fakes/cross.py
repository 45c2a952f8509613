"""Cross tables in the plainest way: unit by unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from kb.domain.cross_table import CrossTable, SumQuery, UnitFigures, UnitSum
from kb.domain.record import Origin
from kb.domain.unit import Facet, SearchUnit

Values = frozenset[str]


def crossed(
    units: Sequence[SearchUnit], rows: Sequence[Values], columns: Sequence[Values], under: Mapping[str, str]
) -> CrossTable:
    """Count what each unit tells for rows and columns."""
    headed = [each | {under[value] for value in each if value in under} for each in rows]
    return CrossTable(
        cells=Counter(
            (row, column)
            for mine, theirs in zip(headed, columns, strict=True)
            for row in mine
            for column in theirs
        ),
        rows=Counter(row for each in headed for row in each),
        columns=Counter(column for each in columns for column in each),
        total=len(units),
        unstated=sum(not (mine and theirs) for mine, theirs in zip(headed, columns, strict=True)),
        illustrative=any(Origin.ILLUSTRATIVE.value in unit.values(Facet.ORIGIN) for unit in units),
    )


def summed(units: Sequence[UnitFigures], query: SumQuery) -> dict[str, UnitSum]:
    """Sum up what each unit tells."""
    having = {
        value: [unit for unit in units if value in unit.values[query.by]]
        for value in {each for unit in units for each in unit.values[query.by]}
    }
    return {
        value: UnitSum(
            units=len(found),
            cases=len({unit.case for unit in found}),
            days=tuple(sorted(unit.days for unit in found if unit.days is not None)),
            values={
                facet: Counter(other for unit in found for other in unit.values[facet])
                for facet in query.told
            },
        )
        for value, found in having.items()
    }


def figured(units: Iterable[tuple[SearchUnit, Mapping[Facet, Values]]]) -> tuple[UnitFigures, ...]:
    """Give what each unit tells, by id."""
    return tuple(
        UnitFigures(
            id=unit.id,
            case=unit.case,
            kind=unit.kind,
            days=unit.days,
            values={facet: tuple(sorted(values)) for facet, values in told.items()},
        )
        for unit, told in sorted(units, key=lambda each: each[0].id)
    )
