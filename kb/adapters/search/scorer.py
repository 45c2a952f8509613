"""BM25F over arrays: Whoosh's formula with the statistics of what the viewer may see.

Equal to Whoosh's own scorer over an index freshly built from exactly the visible documents; the tests hold it to that.
Source of the formula: Robertson and Zaragoza, The Probabilistic Relevance Framework (2009), as in `whoosh.scoring.bm25`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from kb.adapters.search.audience import Audience
from kb.adapters.search.columns import Columns, Mask, Numbers, Weights
from kb.adapters.search.plan import Facetted, Intersection, Plan, Sequel, Term, Union, Written
from kb.adapters.search.postings import Posting, Postings
from kb.adapters.search.schema import BOOSTS, WORDS

K1, B = 1.2, 0.9
"""By measurement (docs/quality.md): lessons are short, and among them a long one has many words by chance."""
DIGITS = 6
"""Scores are compared by this many significant digits: more would tell equals apart by rounding."""

Found = Callable[[Sequel], Numbers]
"""Gives the documents in which terms follow one another."""


class Scored(NamedTuple):
    """What a plan finds: which documents, and their weights (0 outside the mask)."""

    mask: Mask
    weights: Weights


class Scorer:
    """Evaluates plans for one audience."""

    def __init__(self, columns: Columns, audience: Audience, postings: Postings, follow: Found) -> None:
        self._columns = columns
        self._audience = audience
        self._postings = postings
        self._follow = follow

    def score(self, plan: Plan) -> Scored:
        """Give what the plan finds among what the audience may see."""
        match plan:
            case Term():
                return self._term(plan)
            case Sequel():
                return self._sequel(plan)
            case Facetted():
                return self._facetted(plan)
            case Union():
                return self._union(plan)
            case Written():
                return self._written(plan)
            case Intersection():
                return self._intersection(plan)

    def frequency(self, field: str, term: str) -> int:
        """Count the visible documents in which a term occurs."""
        return int(self._audience.mask[self._postings.of(field, term).documents].sum())

    def _nothing(self) -> Scored:
        size = self._columns.size
        return Scored(np.zeros(size, dtype=np.bool_), np.zeros(size))

    def _visible(self, term: Term) -> Posting:
        posting = self._postings.of(term.field, term.text)
        if not len(posting.documents):
            return posting
        seen = self._audience.mask[posting.documents]
        return Posting(posting.documents[seen], posting.frequencies[seen])

    def _term(self, term: Term) -> Scored:
        found = self._nothing()
        posting = self._visible(term)
        if len(posting.documents):
            found.mask[posting.documents] = True
            found.weights[posting.documents] = self._weights(term, posting)
        return found

    def _weights(self, term: Term, posting: Posting) -> Weights:
        field, frequencies = term.field, posting.frequencies
        idf = self._idf(len(posting.documents))
        lengths = self._columns.lengths[field][posting.documents]
        norm = K1 * ((1 - B) + B * lengths / self._audience.averages[field])
        weights: Weights = (
            BOOSTS[field] * term.share * (idf * (frequencies * (K1 + 1) / (frequencies + norm)))
        )
        return weights

    def _sequel(self, sequel: Sequel) -> Scored:
        """Terms of a phrase weigh as they do alone, in the documents that have the phrase in this field."""
        found = self._nothing()
        found.mask[self._follow(Sequel(sequel.field, sequel.texts))] = True
        found.mask[:] &= self._audience.mask
        for text in sequel.texts:
            part = self._term(Term(sequel.field, text, sequel.share))
            found.weights[found.mask] += part.weights[found.mask]
        return found

    def _written(self, written: Written) -> Scored:
        """A word weighs by its rarity alone: neither how often it occurs nor the length of the text counts."""
        found = self._nothing()
        documents = self._postings.of(WORDS, written.text).documents
        documents = documents[self._audience.mask[documents]]
        if len(documents):
            found.mask[documents] = True
            found.weights[documents] = written.share * self._idf(len(documents))
        return found

    def _idf(self, frequency: int) -> float:
        return float(np.log(self._audience.size / (frequency + 1)) + 1)

    def _may_stand(self, sequel: Sequel) -> bool:
        """Say whether each of the terms occurs: most phrases have a term that no document of a language has."""
        return all(len(self._visible(Term(sequel.field, text)).documents) for text in sequel.texts)

    def _facetted(self, facetted: Facetted) -> Scored:
        found = self._nothing()
        values = frozenset(
            value for value in self._audience.values(facetted.facet) if value.casefold() == facetted.value
        )
        found.mask[:] = self._audience.having(facetted.facet, values) & self._audience.mask
        found.weights[found.mask] = facetted.weight
        return found

    def _union(self, union: Union) -> Scored:
        found = self._nothing()
        for part in union.parts:
            if isinstance(part, Term):
                self._add_term(found, part)
            elif not isinstance(part, Sequel) or self._may_stand(part):
                each = self.score(part)
                found.mask[:] |= each.mask
                found.weights[:] += each.weights
        return found

    def _add_term(self, found: Scored, term: Term) -> None:
        """Add a term in place: most words have terms in fields of languages that no document is in."""
        posting = self._visible(term)
        if len(posting.documents):
            found.mask[posting.documents] = True
            found.weights[posting.documents] += self._weights(term, posting)

    def _intersection(self, plan: Intersection) -> Scored:
        mask = self._audience.mask.copy()
        weights = np.zeros(self._columns.size)
        for part in plan.parts:
            each = self.score(part)
            mask &= each.mask
            weights += each.weights
        for part in plan.without:
            mask &= ~self.score(part).mask
        if plan.constant is not None:
            weights[:] = plan.constant
        weights[~mask] = 0.0
        return Scored(mask, weights)


def rounded(weights: Weights) -> Weights:
    """Round positive numbers to DIGITS significant digits."""
    positive = weights > 0
    exponents = np.floor(np.log10(weights, where=positive, out=np.zeros_like(weights)))
    scale = 10.0 ** (DIGITS - 1 - exponents)
    return np.where(positive, np.round(weights * scale) / scale, weights)


def best(documents: Numbers, keys: Weights, ties: Numbers, most: int) -> Numbers:
    """Give the first `most` documents by key, then by place; keys and ties stand beside the documents."""
    if len(documents) > most:
        threshold = np.partition(keys, most - 1)[most - 1]
        kept = keys <= threshold
        documents, keys, ties = documents[kept], keys[kept], ties[kept]
    return documents[np.lexsort((ties, keys))][:most]
