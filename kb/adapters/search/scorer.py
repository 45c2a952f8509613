"""BM25F over arrays: Whoosh's formula with the statistics of what the viewer may see.

Equal to Whoosh's own scorer over an index freshly built from exactly the visible documents; the tests hold it to that.
Source of the formula: Robertson and Zaragoza, The Probabilistic Relevance Framework (2009), as in `whoosh.scoring.bm25`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from kb.adapters.search.array_file import Integers, Mask, Weights
from kb.adapters.search.audience import K1, Audience
from kb.adapters.search.columns import Columns
from kb.adapters.search.plan import Facetted, Intersection, Plan, Sequel, Term, Union
from kb.adapters.search.postings import Posting, Postings
from kb.adapters.search.schema import BOOSTS, TITLES, WORDS

_TITLES = frozenset(TITLES.values())
DIGITS = 6
"""Scores are compared by this many significant digits: more would tell equals apart by rounding."""
_MOVED = 2e-5

MOST_FREQUENCIES = 100_000
"""Terms whose frequency is remembered for one audience."""


class Scored(NamedTuple):
    """What a plan finds: which documents, and their weights (0 outside the mask)."""

    mask: Mask
    weights: Weights


class Scorer:
    """Evaluates plans for one audience."""

    def __init__(self, columns: Columns, audience: Audience, postings: Postings) -> None:
        self._columns = columns
        self._audience = audience
        self._postings = postings

    def score(self, plan: Plan) -> Scored:
        """Give what the plan finds among what the audience may see."""
        match plan:
            case Term() | Sequel():
                return self._union(Union((plan,)))
            case Facetted():
                return self._facetted(plan)
            case Union():
                return self._union(plan)
            case Intersection():
                return self._intersection(plan)

    def frequency(self, field: str, term: str) -> int:
        """Count the visible documents in which a term occurs."""
        known = self._audience.frequencies
        key = field, term
        if key not in known:
            if len(known) >= MOST_FREQUENCIES:
                known.clear()
            documents = self._postings.of(field, term).documents
            known[key] = int(np.count_nonzero(self._audience.mask[documents])) if len(documents) else 0
        return known[key]

    def beginning(self, prefix: str) -> Mapping[str, int]:
        """Give the visible words that begin so, as they are written, each with the number of documents that have it."""
        return self._postings.beginning(WORDS, prefix, self._audience.mask)

    def _nothing(self) -> Scored:
        size = self._columns.size
        return Scored(np.zeros(size, dtype=np.bool_), np.zeros(size))

    def _weights(self, term: Term, posting: Posting, number: int) -> Weights:
        """Give what a term weighs in some of the documents that it occurs in, of which `number` are visible."""
        field, frequencies = term.field, posting.frequencies
        idf = np.log(self._audience.size / (number + 1)) + 1
        lengths = self._columns.title_bytes if field in _TITLES else self._columns.body_bytes
        norm = self._audience.norms[field][lengths[posting.documents]]
        weights: Weights = (
            BOOSTS[field] * term.share * (idf * (frequencies * (K1 + 1) / (frequencies + norm)))
        )
        return weights

    def _facetted(self, facetted: Facetted) -> Scored:
        found = self._nothing()
        values = frozenset(
            value for value in self._audience.values(facetted.facet) if value.casefold() == facetted.value
        )
        found.mask[:] = self._audience.having(facetted.facet, values) & self._audience.mask
        found.weights[found.mask] = facetted.weight
        return found

    def _union(self, union: Union) -> Scored:
        """Add up in place. Terms weigh in hidden documents too until all is added: leaving these out each time takes longer."""
        found = self._nothing()
        for part in union.parts:
            self._add(found, part)
        found.mask[:] &= self._audience.mask
        found.weights[:] *= found.mask
        return found

    def _add(self, found: Scored, part: Plan) -> None:
        match part:
            case Term():
                self._add_term(found, part)
            case Sequel():
                self._add_sequel(found, part)
            case _:
                each = self.score(part)
                found.mask[:] |= each.mask
                found.weights[:] += each.weights

    def _add_term(self, found: Scored, term: Term) -> None:
        """Most words have terms in fields of languages that no document is in."""
        number = self.frequency(term.field, term.text)
        if number:
            posting = self._postings.of(term.field, term.text)
            documents = posting.documents.astype(np.intp)
            found.mask[documents] = True
            found.weights[documents] += self._weights(term, Posting(documents, posting.frequencies), number)

    def _add_sequel(self, found: Scored, sequel: Sequel) -> None:
        """Terms of a phrase weigh as they do alone, in the documents that have the phrase in this field."""
        if not all(self.frequency(sequel.field, text) for text in sequel.texts):
            return
        documents = self._postings.phrase(sequel.field, sequel.texts)
        documents = documents[self._audience.mask[documents]]
        weights = np.zeros(len(documents))
        for text in sequel.texts:
            posting = self._postings.of(sequel.field, text)
            here = posting.frequencies[np.searchsorted(posting.documents, documents)]
            term = Term(sequel.field, text, sequel.share)
            weights += self._weights(term, Posting(documents, here), self.frequency(sequel.field, text))
        found.mask[documents] = True
        found.weights[documents] += weights

    def _intersection(self, plan: Intersection) -> Scored:
        mask = self._audience.mask.copy()
        weights = np.zeros(self._columns.size)
        for part in plan.parts:
            each = self.score(part)
            mask &= each.mask
            weights += each.weights
        for part in plan.without:
            mask &= ~self.score(part).mask
        weights[~mask] = 0.0
        return Scored(mask, weights)


def rounded(weights: Weights) -> Weights:
    """Round positive numbers to DIGITS significant digits."""
    positive = weights > 0
    exponents = np.floor(np.log10(weights, where=positive, out=np.zeros_like(weights)))
    scale = 10.0 ** (DIGITS - 1 - exponents)
    return np.where(positive, np.round(weights * scale) / scale, weights)


def best(documents: Integers, weights: Weights, ties: Integers, most: int) -> Integers:
    """Give the first `most` documents by rounded weight, then by place; weights and ties stand beside the documents.

    Only what may come that far is rounded: rounding moves a weight by less than `_MOVED` of it, and none past another.
    """
    if len(documents) > most:
        least = np.partition(weights, len(weights) - most)[len(weights) - most]
        kept = np.flatnonzero(weights >= least - abs(least) * _MOVED)
        documents, weights, ties = documents[kept], weights[kept], ties[kept]
    weights = rounded(weights)
    if len(documents) > most:
        documents, weights, ties = _without_last(documents, weights, ties, most)
    return documents[np.lexsort((ties, -weights))][:most]


def _without_last(
    documents: Integers, weights: Weights, ties: Integers, most: int
) -> tuple[Integers, Weights, Integers]:
    """Drop of the equals at the end those that come too late: dates alone may make equals of everything."""
    least = np.partition(weights, len(weights) - most)[len(weights) - most]
    better, equal = np.flatnonzero(weights > least), np.flatnonzero(weights == least)
    first = equal[np.argpartition(ties[equal], most - len(better) - 1)[: most - len(better)]]
    kept = np.concatenate([better, first])
    return documents[kept], weights[kept], ties[kept]
