"""Other spellings, and the words that a prefix stands for: only words of documents that the viewer may see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from heapq import nsmallest

from kb.adapters.search import analysis
from kb.adapters.search.plan import planned
from kb.adapters.search.postings import Postings
from kb.adapters.search.schema import WORDS
from kb.adapters.search.scorer import Scorer
from kb.domain.syntax import AllOf, AnyOf, Node, Word

MOST_EXPANDED = 64
"""Words that a prefix stands for: the most frequent ones; more would cost much and tell little."""
SHORTEST = 4
FAR = 2
MOST_MISSPELT = 4
"""Words of one query for which another spelling is looked for."""


def expanded(prefix: str, scorer: Scorer) -> list[str]:
    """Give the most frequent visible words that begin so, by frequency, then by letter."""
    counted = scorer.beginning(prefix)
    return nsmallest(MOST_EXPANDED, counted, key=lambda word: (-counted[word], word))


def respelt(text: str, node: Node, scorer: Scorer, postings: Postings) -> str:
    """Give `text` with words that nothing visible has replaced by the nearest that something has, or the empty string."""
    other = text
    for word in list(_missing(node, scorer))[:MOST_MISSPELT]:
        if better := _nearest(analysis.fold(word), scorer, postings):
            other = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", lambda _, word=better: word, other)  # type: ignore[misc]
    return "" if other == text else other


def _missing(node: Node, scorer: Scorer) -> Iterator[str]:
    """Give the words that nothing visible has; those known as words for a concept are no misspellings."""
    if isinstance(node, AnyOf | AllOf):
        for each in node.nodes:
            yield from _missing(each, scorer)
    elif isinstance(node, Word) and len(node.text) >= SHORTEST and node.text.isalpha():
        plan = planned(node, lambda _: ())
        if not scorer.score(plan).mask.any() and not scorer.frequency(WORDS, analysis.fold(node.text)):
            yield node.text


def _nearest(word: str, scorer: Scorer, postings: Postings) -> str:
    """Give the nearest visible word; of equally near ones that with letters merely swapped, then the most frequent."""
    letters = sorted(word)
    for distance in range(1, FAR + 1 if len(word) > SHORTEST else FAR):
        near = [(scorer.frequency(WORDS, each), each) for each in postings.within(WORDS, word, distance)]
        if seen := [(sorted(each) != letters, -frequency, each) for frequency, each in near if frequency]:
            return min(seen)[2]
    return ""
