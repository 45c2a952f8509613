"""The words by which concepts and terms are known, ready to be looked up: what officers say, whatever a text says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from kb.domain.concept import Concept, ConceptStatus, Scheme
from kb.domain.folding import fold, transcribed
from kb.domain.grammar import words_in
from kb.domain.label_parts import LabelParts
from kb.domain.syntax import About
from kb.domain.terminology import TERMINOLOGY, Terms
from kb.domain.unit import Facet

SHORTEST_END = 4
"""Letters that the words at both ends of a shortened label have at least: abbreviations and numbers are too many things."""
SHORTEST_PLURAL = 4
SHORTEST_SHORTENED = 3
"""Words of a label that may be known without its first or its last one."""

LEAST_HINT = 0.3
"""Share of a label, by how telling its words are, that is a hint at what it means."""

LINKING = frozenset({
    "a", "an", "are", "be", "been", "by", "for", "from", "in", "is", "of", "on", "the", "to", "was", "were", "with",
})  # fmt: skip
"""Words that say nothing of what is meant: "logs were deleted" is known by "logs deleted"."""

FACETS = {
    Scheme.DIFFICULTY: Facet.DIFFICULTY,
    Scheme.STAGE: Facet.STAGE,
    Scheme.CHANNEL: Facet.CHANNEL,
    Scheme.TAG: Facet.TAG,
}
"""Schemes whose concepts widen a search; of the others only the words are searched."""

BORNE = {facet: scheme for scheme, facet in FACETS.items()} | {
    Facet.PHENOMENON: Scheme.PHENOMENON,
    **dict.fromkeys((Facet.PARTNER, Facet.HELPED, Facet.HINDERED), Scheme.PARTNER),
}
"""The facets whose values are concepts, by which units can be filtered and counted, each with the scheme of these."""

Run = tuple[str, ...]
"""Words that follow one another, in the form in which they are compared."""


class Label(NamedTuple):
    """A label as it is written, and as it is compared."""

    text: str
    run: Run


class Sense(NamedTuple):
    """One meaning: its labels, those in English first, and what units bear."""

    labels: tuple[Label, ...]
    """The preferred one first."""
    name: str = ""
    """How the concept is told to readers; empty where no unit bears it."""
    abouts: tuple[About, ...] = ()
    """The concept and those narrower than it."""


@dataclass(frozen=True)
class Lexicon:
    """Every meaning by its words."""

    whole: Mapping[Run, tuple[Sense, ...]] = field(default_factory=dict)
    shortened: Mapping[Run, Sense | None] = field(default_factory=dict)
    """Labels without their first or last word; None where several meanings share what is left."""
    longest: int = 0
    """Words of the longest run."""
    borne: tuple[Sense, ...] = ()
    """Meanings that units bear."""
    parts: LabelParts = field(default_factory=LabelParts, compare=False)
    """The labels of these, by single words."""
    transcribed: Mapping[str, str] = field(default_factory=dict)
    """German words of labels as they are typed without umlauts, with the form in which they are compared."""

    def spelt(self, run: Run) -> Run:
        """Give a run as the labels spell it; other words stay, as in other languages ue is no umlaut."""
        return tuple(self.transcribed.get(word, word) for word in run)

    def senses(self, run: Run) -> tuple[Sense, ...]:
        """Give what a run of words means; a whole label comes before a shortened one."""
        if run in self.whole:
            return self.whole[run]
        sense = self.shortened.get(run)
        return (sense,) if sense else ()

    def hints(self, words: Iterable[str]) -> Iterator[tuple[Sense, float]]:
        """Give the meanings that the words hint at, and how much of a label they are, the largest part first."""
        shares = self.parts.shares(words)
        for number in sorted(shares, key=lambda each: (-shares[each], self.borne[each].name)):
            if shares[number] >= LEAST_HINT:
                yield self.borne[number], shares[number]


def run_of(words: Iterable[str]) -> Run:
    """Give words as they are compared: without case, accents and the s of a plural, linking words left out."""
    return tuple(folded for word in words if (folded := _folded(word)) not in LINKING)


def lexicon_of(concepts: Iterable[Concept], terminology: Iterable[Terms] = TERMINOLOGY) -> Lexicon:
    """Gather the words of adopted concepts and of the terminology."""
    adopted = [concept for concept in concepts if concept.status is ConceptStatus.ADOPTED]
    narrower: defaultdict[tuple[Scheme, str], list[str]] = defaultdict(list)
    for concept in adopted:
        if concept.broader:
            narrower[concept.scheme, concept.broader].append(concept.key)
    senses = [Sense(labels=_labels((*terms.current, *terms.former))) for terms in terminology]
    senses += [_sense(concept, narrower) for concept in adopted]
    whole: defaultdict[Run, tuple[Sense, ...]] = defaultdict(tuple)
    shortened: dict[Run, Sense | None] = {}
    for sense in senses:
        for run in {label.run for label in sense.labels}:
            whole[run] += (sense,)
            for part in _shortened(run):
                shortened[part] = sense if shortened.get(part, sense) is sense else None
    borne = tuple(sense for sense in senses if sense.abouts)
    return Lexicon(
        borne=borne,
        parts=LabelParts((number, label.run) for number, sense in enumerate(borne) for label in sense.labels),
        whole=dict(whole),
        shortened=shortened,
        longest=max(map(len, whole), default=0),
        transcribed=dict(pair for sense in senses for label in sense.labels for pair in _transcribed(label)),
    )


def _sense(concept: Concept, narrower: Mapping[tuple[Scheme, str], Sequence[str]]) -> Sense:
    by_language = sorted(concept.labels, key=lambda labels: labels.language != "en")
    labels = _labels(word for each in by_language for word in (each.preferred, *each.alternative))
    facet = FACETS.get(concept.scheme)
    if facet is None:
        return Sense(labels=labels)
    keys = dict.fromkeys([concept.key] if not concept.is_group else [])
    keys |= dict.fromkeys(_below(concept.scheme, concept.key, narrower))
    return Sense(
        labels=labels,
        name=f"{facet.value}: {concept.label()}",
        abouts=tuple(About(facet=facet, value=key) for key in keys),
    )


def _below(scheme: Scheme, key: str, narrower: Mapping[tuple[Scheme, str], Sequence[str]]) -> Iterator[str]:
    """Give what is narrower, at any depth; a circle of concepts ends where it began."""
    seen, waiting = {key}, [key]
    while waiting:
        for each in narrower.get((scheme, waiting.pop()), ()):
            if each not in seen:
                seen.add(each)
                waiting.append(each)
                yield each


def _labels(texts: Iterable[str]) -> tuple[Label, ...]:
    """Give labels, each once, without what they add in parentheses, which nobody writes in a text."""
    spoken = (text.partition(" (")[0] for text in texts)
    by_run: dict[Run, Label] = {}
    for text in spoken:
        if run := run_of(words_in(text)):
            by_run.setdefault(run, Label(text, run))
    return tuple(by_run.values())


def _transcribed(label: Label) -> Iterator[tuple[str, str]]:
    for word in words_in(label.text):
        if (typed := transcribed(word)) != word:
            yield _folded(typed), _folded(word)


def _shortened(run: Run) -> Iterator[Run]:
    if len(run) >= SHORTEST_SHORTENED:
        for part in (run[1:], run[:-1]):
            if min(len(part[0]), len(part[-1])) >= SHORTEST_END:
                yield part


@lru_cache(maxsize=20_000)
def _folded(word: str) -> str:
    plain = fold(word)
    plural = len(plain) >= SHORTEST_PLURAL and plain.endswith("s") and not plain.endswith("ss")
    return plain[:-1] if plural else plain
