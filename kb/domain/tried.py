"""What was tried against a difficulty, the best founded first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kb.domain.cross_table import UnitFigures
from kb.domain.evidence import Confirmation, Evidence, Strength
from kb.domain.lesson import Outcome
from kb.domain.unit import Facet

MOST_SHOWN = 6
"""Solutions of one outcome that are told in full; the others are a search away."""
TOLD = frozenset({Facet.OUTCOME, Facet.COUNTRY, Facet.YEAR})
"""What ranking asks of a solution."""
_STRENGTHS = {strength: place for place, strength in enumerate(Strength, 1)}

Known = tuple[Evidence, Confirmation]
"""What is known of a solution that somebody applied."""


def by_outcome(
    solutions: Iterable[UnitFigures], known: Mapping[str, Known]
) -> tuple[tuple[Outcome, tuple[str, ...]], ...]:
    """Give the names of solutions by how they went: those of stronger evidence first, of more countries, of later years."""
    found: dict[Outcome, list[UnitFigures]] = {outcome: [] for outcome in Outcome}
    for each in solutions:
        found[Outcome(next(iter(each.values[Facet.OUTCOME]), Outcome.UNKNOWN))].append(each)
    return tuple(
        (outcome, tuple(each.id for each in sorted(units, key=lambda each: _rank(each, known.get(each.id)))))
        for outcome, units in found.items()
        if units
    )


def _rank(unit: UnitFigures, known: Known | None) -> tuple[int, bool, int, int, str]:
    evidence, confirmation = known or (Evidence(strength=Strength.SINGLE), Confirmation())
    strength = _STRENGTHS[evidence.strength] if evidence.strength else 0
    countries = max(len(unit.values[Facet.COUNTRY]), evidence.countries)
    year = max((int(year) for year in unit.values[Facet.YEAR] if year.isdigit()), default=0)
    return -strength, not confirmation.learned, -countries, -year, unit.id
