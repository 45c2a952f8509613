"""The vocabulary: every concept that somebody may know, ready to be looked up by scheme, key and word.

Pages show labels in dozens of places, so a vocabulary is kept until a concept changes, and each concept until it does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from threading import Lock

from kb.domain.account import Account
from kb.domain.concept import Concept, ConceptStatus, Scheme
from kb.domain.entry import Entry, Listing
from kb.domain.marking import OFFICERS_VIEWER, Viewer
from kb.domain.permission import Permission, demand
from kb.domain.ports import Catalogue, EntryStore
from kb.domain.record import Kind
from kb.domain.thesaurus import Thesaurus
from kb.services.kept_bodies import KeptBodies

MOST_KEPT = 100
"""Viewers whose vocabularies are kept at a time."""
MOST_CONCEPTS = 50_000
"""Concepts that are kept; a thesaurus of others may have as many, and all of them are needed at a time."""


class Vocabulary:
    """The concepts that exist for one person, at one moment."""

    def __init__(
        self, concepts: Iterable[Concept], revisions: Mapping[tuple[Scheme, str], int] | None = None
    ) -> None:
        self._by_id: Mapping[tuple[Scheme, str], Concept] = {
            (concept.scheme, concept.key): concept for concept in concepts
        }
        self.revisions: Mapping[tuple[Scheme, str], int] = revisions or {}
        """Of which revision each concept was read."""
        self.thesaurus = Thesaurus(self._by_id.values())
        self._labels: dict[tuple[Scheme, str, str], str] = {}
        """By scheme, key and language: what was asked for already."""
        self.concepts = tuple(self._by_id.values())
        """All of them, in the order of the catalogue."""

    def get(self, scheme: Scheme, key: str) -> Concept | None:
        """Give a concept, or None where it is missing or hidden."""
        return self._by_id.get((scheme, key))

    def standing(self, scheme: Scheme, key: str) -> str:
        """Give the key of the concept that stands for one: itself, or that into which it was merged."""
        return self.thesaurus.replacements.of(scheme, key)

    def stands(self, scheme: Scheme, key: str) -> bool:
        """Say whether a concept stands for itself."""
        return self.standing(scheme, key) == key

    def narrower(self, scheme: Scheme, key: str) -> tuple[Concept, ...]:
        """Give what stands right under a concept, by label; what was merged stands nowhere."""
        return tuple(
            each
            for each in self.scheme(scheme)
            if self.thesaurus.broader(each) == key and self.stands(scheme, each.key)
        )

    def label(self, scheme: Scheme, key: str, language: str = "en") -> str:
        """Give the preferred label of what stands for a key, or the bare key of a concept that is missing or hidden."""
        known = self._labels.get((scheme, key, language))
        if known is not None:
            return known
        concept = self.get(scheme, self.standing(scheme, key))
        if concept is None:
            return key
        label = self._labels[scheme, key, language] = concept.label(language)
        return label

    def scheme(self, scheme: Scheme, language: str = "en") -> tuple[Concept, ...]:
        """Give the concepts of a scheme by label, groups included, retired ones too."""
        found = (concept for (each, _), concept in self._by_id.items() if each is scheme)
        return tuple(sorted(found, key=lambda concept: (concept.label(language).casefold(), concept.key)))

    def members(self, scheme: Scheme, language: str = "en") -> tuple[Concept, ...]:
        """Give what is in use, headings included: under what something may stand."""
        return tuple(each for each in self.scheme(scheme, language) if each.status is ConceptStatus.ADOPTED)

    def choices(self, scheme: Scheme, language: str = "en") -> tuple[Concept, ...]:
        """Give what a form offers: adopted concepts that are no groups."""
        return tuple(
            concept
            for concept in self.scheme(scheme, language)
            if concept.status is ConceptStatus.ADOPTED and not concept.is_group
        )

    def grouped(
        self, scheme: Scheme, language: str = "en"
    ) -> tuple[tuple[Concept | None, tuple[Concept, ...]], ...]:
        """Give the choices under their groups, in the order of the groups' labels; those without a group come last."""
        groups: dict[str | None, list[Concept]] = {}
        for concept in self.choices(scheme, language):
            groups.setdefault(self._head(concept), []).append(concept)
        heads = sorted(
            (self.get(scheme, key) for key in groups if key), key=lambda head: _sorting(head, language)
        )
        named = [(head, tuple(groups[head.key])) for head in heads if head]
        rest = [
            concept
            for key, concepts in groups.items()
            if not key or not self.get(scheme, key)
            for concept in concepts
        ]
        return (*named, *(((None, tuple(rest)),) if rest else ()))

    def heading(self, scheme: Scheme, key: str) -> Concept | None:
        """Give the heading under which a concept is offered, or None."""
        concept = self.get(scheme, key)
        head = self._head(concept) if concept else None
        return self.get(scheme, head) if head else None

    def _head(self, concept: Concept) -> str | None:
        """Give the heading under which a concept is offered: the nearest group above it, else the highest concept."""
        above = self.thesaurus.ancestors(concept.scheme, concept.key)
        groups = (key for key in above if (head := self.get(concept.scheme, key)) and head.is_group)
        return next(groups, above[-1] if above else None)

    @cached_property
    def _words(self) -> Mapping[tuple[Scheme, str], str]:
        return {
            (concept.scheme, word.casefold()): self.standing(concept.scheme, concept.key)
            for concept in self._by_id.values()
            for labels in concept.labels
            for word in (*labels.alternative, labels.preferred)
        }

    def by_word(self, scheme: Scheme, word: str) -> str | None:
        """Give the key of the concept that has this label, synonym or key, compared without case."""
        if (scheme, word) in self._by_id:
            return self.standing(scheme, word)
        return self._words.get((scheme, word.strip().casefold()))


def _sorting(head: Concept | None, language: str) -> str:
    return head.label(language).casefold() if head else ""


class _Kept:
    """What was read under one stamp of the catalogue, by viewer: a proposal exists for some of them alone."""

    def __init__(self, stamp: int) -> None:
        self.stamp = stamp
        self.by_viewer: dict[Viewer, Vocabulary] = {}


class Vocabularies:
    """Reads the concepts, and keeps what it read for as long as the catalogue has the same of them."""

    def __init__(self, store: EntryStore, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._bodies = KeptBodies(store, catalogue, MOST_CONCEPTS)
        self._kept = _Kept(0)
        self._lock = Lock()

    def of(self, actor: Account | None) -> Vocabulary:
        """Give the concepts that exist for the actor now."""
        return self._of(demand(actor, Permission.READ).viewer)

    def thesaurus(self) -> Thesaurus:
        """Give the concepts that exist for every officer: proposals, the only others, are no part of it."""
        return self._of(OFFICERS_VIEWER).thesaurus

    def _of(self, viewer: Viewer) -> Vocabulary:
        stamp = self._catalogue.stamp(Kind.CONCEPT)
        kept = self._kept
        if kept.stamp == stamp and (known := kept.by_viewer.get(viewer)):
            return known
        entries = self._catalogue.list(Listing(viewer=viewer, kinds=frozenset({Kind.CONCEPT})))
        read = [(entry.revision, concept) for entry in entries if (concept := self._read(entry))]
        vocabulary = Vocabulary(
            (concept for _, concept in read), {(each.scheme, each.key): number for number, each in read}
        )
        if len(read) == len(entries):  # else one is damaged, and may be mended without the catalogue
            self._keep(stamp, viewer, vocabulary)
        return vocabulary

    def _keep(self, stamp: int, viewer: Viewer, vocabulary: Vocabulary) -> None:
        """Keep what was read after the stamp was asked for: what came in between has changed the stamp."""
        with self._lock:
            if self._kept.stamp != stamp or len(self._kept.by_viewer) >= MOST_KEPT:
                self._kept = _Kept(stamp)
            self._kept.by_viewer[viewer] = vocabulary

    def _read(self, entry: Entry) -> Concept | None:
        body = self._bodies.of(entry)
        return body if isinstance(body, Concept) else None
