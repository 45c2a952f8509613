"""Parts of labels: a question that has some of a label's words may mean what the label does, in whatever language it is answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import log

from kb.domain.small_words import SMALL

SHORTEST = 2
"""Letters of a word that says anything."""


class LabelParts:
    """The words of numbered things' labels, each by how telling it is: a word of few labels says more.

    A label of one telling word has no parts.
    """

    def __init__(self, labels: Iterable[tuple[int, Iterable[str]]] = ()) -> None:
        kept = [(owner, words) for owner, run in labels if len(words := _telling(run)) > 1]
        having: defaultdict[str, set[int]] = defaultdict(set)
        for owner, words in kept:
            for word in words:
                having[word].add(owner)
        many = len({owner for owner, _ in kept})
        self._weights = {word: log(1 + many / len(owners)) for word, owners in having.items()}
        self._owners = [owner for owner, _ in kept]
        self._totals = [sum(self._weights[word] for word in words) for _, words in kept]
        self._holding: defaultdict[str, list[int]] = defaultdict(list)
        for number, (_, words) in enumerate(kept):
            for word in words:
                self._holding[word].append(number)

    def shares(self, words: Iterable[str]) -> Mapping[int, float]:
        """Give whose labels the words are part of, each with the largest share of one label that they are, above 0, to 1."""
        found: defaultdict[int, float] = defaultdict(float)
        for word in dict.fromkeys(words):
            for number in self._holding.get(word, ()):
                found[number] += self._weights[word]
        best: dict[int, float] = {}
        for number, weight in found.items():
            owner = self._owners[number]
            best[owner] = max(best.get(owner, 0.0), round(weight / self._totals[number], 3))
        return best


def _telling(run: Iterable[str]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            word for word in run if len(word) >= SHORTEST and word not in SMALL and not word.isdigit()
        )
    )
