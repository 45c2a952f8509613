"""Nearness: which concepts come nearest to words that found nothing, by words of their labels or by spelling."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from math import log

from kb.domain.concept import Concept, ConceptStatus
from kb.domain.grammar import words_in
from kb.domain.lexicon import FACETS, run_of

MOST_WORDS = 8
"""Words of a search that are compared; it bounds what any text can cost."""
SHORTEST = 3
"""Letters of a word that says anything."""
SHORTEST_SPELT = 4
"""Letters of a word whose spelling is compared: shorter ones are near too many."""
NEAR = 0.8
"""Share of letters in common from which on two spellings are near."""
FAR = 2
"""Letters by which the lengths of two near spellings differ at most."""


class LabelWords:
    """The words of the labels of adopted concepts that units can bear, in every language."""

    def __init__(self, concepts: Iterable[Concept] = ()) -> None:
        self._concepts = [each for each in concepts if _is_borne(each)]
        self._having: defaultdict[str, set[int]] = defaultdict(set)
        self._beginning: defaultdict[str, list[str]] = defaultdict(list)
        for number, concept in enumerate(self._concepts):
            for word in run_of(words_in(" ".join(_texts(concept)))):
                self._having[word].add(number)
        for word in self._having:
            self._beginning[word[0]].append(word)

    def nearest(self, text: str, most: int) -> tuple[Concept, ...]:
        """Give those concepts first that have most of the words, then those that have rarer ones."""
        matched: defaultdict[int, int] = defaultdict(int)
        telling: defaultdict[int, float] = defaultdict(float)
        words = dict.fromkeys(word for word in run_of(words_in(text)) if len(word) >= SHORTEST)
        for word in list(words)[:MOST_WORDS]:
            for number, weight in self._bearing(word).items():
                matched[number] += 1
                telling[number] += weight
        order = sorted(
            matched, key=lambda number: (-matched[number], -telling[number], self._concepts[number].key)
        )
        return tuple(self._concepts[number] for number in order[:most])

    def _bearing(self, word: str) -> dict[int, float]:
        """Give the concepts that have a word, or one spelt much like it, with how telling that is."""
        best: dict[int, float] = {}
        for known, likeness in self._near(word):
            bearing = self._having[known]
            telling = likeness * (1 + log(len(self._concepts) / len(bearing)))
            best |= {number: max(telling, best.get(number, 0.0)) for number in bearing}
        return best

    def _near(self, word: str) -> Iterator[tuple[str, float]]:
        if word in self._having:
            yield word, 1.0
        elif len(word) >= SHORTEST_SPELT:
            for known in self._beginning.get(word[0], ()):
                if abs(len(known) - len(word)) <= FAR:
                    likeness = SequenceMatcher(None, word, known).ratio()
                    if likeness >= NEAR:
                        yield known, likeness


def _is_borne(concept: Concept) -> bool:
    return concept.status is ConceptStatus.ADOPTED and not concept.is_group and concept.scheme in FACETS


def _texts(concept: Concept) -> Iterable[str]:
    return (text for labels in concept.labels for text in (labels.preferred, *labels.alternative))
