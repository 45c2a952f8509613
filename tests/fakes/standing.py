"""Facet values for which others stand, in the plainest way: as if the others had been written."""

from __future__ import annotations

from collections.abc import Iterable

from kb.domain.unit import Facet, SearchUnit, Standing


def as_standing(
    facets: Iterable[tuple[Facet, str]], standing: Iterable[Standing]
) -> frozenset[tuple[Facet, str]]:
    ends = {(facet, value): (facet, end) for facet, value, end in standing}
    return frozenset(ends.get(pair, pair) for pair in facets)


def rewritten(unit: SearchUnit, standing: Iterable[Standing]) -> SearchUnit:
    return unit.model_copy(update={"facets": as_standing(unit.facets, standing)})
