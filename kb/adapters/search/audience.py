"""One viewer's view of one generation: which documents exist, whose origin is known, and the statistics over just these.

A hidden document that weighed in a frequency or an average would move the scores of the visible ones and could be told from that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from kb.adapters.search.analysis import FAMILIES
from kb.adapters.search.array_file import Integers, Mask, Weights
from kb.adapters.search.columns import Columns
from kb.adapters.search.facet_columns import FacetColumns
from kb.adapters.search.postings import Postings
from kb.adapters.search.schema import BODIES, READERS, TITLES
from kb.adapters.search.segment import LENGTHS
from kb.domain.marking import Viewer
from kb.domain.unit import MAY_BE_UNSTATED, NOT_STATED, ORIGIN_FACETS, Facet, Standing

K1, B = 1.2, 0.95
"""By measurement (docs/quality.md): lessons are short, and a long one has many words by chance."""


@dataclass(frozen=True)
class Tally:
    """The values counted over some documents."""

    codes: Integers
    unstated: Mapping[Facet, int]


@dataclass(frozen=True)
class Audience:
    """What the viewer may see, and what follows from that alone: it is kept as long as the generation."""

    columns: Columns
    facets: FacetColumns
    """The facet values, those that this viewer is not told included."""
    mask: Mask
    knows: Mask
    """Documents whose origin the viewer learns."""
    frequencies: dict[tuple[str, str], int] = field(default_factory=dict)
    """In how many visible documents terms occur, as far as it was asked."""

    @cached_property
    def size(self) -> int:
        """Give how many documents are visible."""
        return int(np.count_nonzero(self.mask))

    @cached_property
    def averages(self) -> Mapping[str, float]:
        """Give the mean exact length of each analysed field over the visible documents that have it.

        Over all of them, a language of few texts would seem to have nothing but long ones.
        """
        families = self.columns.families[self.mask]
        found = {}
        for names, exact in ((TITLES, self.columns.title_lengths), (BODIES, self.columns.body_lengths)):
            lengths = exact[self.mask]
            sums = np.bincount(families, weights=lengths, minlength=len(FAMILIES))
            having = np.bincount(families, weights=lengths > 0, minlength=len(FAMILIES))
            for family, mean in zip(FAMILIES, (sums / np.maximum(having, 1)).tolist(), strict=True):
                found[names[family]] = mean or 1.0
        return found

    @cached_property
    def norms(self) -> Mapping[str, Weights]:
        """Give for each analysed field what BM25F adds to a frequency, by the byte of the document's length."""
        return {name: K1 * ((1 - B) + B * LENGTHS / average) for name, average in self.averages.items()}

    def values(self, facet: Facet) -> tuple[str, ...]:
        """Give the values that a query can name."""
        return (*self.facets.names(facet), *((NOT_STATED,) if facet in MAY_BE_UNSTATED else ()))

    def having(self, facet: Facet, values: frozenset[str]) -> Mask:
        """Give the documents that have any of `values`, as far as the viewer may know."""
        mask = self.facets.having(facet, values)
        if facet in ORIGIN_FACETS:
            mask &= self.knows
        if NOT_STATED in values and facet in MAY_BE_UNSTATED:
            mask |= self.unstated[facet]
        return mask

    @cached_property
    def unstated(self) -> Mapping[Facet, Mask]:
        """Give the documents that tell the viewer no value, of the facets that count these."""
        return {
            facet: self.columns.of_kinds(kinds)
            & ~(
                self.facets.stated(facet) & self.knows
                if facet in ORIGIN_FACETS
                else self.facets.stated(facet)
            )
            for facet, kinds in MAY_BE_UNSTATED.items()
        }

    def tally(self, found: Mask) -> Tally:
        """Count all values over visible documents; where these are most of what is visible, by the others."""
        documents = np.flatnonzero(found)
        if len(documents) <= self.size // 2:
            return self._tally(documents)
        others = self._tally(np.flatnonzero(self.mask & ~found))
        everything = self._everything
        return Tally(
            everything.codes - others.codes,
            {facet: number - others.unstated[facet] for facet, number in everything.unstated.items()},
        )

    @cached_property
    def _everything(self) -> Tally:
        return self._tally(np.flatnonzero(self.mask))

    def _tally(self, documents: Integers) -> Tally:
        codes = self.facets.tally(documents)
        untold = documents[~self.knows[documents]]
        if len(untold):
            hidden = self.facets.tally(untold)
            for facet in ORIGIN_FACETS:
                start, end = self.facets.spans[facet]
                codes[start:end] -= hidden[start:end]
        return Tally(
            codes, {facet: int(np.count_nonzero(mask[documents])) for facet, mask in self.unstated.items()}
        )

    def counts(self, facet: Facet, tally: Tally) -> dict[str, int]:
        """Give the counts of a facet, most frequent first, then by value; values that none has are left out."""
        start, end = self.facets.spans[facet]
        counts = tally.codes[start:end]
        some = np.flatnonzero(counts)
        some = some[np.argsort(-counts[some], kind="stable")]
        values = self.facets.values[facet]
        found = {
            values[code]: count for code, count in zip(some.tolist(), counts[some].tolist(), strict=True)
        }
        if number := tally.unstated.get(facet):
            found[NOT_STATED] = number
        return found


def audience_of(
    viewer: Viewer, standing: frozenset[Standing], columns: Columns, postings: Postings
) -> Audience:
    """Compute the view of one viewer."""
    return Audience(
        columns, columns.facets(standing), _visible(viewer, columns, postings), _knows_origin(viewer, columns)
    )


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
    return ~columns.withheld | columns.of_owner(viewer.organisation)
