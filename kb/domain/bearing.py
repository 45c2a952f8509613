"""Bearing: where in a record concepts stand, as one table, so that every reader and every change of them knows all the places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeVar

from kb.domain.case_study import CaseStudy
from kb.domain.concept import Scheme
from kb.domain.instrument import Instrument
from kb.domain.lesson import Lesson, LessonBase
from kb.domain.practice import Practice
from kb.domain.record import Record
from kb.domain.replacement import Replacements
from kb.domain.resource import Resource

Bearer = CaseStudy | Practice | Resource | Instrument
"""A record that bears concepts; of a country's law they are the questions themselves."""
RecordT = TypeVar("RecordT", bound=Record)
BEARERS = (CaseStudy, Practice, Resource, Instrument)
OF_CASE: Mapping[str, Scheme] = {
    "phenomena": Scheme.PHENOMENON,
    "stages": Scheme.STAGE,
    "tags": Scheme.TAG,
}
OF_LESSON: Mapping[str, Scheme] = {
    "categories": Scheme.DIFFICULTY,
    "obstacles": Scheme.DIFFICULTY,
    "stage": Scheme.STAGE,
    "channels": Scheme.CHANNEL,
    "partners_helped": Scheme.PARTNER,
    "partners_hindered": Scheme.PARTNER,
    "tags": Scheme.TAG,
}
OF_RECORD: Mapping[type[Bearer], Mapping[str, Scheme]] = {
    CaseStudy: OF_CASE,
    Practice: {"difficulties": Scheme.DIFFICULTY, "tags": Scheme.TAG},
    Resource: Resource.CONCEPTS,
    Instrument: Instrument.CONCEPTS,
}
SCHEMES: Mapping[str, Scheme] = {
    field: scheme for fields in OF_RECORD.values() for field, scheme in fields.items()
}
"""Of the fields of all records: no two mean different schemes by one name."""
TEXT: Mapping[type[Bearer], str] = {
    CaseStudy: "summary",
    Practice: "how_to",
    Resource: "summary",
    Instrument: "gives",
}
"""What a person reads of a record, beside its title, to decide what it bears."""
SINGLE = frozenset({"stage", "provider_type"})
"""Fields that hold one key or none."""


class Place(NamedTuple):
    """A field of a record, or of one of the lessons of a case."""

    lesson: str
    """Empty for the record itself."""
    field: str


class Bearing(NamedTuple):
    """The concepts that stand in one place."""

    place: Place
    scheme: Scheme
    keys: tuple[str, ...]


def borne(record: Bearer) -> Iterator[Bearing]:
    """Give every place of a record that can bear concepts, empty ones too."""
    for field, scheme in OF_RECORD[type(record)].items():
        yield Bearing(Place("", field), scheme, _keys(record, field))
    for lesson in record.lessons if isinstance(record, CaseStudy) else ():
        for field, scheme in OF_LESSON.items():
            if field in type(lesson).model_fields:
                yield Bearing(Place(lesson.key, field), scheme, _keys(lesson, field))


def holder_at(record: Bearer, lesson: str) -> Bearer | Lesson | None:
    """Give the record itself, or the lesson of this key, if it has that."""
    if not lesson:
        return record
    return record.lesson(lesson) if isinstance(record, CaseStudy) else None


def text_of(record: Bearer) -> str:
    """Give what a person reads of a record, beside its title, to decide what it bears."""
    return str(getattr(record, TEXT[type(record)]))


def keys_at(record: Bearer, place: Place) -> tuple[str, ...] | None:
    """Give the concepts that stand in a place, or None where the record has no such place."""
    holder = holder_at(record, place.lesson)
    fields = OF_LESSON if place.lesson else OF_RECORD[type(record)]
    if holder is None or place.field not in fields or place.field not in type(holder).model_fields:
        return None
    return _keys(holder, place.field)


def places_for(holder: Bearer | LessonBase, scheme: Scheme) -> tuple[str, ...]:
    """Give the fields in which a record, or a lesson, bears concepts of a scheme."""
    fields = OF_LESSON if isinstance(holder, LessonBase) else OF_RECORD[type(holder)]
    return tuple(
        field for field, each in fields.items() if each is scheme and field in type(holder).model_fields
    )


def scheme_at(place: Place) -> Scheme:
    """Give the scheme of the concepts that stand in a place."""
    return (OF_LESSON if place.lesson else SCHEMES)[place.field]


def with_keys(record: RecordT, changed: Mapping[Place, tuple[str, ...]]) -> RecordT:
    """Give the record with these keys in these places."""
    if not changed:
        return record
    own = {place.field: _value(place.field, keys) for place, keys in changed.items() if not place.lesson}
    return record.model_copy(update={**own, **_lessons_with(record, changed)})


def resolved(case: CaseStudy, replacements: Replacements) -> CaseStudy:
    """Give the case as it reads now: of merged concepts those that stand for them."""
    if not replacements:
        return case
    changed = {
        bearing.place: keys
        for bearing in borne(case)
        if (keys := replacements.among_keys(bearing.scheme, bearing.keys)) != bearing.keys
    }
    return with_keys(case, changed)


def _lessons_with(record: Record, changed: Mapping[Place, tuple[str, ...]]) -> Mapping[str, object]:
    if not isinstance(record, CaseStudy):
        return {}
    return {"lessons": tuple(_lesson_with(lesson, changed) for lesson in record.lessons)}


def _lesson_with(lesson: Lesson, changed: Mapping[Place, tuple[str, ...]]) -> Lesson:
    update = {
        place.field: _value(place.field, keys)
        for place, keys in changed.items()
        if place.lesson == lesson.key
    }
    return lesson.model_copy(update=update)


def _keys(holder: Bearer | LessonBase, field: str) -> tuple[str, ...]:
    value = getattr(holder, field)
    if field in SINGLE:
        return (value,) if value else ()
    return tuple(value)


def _value(field: str, keys: tuple[str, ...]) -> object:
    return next(iter(keys), None) if field in SINGLE else keys
