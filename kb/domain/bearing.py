"""Bearing: where in a case concepts stand, as one table, so that every reader and every change of them knows all the places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kb.domain.case_study import CaseStudy
from kb.domain.concept import Scheme
from kb.domain.lesson import LessonBase
from kb.domain.replacement import Replacements

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
SINGLE = frozenset({"stage"})
"""Fields that hold one key or none."""


class Place(NamedTuple):
    """A field of a case, or of one of its lessons."""

    lesson: str
    """Empty for the case itself."""
    field: str


class Bearing(NamedTuple):
    """The concepts that stand in one place."""

    place: Place
    scheme: Scheme
    keys: tuple[str, ...]


def borne(case: CaseStudy) -> Iterator[Bearing]:
    """Give every place of a case that can bear concepts, empty ones too."""
    for field, scheme in OF_CASE.items():
        yield Bearing(Place("", field), scheme, _keys(case, field))
    for lesson in case.lessons:
        for field, scheme in OF_LESSON.items():
            if field in type(lesson).model_fields:
                yield Bearing(Place(lesson.key, field), scheme, _keys(lesson, field))


def keys_at(case: CaseStudy, place: Place) -> tuple[str, ...] | None:
    """Give the concepts that stand in a place, or None where the case has no such place."""
    holder = case.lesson(place.lesson) if place.lesson else case
    fields = OF_LESSON if place.lesson else OF_CASE
    if holder is None or place.field not in fields or place.field not in type(holder).model_fields:
        return None
    return _keys(holder, place.field)


def places_for(holder: CaseStudy | LessonBase, scheme: Scheme) -> tuple[str, ...]:
    """Give the fields in which a case, or a lesson, bears concepts of a scheme."""
    fields = OF_LESSON if isinstance(holder, LessonBase) else OF_CASE
    return tuple(
        field for field, each in fields.items() if each is scheme and field in type(holder).model_fields
    )


def scheme_at(place: Place) -> Scheme:
    """Give the scheme of the concepts that stand in a place."""
    return (OF_LESSON if place.lesson else OF_CASE)[place.field]


def with_keys(case: CaseStudy, changed: Mapping[Place, tuple[str, ...]]) -> CaseStudy:
    """Give the case with these keys in these places."""
    if not changed:
        return case
    own = {place.field: keys for place, keys in changed.items() if not place.lesson}
    lessons = tuple(
        lesson.model_copy(
            update={
                place.field: _value(place.field, keys)
                for place, keys in changed.items()
                if place.lesson == lesson.key
            }
        )
        for lesson in case.lessons
    )
    return case.model_copy(update={**own, "lessons": lessons})


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


def _keys(holder: CaseStudy | LessonBase, field: str) -> tuple[str, ...]:
    value = getattr(holder, field)
    if field in SINGLE:
        return (value,) if value else ()
    return tuple(value)


def _value(field: str, keys: tuple[str, ...]) -> object:
    return next(iter(keys), None) if field in SINGLE else keys
