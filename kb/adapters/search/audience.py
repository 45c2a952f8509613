"""One viewer's view of one generation: which documents exist, whose origin is known, and the statistics over just these.

A hidden document that weighed in a frequency or an average would move the scores of the visible ones and could be told from that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from kb.adapters.search.columns import Columns, Mask, Pairs, Weights
from kb.adapters.search.postings import Postings
from kb.adapters.search.schema import ANALYSED, READERS
from kb.domain.marking import Viewer
from kb.domain.unit import MAY_BE_UNSTATED, NOT_STATED, ORIGIN_FACETS, Facet


@dataclass(frozen=True)
class Audience:
    """What the viewer may see; an average is the mean exact length of a field over those of `mask` that have it."""

    mask: Mask
    knows: Mask
    """Documents whose origin the viewer learns."""
    size: int
    averages: Mapping[str, float]
    facets: Mapping[Facet, Pairs]
    """Facet values in the form shown to the viewer."""
    unstated: Mapping[Facet, Mask]
    """Documents that tell the viewer no value, of the facets that count these."""

    def values(self, facet: Facet) -> tuple[str, ...]:
        """Give the values that a query can name."""
        return (*self.facets[facet].values, *((NOT_STATED,) if facet in self.unstated else ()))

    def having(self, facet: Facet, values: frozenset[str]) -> Mask:
        """Give the documents that have any of `values`, as far as the viewer may know."""
        mask = self.facets[facet].having(values, len(self.mask))
        if NOT_STATED in values and facet in self.unstated:
            mask |= self.unstated[facet]
        return mask

    def counts(self, facet: Facet, mask: Mask) -> Iterator[tuple[str, int]]:
        """Count the values of a facet over the documents of `mask`; those that none has are left out."""
        yield from self.facets[facet].counts(mask)
        if facet in self.unstated and (number := int((mask & self.unstated[facet]).sum())):
            yield NOT_STATED, number


def audience_of(viewer: Viewer, columns: Columns, postings: Postings) -> Audience:
    """Compute the view of one viewer."""
    mask = _visible(viewer, columns, postings)
    size = int(mask.sum())
    knows = _knows_origin(viewer, columns)
    facets = {
        facet: pairs.where(knows) if facet in ORIGIN_FACETS else pairs
        for facet, pairs in columns.facets.items()
    }
    return Audience(
        mask=mask,
        knows=knows,
        size=size,
        averages={name: _mean(columns.exact[name][mask]) for name in ANALYSED},
        facets=facets,
        unstated={facet: _without_value(facets[facet], columns.size) for facet in MAY_BE_UNSTATED},
    )


def _mean(lengths: Weights) -> float:
    """Give the mean length over the documents that have the field: over all, a language of few texts would seem to
    have nothing but long ones.
    """
    return float(lengths.sum()) / (int(np.count_nonzero(lengths)) or 1) or 1.0


def _visible(viewer: Viewer, columns: Columns, postings: Postings) -> Mask:
    if viewer.unrestricted:
        return columns.live
    mask = np.zeros(columns.size, dtype=np.bool_)
    for token in sorted(viewer.tokens):
        mask[postings.of(READERS, token).documents] = True
    return mask & columns.live


def _knows_origin(viewer: Viewer, columns: Columns) -> Mask:
    if viewer.unrestricted:
        return np.ones(columns.size, dtype=np.bool_)
    if viewer.organisation is None:
        return ~columns.withheld
    known: Mask = ~columns.withheld | (columns.owners == viewer.organisation)
    return known


def _without_value(pairs: Pairs, size: int) -> Mask:
    mask = np.ones(size, dtype=np.bool_)
    mask[pairs.documents] = False
    return mask
