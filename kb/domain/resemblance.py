"""How alike two texts are: by the telling words that they share, so that a text that was cut or reworded is known again.

Search ranks what is most alike among what there is; this says whether that is alike enough to be the same thing told twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from math import sqrt

from kb.domain.grammar import words_in
from kb.domain.lexicon import run_of
from kb.domain.query import Hit
from kb.domain.small_words import SMALL
from kb.domain.text import Value
from kb.domain.unit import Facet

SHORTEST = 3
"""Letters of a word that tells anything."""
SAME = 0.55
"""Overlap from which on it is perhaps the same thing told twice; measured in docs/quality.md."""
MOST_TOLD = 3
"""Shared words that are named to the reader."""


class Band(StrEnum):
    """How alike, in a word."""

    SAME = "perhaps-the-same"
    """So much is shared that it may be the same thing told twice."""
    LIKE = "like"


class Resemblance(Value):
    """A lesson of another case that is like one, and why."""

    hit: Hit
    band: Band
    shared: tuple[tuple[Facet, str], ...] = ()
    """Concepts that both bear."""
    words: tuple[str, ...] = ()
    """The most telling words that both say."""


def telling_words(*texts: str) -> Counter[str]:
    """Give the words that tell what the texts are about, in the form in which they are compared, with how often they come."""
    run = run_of(word for text in texts for word in words_in(text))
    return Counter(word for word in run if len(word) >= SHORTEST and word not in SMALL and not word.isdigit())


def band_of(first: Counter[str], second: Counter[str]) -> Band:
    """Say how alike two texts are by their telling words."""
    return Band.SAME if overlap(first, second) >= SAME else Band.LIKE


def overlap(first: Counter[str], second: Counter[str]) -> float:
    """Give how much of both the telling words are that they share, from 0 to 1: the cosine of the two sets.

    A long text has most words of any short one by chance, so that the share of the shorter one alone would tell little.
    """
    either = len(first) * len(second)
    return len(first.keys() & second.keys()) / sqrt(either) if either else 0.0


def words_shared(
    first: Counter[str], second: Counter[str], others: Iterable[Counter[str]]
) -> tuple[str, ...]:
    """Give the most telling words of both texts: those that few of the others say, then those said most often."""
    known = Counter(word for other in others for word in other)
    common = sorted(
        first.keys() & second.keys(), key=lambda word: (known[word], -first[word] - second[word], word)
    )
    return tuple(common[:MOST_TOLD])
