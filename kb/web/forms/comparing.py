"""Two texts side by side: what somebody else saved and what is in the form, part by part, to be decided by a person."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from kb.domain.case_study import CaseStudy
from kb.domain.difference import FieldDifference, record_difference

TAKE_SAVED, TAKE_PUBLISHED = "saved:", "published:"
"""How a button's `op` begins that takes the other text of one part: the one saved meanwhile, or the published one."""


class Part(NamedTuple):
    """A field, or a whole lesson, with all that differs in it."""

    name: str
    title: str
    """The lesson's title, empty for a field."""
    fields: tuple[FieldDifference, ...]


def parts(stored: CaseStudy, typed: CaseStudy) -> tuple[Part, ...]:
    """Give what differs between two texts; `before` of each field is the stored one, `after` the typed one."""
    differing = (field for field in record_difference(stored, typed) if not _is_kind(field.path))
    found = sorted(differing, key=lambda field: _order(field.path))
    return tuple(
        Part(name, _title(name, (typed, stored)), tuple(fields))
        for name, fields in groupby(found, key=lambda field: _name(field.path))
    )


def _is_kind(path: str) -> bool:
    """Say whether a field only tells the kind of a lesson, which never changes: a new one is told by its other fields."""
    return path.startswith("lessons.") and path.endswith(".kind")


def _name(path: str) -> str:
    head, *rest = path.split(".")
    return f"{head}.{rest[0]}" if head == "lessons" and rest else head


def _order(path: str) -> tuple[bool, str]:
    """Put the fields of the case before its lessons, and what belongs together side by side."""
    name = _name(path)
    return name.startswith("lessons"), name


def _title(name: str, texts: Iterable[CaseStudy]) -> str:
    head, _, key = name.partition(".")
    if head != "lessons":
        return ""
    lessons = (text.lesson(key) for text in texts)
    return next((lesson.title for lesson in lessons if lesson and lesson.title), key)
