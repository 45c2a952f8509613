"""Other spellings, and the words that a prefix stands for: only words of documents that the viewer may see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from heapq import nsmallest

from kb.adapters.search import analysis
from kb.adapters.search.plan import Plan, Term, Union, planned
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
    elif isinstance(node, Word) and _is_looked_at(node) and not _is_found(node, scorer):
        yield node.text


def _is_looked_at(word: Word) -> bool:
    return len(word.text) >= SHORTEST and word.text.isalpha()


def _is_found(word: Word, scorer: Scorer) -> bool:
    """Say whether anything visible has a word, mostly in the very form in which it was typed."""
    if scorer.frequency(WORDS, analysis.fold(word.text)):
        return True
    plan = planned(word, lambda _: ())
    return any(_has_any(part, scorer) for part in (plan.parts if isinstance(plan, Union) else (plan,)))


def _has_any(plan: Plan, scorer: Scorer) -> bool:
    """Say whether anything visible has a part, of a single term without weighing it."""
    if isinstance(plan, Term):
        return scorer.frequency(plan.field, plan.text) > 0
    return bool(scorer.score(plan).mask.any())


def _nearest(word: str, scorer: Scorer, postings: Postings) -> str:
    """Give the nearest visible word; of equally near ones that with letters merely swapped, then the most frequent."""
    letters = sorted(word)
    for distance in range(1, FAR + 1 if len(word) > SHORTEST else FAR):
        near = [(scorer.frequency(WORDS, each), each) for each in postings.within(WORDS, word, distance)]
        if seen := [(sorted(each) != letters, -frequency, each) for frequency, each in near if frequency]:
            return min(seen)[2]
    return ""
