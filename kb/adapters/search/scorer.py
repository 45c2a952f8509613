"""BM25F over arrays: Whoosh's formula with the statistics of what the viewer may see.

Equal to Whoosh's own scorer over an index freshly built from exactly the visible documents; the tests hold it to that.
Source of the formula: Robertson and Zaragoza, The Probabilistic Relevance Framework (2009), as in `whoosh.scoring.bm25`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from kb.adapters.search.array_file import Integers, Mask, Weights
from kb.adapters.search.audience import K1, Audience
from kb.adapters.search.columns import Columns
from kb.adapters.search.plan import Facetted, Intersection, Plan, Sequel, Term, Union, Written
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
            case Facetted():
                return self._facetted(plan)
            case Union():
                return self._union(plan.parts)
            case Intersection():
                return self._intersection(plan)
            case _:
                return self._union((plan,))

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

    def _words(self, plan: Term | Sequel | Written) -> tuple[Integers, Weights]:
        """Give the documents in which words stand, hidden ones among them, and what each weighs there."""
        match plan:
            case Term():
                return self._term(plan)
            case Sequel():
                return self._sequel(plan)
            case Written():
                return self._written(plan)

    def _term(self, term: Term) -> tuple[Integers, Weights]:
        """Most words have terms in fields of languages that no document is in."""
        number = self.frequency(term.field, term.text)
        if not number:
            return _NOWHERE
        posting = self._postings.of(term.field, term.text)
        documents = posting.documents.astype(np.intp)
        return documents, self._weights(term, Posting(documents, posting.frequencies), number)

    def _weights(self, term: Term, posting: Posting, number: int) -> Weights:
        """Give what a term weighs in some of the documents that it occurs in, of which `number` are visible."""
        field, frequencies = term.field, posting.frequencies
        lengths = self._columns.title_bytes if field in _TITLES else self._columns.body_bytes
        norm = self._audience.norms[field][lengths[posting.documents]]
        weights: Weights = (
            BOOSTS[field] * term.share * (self._idf(number) * (frequencies * (K1 + 1) / (frequencies + norm)))
        )
        return weights

    def _sequel(self, sequel: Sequel) -> tuple[Integers, Weights]:
        """Terms of a phrase weigh as they do alone, in the documents that have the phrase in this field."""
        if not all(self.frequency(sequel.field, text) for text in sequel.texts):
            return _NOWHERE
        documents = self._postings.phrase(sequel.field, sequel.texts)
        documents = documents[self._audience.mask[documents]]
        weights = np.zeros(len(documents))
        for text in sequel.texts:
            posting = self._postings.of(sequel.field, text)
            here = posting.frequencies[np.searchsorted(posting.documents, documents)]
            term = Term(sequel.field, text, sequel.share)
            weights += self._weights(term, Posting(documents, here), self.frequency(sequel.field, text))
        return documents, weights

    def _written(self, written: Written) -> tuple[Integers, Weights]:
        """A word weighs by its rarity alone: neither how often it occurs nor the length of the text counts."""
        number = self.frequency(WORDS, written.text)
        if not number:
            return _NOWHERE
        documents = self._postings.of(WORDS, written.text).documents.astype(np.intp)
        return documents, np.full(len(documents), written.share * self._idf(number))

    def _idf(self, frequency: int) -> float:
        return float(np.log(self._audience.size / (frequency + 1)) + 1) if frequency else 0.0

    def _facetted(self, facetted: Facetted) -> Scored:
        found = self._nothing()
        values = frozenset(
            value for value in self._audience.values(facetted.facet) if value.casefold() == facetted.value
        )
        found.mask[:] = self._audience.having(facetted.facet, values) & self._audience.mask
        found.weights[found.mask] = facetted.weight
        return found

    def _union(self, parts: Sequence[Plan]) -> Scored:
        """Add up in place. Words weigh in hidden documents too until all is added: leaving these out each time takes longer."""
        found = self._nothing()
        for part in parts:
            if isinstance(part, Term | Sequel | Written):
                documents, weights = self._words(part)
                if len(documents):
                    found.mask[documents] = True
                    found.weights[documents] += weights
            else:
                each = self.score(part)
                found.mask[:] |= each.mask
                found.weights[:] += each.weights
        found.mask[:] &= self._audience.mask
        found.weights[:] *= found.mask
        return found

    def _intersection(self, plan: Intersection) -> Scored:
        if plan.constant is not None:
            return self._together(plan.parts, plan.constant)
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

    def _together(self, parts: Sequence[Plan], constant: float) -> Scored:
        """Find where all parts are; of words there is no need to know what they weigh."""
        mask = self._audience.mask.copy()
        for part in parts:
            if mask.any():
                mask &= self._mask(part)
        return Scored(mask, mask * np.float64(constant))

    def _mask(self, plan: Plan) -> Mask:
        """Give where a part is, hidden documents included."""
        mask = np.zeros(self._columns.size, dtype=np.bool_)
        for part in plan.parts if isinstance(plan, Union) else (plan,):
            match part:
                case Term():
                    mask[self._postings.of(part.field, part.text).documents] = True
                case Written():
                    mask[self._postings.of(WORDS, part.text).documents] = True
                case _:
                    mask |= self.score(part).mask
        return mask


_NOWHERE = np.zeros(0, dtype=np.int32), np.zeros(0)


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
