"""Two texts side by side: what somebody else saved and what is in the form, part by part, to be decided by a person."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from kb.domain.case_study import CaseStudy
from kb.domain.difference import FieldDifference, record_difference
from kb.domain.merging import part_of


class Compared(NamedTuple):
    """A field, or a whole lesson, with all that differs in it."""

    name: str
    title: str
    """The lesson's title, empty for a field."""
    fields: tuple[FieldDifference, ...]


def parts(stored: CaseStudy, typed: CaseStudy, paths: Collection[str]) -> tuple[Compared, ...]:
    """Give what still differs of these parts; `before` of each field is the stored text, `after` the typed one."""
    differing = [field for field in record_difference(stored, typed) if not _is_kind(field.path)]
    found = ((path, tuple(field for field in differing if is_of(path, field.path))) for path in paths)
    return tuple(Compared(path, _title(path, (typed, stored)), fields) for path, fields in found if fields)


def touched(fields: Iterable[FieldDifference]) -> tuple[str, ...]:
    """Give the parts that these differences are in, each by the path under which it is taken as a whole."""
    return tuple(dict.fromkeys(_whole(field.path) for field in fields if not _is_kind(field.path)))


def _is_kind(path: str) -> bool:
    """Say whether a field only tells the kind of a lesson, which never changes: a new one is told by its other fields."""
    return path.startswith("lessons.") and path.endswith(".kind")


def is_of(part: str, path: str) -> bool:
    """Say whether the field of this path is taken with the part."""
    return part in {path, _whole(path)} or path.startswith(f"{part}.")


def _whole(path: str) -> str:
    head, *rest = path.split(".")
    return f"{head}.{rest[0]}" if head == "lessons" and rest else part_of(head)


def _title(path: str, texts: Iterable[CaseStudy]) -> str:
    head, *rest = path.split(".")
    if head != "lessons" or not rest:
        return ""
    lessons = (text.lesson(rest[0]) for text in texts)
    return next((lesson.title for lesson in lessons if lesson and lesson.title), rest[0])
