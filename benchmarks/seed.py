"""What the shipped knowledge base lends to made-up ones: its vocabularies, its reference data, and the words of its texts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kb.adapters.files.operations import FileOperations
from kb.adapters.files.store import FileEntryStore
from kb.adapters.system import SystemRandomness
from kb.domain.case_study import CaseStudy
from kb.domain.concept import Concept, ConceptStatus, Scheme
from kb.domain.record import Kind
from kb.domain.revision import Body, RecordRef
from kb.paths import SEED_ENTRIES

SEEDED_BY = "casebook"
"""Who saved the records that are shipped: a checkout that is used as a home holds others too."""


@cache
def concept_keys(scheme: Scheme) -> tuple[str, ...]:
    """Give the adopted concepts of a scheme that a lesson can bear, by key."""
    return tuple(
        sorted(
            each.key
            for each in concepts()
            if each.scheme is scheme and not each.is_group and each.status is ConceptStatus.ADOPTED
        )
    )


@cache
def concepts() -> tuple[Concept, ...]:
    """Give the shipped concepts."""
    return tuple(body for body in _bodies(Kind.CONCEPT) if isinstance(body, Concept))


def reference() -> Iterator[tuple[RecordRef, Body]]:
    """Give the shipped channels, answers of countries, resources and events, under their own ids."""
    for kind in (Kind.INSTRUMENT, Kind.JURISDICTION, Kind.RESOURCE, Kind.EVENT):
        yield from _records(kind)


def seed_texts(language: str) -> Iterator[str]:
    """Give the labels and the case studies of a language."""
    for concept in concepts():
        for labels in concept.labels:
            if labels.language == language:
                yield labels.preferred
                yield from labels.alternative
    for case in _cases():
        if case.language == language:
            yield case.summary
            yield from (f"{lesson.title}\n{lesson.text}" for lesson in case.lessons)


@cache
def _cases() -> tuple[CaseStudy, ...]:
    return tuple(body for body in _bodies(Kind.CASE_STUDY) if isinstance(body, CaseStudy))


def _bodies(kind: Kind) -> Iterator[Body]:
    return (body for _, body in _records(kind))


def _records(kind: Kind) -> Iterator[tuple[RecordRef, Body]]:
    store = FileEntryStore(SEED_ENTRIES, FileOperations(), SystemRandomness())
    for chain in sorted(store.chains(kind), key=lambda chain: chain.ref.id):
        first = store.revision(chain.ref, 1)
        if first.body is not None and first.header.saved_by == SEEDED_BY:
            yield chain.ref, first.body
