"""The integrity conditions of SKOS, looked for in what a file says, before any of it is taken for concepts.

Source: W3C, SKOS Reference (2009), sections 4 to 10. The file is read with what it entails: narrower is broader the other
way round (S25), a broad match is broader and a related match related (S41), an exact match holds both ways and passes on
(S44, S45), and being related holds both ways (S23).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from enum import StrEnum

from kb.domain.concept import MatchKind
from kb.domain.errors import Invalid
from kb.domain.skos import Described, SkosDocument
from kb.domain.text import Value
from kb.domain.thesaurus import compared

FILE = "file"
MOST_STEPS = 2_000_000
"""Looks upwards in a hierarchy; five thousand related concepts, twenty deep, take a twentieth of it."""
TOO_INTRICATE = "Too much in this file is related and broader at once to be looked through. Take it in parts."


class Condition(StrEnum):
    """The conditions that SKOS calls by these numbers."""

    S9 = "S9"
    """A concept scheme is no concept."""
    S13 = "S13"
    """A label is preferred, alternative or hidden, and only one of them."""
    S14 = "S14"
    """There is no more than one preferred label in a language."""
    S27 = "S27"
    """What is related is neither broader nor narrower, at whatever distance."""
    S46 = "S46"
    """What matches exactly is no broad and no related match."""


class Breach(Value):
    """A condition that a file breaks, and the concept at which it does."""

    condition: Condition
    subject: str
    sentence: str


def breaches(document: SkosDocument) -> tuple[Breach, ...]:
    """Give everything that breaks a condition, in the order of the concepts."""
    concepts = document.concepts
    found = (*_single(concepts), *_related(concepts), *_matches(concepts))
    return tuple(sorted(set(found), key=lambda each: (each.subject, each.condition, each.sentence)))


def _single(concepts: Iterable[Described]) -> Iterator[Breach]:
    for each in concepts:
        if each.is_scheme:
            yield _breach(Condition.S9, each, "It is a concept and a concept scheme at once.")
        for word, language in _twice(each):
            yield _breach(
                Condition.S13,
                each,
                f"“{word}” ({language}) is a label of two kinds. Leave it as one of them.",
            )
        counts = Counter(wording.language.lower() for wording in each.preferred)
        for language in (language for language, count in counts.items() if count > 1):
            yield _breach(Condition.S14, each, f"It has two preferred labels in the language “{language}”.")


def _twice(concept: Described) -> Iterator[tuple[str, str]]:
    kinds = [
        {(each.language.lower(), compared(each.text)): each.text for each in wordings}
        for wordings in (concept.preferred, concept.alternative, concept.hidden)
    ]
    for place, one in enumerate(kinds):
        for other in kinds[place + 1 :]:
            yield from ((one[both], both[0]) for both in sorted(one.keys() & other.keys()))


def _related(concepts: Iterable[Described]) -> Iterator[Breach]:
    above = _Hierarchy(concepts).above
    for concept in concepts:
        matched = (address for kind, address in concept.matches if kind is MatchKind.RELATED)
        for other in (*concept.related, *matched):
            if other in above(concept.address) or concept.address in above(other):
                yield _breach(
                    Condition.S27,
                    concept,
                    f"It is related to <{other}>, and one of the two is broader than the other.",
                )


class _Hierarchy:
    """Gives what is broader than a concept, at any distance; circles end it, they are told of elsewhere."""

    def __init__(self, concepts: Iterable[Described]) -> None:
        self._broader: defaultdict[str, set[str]] = defaultdict(set)
        for concept in concepts:
            self._broader[concept.address] |= set(concept.broader)
            for kind, other in concept.matches:
                if kind is MatchKind.BROAD:
                    self._broader[concept.address].add(other)
                elif kind is MatchKind.NARROW:
                    self._broader[other].add(concept.address)
        self._known: dict[str, frozenset[str]] = {}
        self._steps = 0

    def above(self, address: str) -> frozenset[str]:
        if (known := self._known.get(address)) is not None:
            return known
        found, waiting = set[str](), [address]
        while waiting:
            self._steps += 1
            if self._steps > MOST_STEPS:
                raise Invalid((FILE, TOO_INTRICATE))
            for each in self._broader.get(waiting.pop(), ()):
                if each not in found:
                    found.add(each)
                    waiting.append(each)
        self._known[address] = frozenset(found)
        return self._known[address]


def _matches(concepts: Iterable[Described]) -> Iterator[Breach]:
    same = _Same()
    for concept in concepts:
        for kind, other in concept.matches:
            if kind is MatchKind.EXACT:
                same.join(concept.address, other)
    for concept in concepts:
        for kind, other in concept.matches:
            if kind in _APART and same.are(concept.address, other):
                yield _breach(
                    Condition.S46,
                    concept,
                    f"It matches <{other}> exactly, so it is no {kind.value} match of it.",
                )


_APART = frozenset({MatchKind.BROAD, MatchKind.NARROW, MatchKind.RELATED})


class _Same:
    """Which addresses mean one concept: exact matches hold both ways and pass on."""

    def __init__(self) -> None:
        self._stands: dict[str, str] = {}

    def of(self, address: str) -> str:
        while (stands := self._stands.get(address, address)) != address:
            self._stands[address] = self._stands.get(stands, stands)
            address = stands
        return address

    def join(self, one: str, other: str) -> None:
        self._stands[self.of(one)] = self.of(other)

    def are(self, one: str, other: str) -> bool:
        return self.of(one) == self.of(other)


def _breach(condition: Condition, concept: Described, sentence: str) -> Breach:
    return Breach(condition=condition, subject=concept.address, sentence=sentence)
