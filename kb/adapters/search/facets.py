"""Facet counts from columns, under the audience's mask.

A count says what choosing that value *alone* in its facet returns while every filter of the other facets stays: each facet is counted
under the scope, the words and all filters but its own.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator
from functools import lru_cache

from kb.adapters.search.array_file import Mask
from kb.adapters.search.audience import Audience, Tally
from kb.domain.query import FacetCount, SearchQuery
from kb.domain.unit import ASIDE, NOT_STATED, Facet

COUNTED = tuple(facet for facet in Facet if facet not in ASIDE)
"""Those that every search counts."""


def filters_of(query: SearchQuery, audience: Audience) -> dict[Facet, Mask]:
    """Give the mask of each facet that the query filters by; nothing passes a filter without values."""
    masks: dict[Facet, Mask] = {}
    for each in query.filters:
        if not each.values:
            masks[each.facet] = audience.having(each.facet, frozenset())
        elif each.facet not in masks:
            masks[each.facet] = audience.having(each.facet, query.chosen(each.facet))
    return masks


def passing(found: Mask, filters: dict[Facet, Mask], but: Facet | None = None) -> Mask:
    """Give the documents of `found` that pass all filters, one facet's left out."""
    mask = found
    for facet, allowed in filters.items():
        if facet is not but:
            mask = mask & allowed
    return mask


def counted(
    query: SearchQuery, audience: Audience, found: Mask, filters: dict[Facet, Mask]
) -> Iterator[FacetCount]:
    """Give the counts of facets, most frequent first; what is chosen stands even where it counts nothing."""
    everything = audience.tally(passing(found, filters))
    ranked = audience.facets.most_frequent(everything.codes, COUNTED)
    for facet in Facet:
        if facet in filters:
            tally = audience.tally(passing(found, filters, facet))
            counts = audience.facets.most_frequent(tally.codes, (facet,))[facet]
            yield from _counted(facet, counts, tally, query.chosen(facet))
        elif facet in ranked:
            yield from _counted(facet, ranked[facet], everything, frozenset())


def _counted(
    facet: Facet, counts: list[tuple[int, str]], tally: Tally, chosen: frozenset[str]
) -> Iterator[FacetCount]:
    """Put what is not stated, and what is chosen and counts nothing, among the values that stand in their order."""
    number = tally.unstated.get(facet, 0)
    extra = [(-number, NOT_STATED)] if number else []
    if chosen:
        extra += [(0, value) for value in chosen.difference(value for _, value in counts + extra)]
    for each in extra:
        insort(counts, each)
    for count, value in counts:
        yield _count(facet, value, -count, value in chosen)


@lru_cache(maxsize=10_000)
def _count(facet: Facet, value: str, count: int, chosen: bool) -> FacetCount:
    """Give a count, mostly one that another page has shown: most are small numbers of the same values."""
    return FacetCount(facet=facet, value=value, count=count, chosen=chosen)
