"""Suggested tags: what a lesson says in words that a concept is known by, and what lessons like it bear."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from kb.domain.concept import Concept, ConceptStatus
from kb.domain.grammar import words_in
from kb.domain.lesson import CrossBorderIssue, Difficulty, Lesson, LessonKind
from kb.domain.lexicon import FACETS, Run, run_of
from kb.domain.text import Value
from kb.domain.unit import Facet

FIELDS: Mapping[LessonKind, Mapping[Facet, str]] = {
    LessonKind.DIFFICULTY: {Facet.TAG: "tags", Facet.DIFFICULTY: "categories", Facet.STAGE: "stage"},
    LessonKind.SOLUTION: {Facet.TAG: "tags"},
    LessonKind.GOOD_PRACTICE: {Facet.TAG: "tags"},
    LessonKind.CROSS_BORDER_ISSUE: {
        Facet.TAG: "tags",
        Facet.DIFFICULTY: "obstacles",
        Facet.CHANNEL: "channels",
    },
}
"""What each kind of lesson bears itself, and the field in which it does."""
MOST: Mapping[Facet, int] = {Facet.TAG: 5, Facet.DIFFICULTY: 3, Facet.STAGE: 1, Facet.CHANNEL: 3}
"""Suggestions of one facet: more would be a list to work through, not a help."""

SAID = 1.0
"""What being said in the text weighs; as much as all lessons that are alike bearing it."""
LEAST = 0.2
"""Of the weight of the lessons alike, below which their bearing a concept suggests nothing."""

Pair = tuple[Facet, str]
"""A concept as lessons bear it."""


class Neighbour(NamedTuple):
    """A lesson like the one that is written: how alike it is, and what it bears."""

    weight: float
    bears: frozenset[Pair]


class TagSuggestion(Value):
    """A concept that a lesson may bear, and why."""

    facet: Facet
    key: str
    said: str = ""
    """The label or synonym that the text says."""
    neighbours: int = 0
    """How many similar lessons bear it, of those that the writer may see."""


class SaidLabels:
    """The labels and synonyms of adopted concepts that lessons bear, to be found in texts."""

    def __init__(self, concepts: Iterable[Concept] = ()) -> None:
        self._known: defaultdict[tuple[str, Run], list[tuple[Pair, str]]] = defaultdict(list)
        for concept in concepts:
            facet = FACETS.get(concept.scheme)
            if facet and concept.status is ConceptStatus.ADOPTED and not concept.is_group:
                for labels in concept.labels:
                    for text in (labels.preferred, *labels.alternative):
                        self._learn(labels.language, text.partition(" (")[0], (facet, concept.key))
        self._longest = max((len(run) for _, run in self._known), default=0)

    def found_in(self, texts: Iterable[str], language: str) -> Mapping[Pair, str]:
        """Give what texts of a language say, in its words or in English ones, each with the first label that is said.

        Of labels that lie in one another the longest counts.
        """
        found: dict[Pair, str] = {}
        for text in texts:
            run, place = run_of(words_in(text)), 0
            while place < len(run):
                length, said = self._at(run, place, language)
                place += length
                for pair, label in said:
                    found.setdefault(pair, label)
        return found

    def _learn(self, language: str, label: str, pair: Pair) -> None:
        if run := run_of(words_in(label)):
            self._known[language.partition("-")[0], run].append((pair, label))

    def _at(self, run: Run, place: int, language: str) -> tuple[int, Sequence[tuple[Pair, str]]]:
        """Give what is said at this place, and how many words it takes; one where nothing is said."""
        for length in range(min(self._longest, len(run) - place), 0, -1):
            part = run[place : place + length]
            said = [
                each
                for code in dict.fromkeys((language.partition("-")[0], "en"))
                for each in self._known.get((code, part), ())
            ]
            if said:
                return length, said
        return 1, ()


def suggested(
    said: Mapping[Pair, str], neighbours: Sequence[Neighbour], wanted: Collection[Facet]
) -> tuple[TagSuggestion, ...]:
    """Give what to suggest of the wanted facets, the best first; ties are in the order of their keys.

    A lesson that bears nothing of a facet says nothing of which fits. One more, as alike as the best, is counted as bearing
    something else, so that a single lesson never decides.
    """
    borne: defaultdict[Pair, list[float]] = defaultdict(list)
    telling: defaultdict[Facet, float] = defaultdict(
        lambda: max((each.weight for each in neighbours), default=0.0)
    )
    for each in neighbours:
        for pair in each.bears:
            borne[pair].append(each.weight)
        for facet in {facet for facet, _ in each.bears}:
            telling[facet] += each.weight
    shares = {pair: sum(weights) / (telling[pair[0]] or 1.0) for pair, weights in borne.items()}
    scores = {
        pair: shares.get(pair, 0.0) + (SAID if pair in said else 0.0)
        for pair in {*said, *shares}
        if pair[0] in wanted and (pair in said or shares[pair] >= LEAST)
    }
    return tuple(
        TagSuggestion(facet=pair[0], key=pair[1], said=said.get(pair, ""), neighbours=len(borne[pair]))
        for pair in sorted(scores, key=lambda pair: (-scores[pair], pair))
    )


def borne_by(lesson: Lesson) -> frozenset[Pair]:
    """Give what a lesson bears itself."""
    own = [(Facet.TAG, key) for key in lesson.tags]
    if isinstance(lesson, Difficulty):
        own += [(Facet.DIFFICULTY, key) for key in lesson.categories]
        own += [(Facet.STAGE, lesson.stage)] if lesson.stage else []
    if isinstance(lesson, CrossBorderIssue):
        own += [(Facet.DIFFICULTY, key) for key in lesson.obstacles]
        own += [(Facet.CHANNEL, key) for key in lesson.channels]
    return frozenset(own)


def fits(suggestion: TagSuggestion, lesson: Lesson) -> bool:
    """Say whether a lesson lacks it: one that has a stage needs no other."""
    own = borne_by(lesson)
    has_stage = any(facet is Facet.STAGE for facet, _ in own)
    return (suggestion.facet, suggestion.key) not in own and not (
        has_stage and suggestion.facet is Facet.STAGE
    )
