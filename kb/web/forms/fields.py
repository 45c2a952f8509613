"""The fields of a case and of its lessons: one table for each says how a field is called, where it belongs, how it is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum, auto
from typing import NamedTuple

from flask_babel import gettext as _

from kb.domain.completeness import Part
from kb.domain.lesson import LessonKind
from kb.web.country import country_name
from kb.web.forms.countries import country_code, split_countries
from kb.web.forms.typed import Group, Step


class Shape(Enum):
    """How the words of a field become a value."""

    TEXT = auto()
    """As typed; the domain normalises it."""
    ONE = auto()
    """A choice, a number or a date: blanks around it mean nothing."""
    MANY = auto()
    """Any number of choices."""
    FLAG = auto()
    """Ticked or not."""
    COUNTRY = auto()
    COUNTRIES = auto()
    """Several, separated by commas."""


class Field(NamedTuple):
    """A field by its name in the form, with its path in the value."""

    name: str
    shape: Shape
    path: tuple[str, ...]


def _field(name: str, shape: Shape, *path: str) -> Field:
    return Field(name, shape, path or (name,))


CASE_FIELDS: tuple[Field, ...] = (
    _field("title", Shape.TEXT),
    _field("summary", Shape.TEXT),
    _field("language", Shape.ONE),
    _field("lead_country", Shape.COUNTRY),
    _field("other_countries", Shape.COUNTRIES),
    _field("period_start", Shape.ONE, "period", "start"),
    _field("period_end", Shape.ONE, "period", "end"),
    _field("phenomena", Shape.MANY),
    _field("stages", Shape.MANY),
    _field("event", Shape.ONE),
    _field("session", Shape.ONE),
    _field("presenter_role", Shape.TEXT),
    _field("contact", Shape.TEXT),
    _field("tags", Shape.MANY),
    _field("review_by", Shape.ONE),
)
ORIGINATOR_FIELDS: tuple[Field, ...] = (
    _field("origin", Shape.ONE),
    _field("marking", Shape.ONE, "audience", "marking"),
    _field("audience_countries", Shape.COUNTRIES, "audience", "countries"),
    _field("audience_persons", Shape.MANY, "audience", "persons"),
    _field("chatham_house", Shape.FLAG, "audience", "chatham_house"),
)
"""What a new case says and a change leaves as it was published."""
SOURCE_FIELDS: tuple[Field, ...] = (
    _field("title", Shape.TEXT),
    _field("url", Shape.ONE),
    _field("as_of", Shape.ONE),
)

_SHARED: tuple[Field, ...] = (
    _field("title", Shape.TEXT),
    _field("text", Shape.TEXT),
    _field("partners_helped", Shape.MANY),
    _field("partners_hindered", Shape.MANY),
    _field("tags", Shape.MANY),
)
LESSON_FIELDS: dict[LessonKind, tuple[Field, ...]] = {
    LessonKind.DIFFICULTY: (
        *_SHARED,
        _field("categories", Shape.MANY),
        _field("stage", Shape.ONE),
        _field("same_as", Shape.MANY),
    ),
    LessonKind.SOLUTION: (
        *_SHARED,
        _field("answers", Shape.MANY),
        _field("outcome", Shape.ONE),
        _field("applies_when", Shape.TEXT),
        _field("applies_not_when", Shape.TEXT),
        _field("cost", Shape.ONE),
        _field("effort", Shape.ONE),
    ),
    LessonKind.GOOD_PRACTICE: (*_SHARED, _field("grew_from", Shape.MANY)),
    LessonKind.CROSS_BORDER_ISSUE: (
        *_SHARED,
        _field("from_country", Shape.COUNTRY),
        _field("to_countries", Shape.COUNTRIES),
        _field("channels", Shape.MANY),
        _field("obstacles", Shape.MANY),
        _field("outcome", Shape.ONE),
        _field("elapsed_days", Shape.ONE),
    ),
}
REFERENCES: dict[str, LessonKind] = {
    "answers": LessonKind.DIFFICULTY,
    "grew_from": LessonKind.SOLUTION,
}
"""Fields that name other lessons of the same case, and of which kind those are."""


STEPS: dict[Part, Step] = {
    part: Step(part) for part in (Part.DIFFICULTIES, Part.SOLUTIONS, Part.PRACTICES, Part.BORDERS)
} | {
    Part.ABOUT: Step(
        Part.ABOUT, frozenset({field.name for field in CASE_FIELDS} | {"origin"}), has_sources=True
    ),
    Part.AUDIENCE: Step(
        Part.AUDIENCE,
        frozenset(
            {field.name for field in ORIGINATOR_FIELDS if field.path[0] == "audience"}
            | {"audience_addresses"}
        ),
    ),
}
"""Which fields stand on which page of the task; pages without any are about lessons of one kind."""


class Read(NamedTuple):
    """What a field says, or why nobody can tell; None and the empty string leave the domain's own default."""

    value: object = None
    problem: str = ""


def _country(text: str) -> Read:
    if not text.strip():
        return Read()
    code = country_code(text)
    return Read(code) if code else Read(problem=_unknown(text.strip()))


def _countries(text: str) -> Read:
    codes = {part: country_code(part) for part in split_countries(text)}
    unknown = [part for part, code in codes.items() if code is None]
    if unknown:
        return Read(problem=" ".join(_unknown(part) for part in unknown))
    return Read(tuple(dict.fromkeys(code for code in codes.values() if code)))


def _unknown(text: str) -> str:
    return str(
        _(
            "“%(text)s” is no country that we know. Write its name or its two-letter code, "
            "with commas between several.",
            text=text,
        )
    )


_READ: dict[Shape, Callable[[Group, str], Read]] = {
    Shape.TEXT: lambda group, name: Read(group.one(name)),
    Shape.ONE: lambda group, name: Read(group.one(name).strip()),
    Shape.MANY: lambda group, name: Read(tuple(dict.fromkeys(group.many(name)))),
    Shape.FLAG: lambda group, name: Read(bool(group.many(name))),
    Shape.COUNTRY: lambda group, name: _country(group.one(name)),
    Shape.COUNTRIES: lambda group, name: _countries(group.one(name)),
}
_WRITE: dict[Shape, Callable[[object], tuple[str, ...]]] = {
    Shape.TEXT: lambda value: (str(value),),
    Shape.ONE: lambda value: (str(value),),
    Shape.MANY: lambda value: tuple(str(each) for each in _items(value)),
    Shape.FLAG: lambda value: ("yes",) if value else (),
    Shape.COUNTRY: lambda value: (country_name(str(value)),),
    Shape.COUNTRIES: lambda value: (", ".join(country_name(str(each)) for each in _items(value)),),
}


def read(fields: tuple[Field, ...], group: Group) -> tuple[dict[str, object], dict[str, str]]:
    """Give the plain form of what was typed, and a sentence for each field that cannot be read."""
    plain: dict[str, object] = {}
    problems: dict[str, str] = {}
    for field in fields:
        value, problem = _READ[field.shape](group, field.name)
        if problem:
            problems[field.name] = problem
        elif value is not None and value != "":
            _put(plain, field.path, value)
    return plain, problems


def write(fields: tuple[Field, ...], plain: Mapping[str, object]) -> Group:
    """Give the words of a form that shows this plain value."""
    found = {field: _at(plain, field.path) for field in fields}
    return Group(
        {field.name: _WRITE[field.shape](value) for field, value in found.items() if value is not None}
    )


def _put(plain: dict[str, object], path: tuple[str, ...], value: object) -> None:
    for step in path[:-1]:
        inner = plain.setdefault(step, {})
        assert isinstance(inner, dict)
        plain = inner
    plain[path[-1]] = value


def _at(plain: Mapping[str, object], path: tuple[str, ...]) -> object:
    value: object = plain
    for step in path:
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def _items(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, list | tuple) else ()
