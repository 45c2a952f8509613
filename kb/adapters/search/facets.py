"""Facet counts from columns, under the audience's mask.

A count says what choosing that value *alone* in its facet returns while every filter of the other facets stays: each facet is counted
under the scope, the words and all filters but its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from kb.adapters.search.array_file import Mask
from kb.adapters.search.audience import Audience
from kb.domain.query import FacetCount, SearchQuery
from kb.domain.unit import Facet


def filters_of(query: SearchQuery, audience: Audience) -> dict[Facet, Mask]:
    """Give the mask of each facet that the query filters by."""
    chosen = {facet: query.chosen(facet) for facet in Facet}
    masks = {facet: audience.having(facet, values) for facet, values in chosen.items() if values}
    for each in query.filters:
        if not each.values:
            masks[each.facet] = audience.having(each.facet, frozenset())
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
    """Give the counts of all facets, most frequent first; what is chosen stands even where it counts nothing."""
    everything = audience.tally(passing(found, filters))
    for facet in Facet:
        tally = audience.tally(passing(found, filters, facet)) if facet in filters else everything
        chosen = query.chosen(facet)
        counts = {**dict.fromkeys(chosen, 0), **dict(audience.counts(facet, tally))}
        for value, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            yield FacetCount(facet=facet, value=value, count=count, chosen=value in chosen)
