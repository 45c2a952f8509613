"""Folding: of each case its best unit stands for it, in the order of these; the others are counted, the best of them named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from kb.adapters.search.array_file import Integers, Mask, Weights
from kb.adapters.search.scorer import best
from kb.domain.query import MOST_SIBLINGS

UNITS_PER_CASE = 8
"""How many units are looked at per case wanted before more are: a case has about six."""


class Ranked(NamedTuple):
    """Documents with what orders them: the weight, then the place. All three stand beside one another."""

    documents: Integers
    weights: Weights
    places: Integers

    def where(self, chosen: Mask) -> Ranked:
        """Keep some."""
        return Ranked(self.documents[chosen], self.weights[chosen], self.places[chosen])

    def best(self, most: int) -> Integers:
        """Give the first `most` documents."""
        return best(self.documents, self.weights, self.places, most)


class Leaf(NamedTuple):
    """A page of results, and what is folded behind them."""

    documents: Integers
    cases: int = 0
    """How many cases and other records there are over all pages; 0 where nothing folds."""
    more: Mapping[int, int] = {}
    """By document the number of other units of its case."""
    siblings: Mapping[int, Integers] = {}
    """By document the best of these."""

    def shown(self) -> Integers:
        """Give every document that the page names."""
        return np.concatenate([self.documents, *self.siblings.values()])


def unfolded(ranked: Ranked, start: int, size: int) -> Leaf:
    """Give a page of units."""
    return Leaf(ranked.best(start + size)[start:])


def folded(ranked: Ranked, cases: Integers, start: int, size: int) -> Leaf:
    """Give a page of cases; `cases` has the code of the case of every document of the index."""
    codes = cases[ranked.documents]
    counts = np.bincount(codes)
    heads = _heads(ranked, cases, start + size)[start:]
    wanted = np.zeros(len(counts), dtype=np.bool_)
    wanted[cases[heads]] = True
    units = ranked.where(wanted[codes]).best(len(codes))
    behind = {int(head): units[(cases[units] == cases[head]) & (units != head)] for head in heads}
    return Leaf(
        heads,
        cases=int(np.count_nonzero(counts)),
        more={head: len(others) for head, others in behind.items()},
        siblings={head: others[:MOST_SIBLINGS] for head, others in behind.items()},
    )


def _heads(ranked: Ranked, cases: Integers, most: int) -> Integers:
    """Give the best unit of each of the first `most` cases, looking at no more units than that takes."""
    looked_at = most * UNITS_PER_CASE
    while True:
        units = ranked.best(looked_at)
        _, first = np.unique(cases[units], return_index=True)
        if len(first) >= most or looked_at >= len(ranked.documents):
            return units[np.sort(first)[:most]]
        looked_at *= 4
