"""What each kind of record is searched by: one table, and the names that its units bear.

A unit holds what its record's page shows to everybody who reads it, and bears the record's readers: of a practice its own words, never those of
the lessons that it rests on, which not every reader of it may see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kb.domain.case_study import CaseStudy
from kb.domain.instrument import Instrument
from kb.domain.practice import Practice, PracticeStatus
from kb.domain.record import Kind, Record
from kb.domain.reference import ReferenceStatus
from kb.domain.resource import Resource
from kb.domain.revision import KIND_OF, Body, RecordRef
from kb.domain.unit import Facet, GroupId, SearchUnit, UnitKind, units_of

_MARK = ":"
"""Stands between kind and id, and in no id: so no record of another kind is taken for a case."""
Facets = Iterable[tuple[Facet, str]]


def group_of(ref: RecordRef) -> GroupId:
    """Give what the units of a record have in common: a case's id as it is, of another record also the kind."""
    return ref.id if ref.kind is Kind.CASE_STUDY else f"{ref.kind.value}{_MARK}{ref.id}"


def record_of(group: GroupId) -> RecordRef:
    """Give the record that units are of."""
    kind, mark, identifier = group.partition(_MARK)
    return RecordRef(kind=Kind(kind), id=identifier) if mark else RecordRef(kind=Kind.CASE_STUDY, id=group)


def _of_case(ref: RecordRef, revision: int, case: CaseStudy) -> tuple[SearchUnit, ...]:
    return units_of(ref.id, revision, case)


def _of_practice(ref: RecordRef, revision: int, practice: Practice) -> tuple[SearchUnit, ...]:
    if practice.status is PracticeStatus.RETIRED:
        return ()
    headings = ("how_to", "effect", "mechanism", "context", "implementation", "economics")
    facets = [
        *((Facet.DIFFICULTY, key) for key in practice.difficulties),
        *((Facet.TAG, key) for key in practice.tags),
        *((Facet.COUNTRY, each.country) for each in (practice.owner,) if each),
    ]
    text = (getattr(practice, name) for name in headings)
    return (_alone(ref, revision, practice, text, facets),)


def _of_resource(ref: RecordRef, revision: int, resource: Resource) -> tuple[SearchUnit, ...]:
    if resource.status is ReferenceStatus.RETIRED:
        return ()
    facets = [(Facet.DIFFICULTY, key) for key in resource.difficulties]
    text = (resource.summary, resource.provider, resource.eligible)
    return (_alone(ref, revision, resource, text, facets),)


def _of_instrument(ref: RecordRef, revision: int, instrument: Instrument) -> tuple[SearchUnit, ...]:
    """Give an instrument as it is found; the countries that take part in it are no places where something happened."""
    if instrument.status is ReferenceStatus.RETIRED:
        return ()
    facets = [(Facet.CHANNEL, ref.id), *((Facet.DIFFICULTY, key) for key in instrument.difficulties)]
    text = (
        instrument.gives,
        instrument.who_may_ask,
        *(each.text for each in instrument.requirements),
        instrument.conditions,
        *(f"{each.what}: {each.limit}" for each in instrument.time_limits),
    )
    return (_alone(ref, revision, instrument, text, facets),)


def _alone(ref: RecordRef, revision: int, record: Record, text: Iterable[str], facets: Facets) -> SearchUnit:
    """Give the only unit of a record."""
    kind = UnitKind(ref.kind.value)
    shared = {
        (Facet.KIND, kind.value),
        (Facet.LANGUAGE, record.language),
        (Facet.MARKING, record.audience.marking.value),
        (Facet.ORIGIN, record.origin.value),
    }
    return SearchUnit(
        id=group_of(ref),
        case=group_of(ref),
        kind=kind,
        title=record.title,
        text="\n\n".join(filter(None, text)),
        case_title=record.title,
        language=record.language,
        readers=record.readers,
        owner=record.owner.id if record.owner else None,
        chatham_house=record.audience.chatham_house,
        facets=frozenset({*shared, *facets}),
        date="",
        revision=revision,
    )


UNITS: Mapping[type[Body], Callable[[RecordRef, int, Any], tuple[SearchUnit, ...]]] = {
    CaseStudy: _of_case,
    Practice: _of_practice,
    Resource: _of_resource,
    Instrument: _of_instrument,
}
"""What is searched of a record, by what it holds; of what does not stand here, nothing. What is retired has no units."""
SEARCHED = frozenset(KIND_OF[body] for body in UNITS)
"""The kinds that have search units; the index hears of no other."""


def units_in(ref: RecordRef, revision: int, body: Body) -> tuple[SearchUnit, ...]:
    """Give the search units of a record."""
    units = UNITS.get(type(body))
    return units(ref, revision, body) if units else ()
