"""Mappings: how the rows of somebody else's table become case studies.

A mapping is data (a TOML file), so that a table of any columns can be imported without a line of code. Each field of the
case says where its value comes from: a column, the first of several columns that has text, or a constant; a list is split
at a separator, HTML becomes Markdown, a long text can be shortened to a summary.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError

from kb.domain.case_study import CaseStudy
from kb.domain.errors import Invalid
from kb.domain.lesson import LessonKind
from kb.domain.text import Value, normal_prose

Row = Mapping[str, object]
"""A row of a table: column to text, number, or list of texts."""

_LISTS = frozenset(
    """
    categories other_countries phenomena stages tags partners_helped partners_hindered to_countries channels obstacles
    answers grew_from
    """.split()  # noqa: SIM905 - a list of words reads better than quotes
)
"""Fields of a case or lesson that hold several values."""


class Take(Value):
    """Where one value comes from; a bare column name in the file means `{ column = NAME }`."""

    column: tuple[str, ...] = ()
    """Tried in order; the first with text counts."""
    value: str | None = None
    """A constant, or what stands in where no column has text."""
    split: str | None = None
    """The separator of a list in one cell; a cell that is a list already needs none."""
    html: bool = False
    shorten: Annotated[int, Field(ge=20, le=2000)] | None = None
    """At most this many characters, cut between words."""
    translate: Mapping[str, str] = Field(default_factory=dict)
    """Other words for some values, such as a partner's outcome words."""


def _as_take(given: object) -> object:
    if isinstance(given, str):
        return {"column": (given,)}
    if isinstance(given, dict) and isinstance(given.get("column"), str):
        return {**given, "column": (given["column"],)}
    return given


Source = Annotated[Take, BeforeValidator(_as_take)]


class OwnerMapping(Value):
    """Which organisation owns an imported case; without it, the importer's."""

    name: Source
    country: Source


class LessonMapping(Value):
    """One lesson of each row; a row that has no text for it gets none. `fields` are those of the lesson's kind."""

    kind: LessonKind
    key: str
    title: Source
    text: Source
    fields: Mapping[str, Source] = Field(default_factory=dict)


class TableMapping(Value):
    """The whole mapping file."""

    source_key: Source
    """What tells a row from every other, in this import and the next; a prefix keeps two tables apart."""
    source_prefix: str = ""
    create_tags: bool = False
    """Whether tags that the knowledge base does not know yet become concepts; otherwise they are an error."""
    year: Source | None = None
    owner: OwnerMapping | None = None
    case: Mapping[str, Source] = Field(default_factory=dict)
    lessons: tuple[LessonMapping, ...] = ()


def read_mapping(document: Mapping[str, object]) -> TableMapping:
    """Read a mapping from a parsed TOML document; raises Invalid with every place that is wrong."""
    try:
        mapping = TableMapping.model_validate(document)
    except ValidationError as wrong:
        raise Invalid(
            *(
                (".".join(map(str, each["loc"])), f"{'.'.join(map(str, each['loc']))}: {each['msg']}.")
                for each in wrong.errors()
            )
        ) from None
    if unknown := [name for name in mapping.case if name not in case_fields()]:
        raise Invalid(("case", f"[case] has no field {unknown[0]!r}. Fields: {', '.join(case_fields())}."))
    return mapping


_SET_BY_IMPORT = frozenset({"lessons", "owner", "author", "audience", "source_key", "period", "sources"})


def case_fields() -> tuple[str, ...]:
    """Give the fields of a case that a mapping's `[case]` table can fill."""
    extra = ("marking", "chatham_house")
    return (*sorted(set(CaseStudy.model_fields) - _SET_BY_IMPORT), *extra)


class MappedRow(Value):
    """A row as the mapping reads it: the case without its tags, whose words are looked up where concepts are known."""

    source_key: str
    case: Mapping[str, object]
    case_tags: tuple[str, ...] = ()
    lesson_tags: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)


def mapped(row: Row, mapping: TableMapping, from_html: Callable[[str], str]) -> MappedRow:
    """Read one row; raises Invalid with a sentence that names the column."""
    key = _one(row, mapping.source_key, from_html)
    if not key:
        raise Invalid(
            ("source_key", "The row has no source key, so a second import could not know it again.")
        )
    lessons, tags = _lessons(row, mapping, from_html)
    case = _case_values(row, mapping, from_html)
    case_tags = case.pop("tags", ())
    return MappedRow(
        source_key=f"{mapping.source_prefix}{key}",
        case={**case, "lessons": lessons},
        case_tags=tuple(case_tags) if isinstance(case_tags, tuple) else (),
        lesson_tags=tags,
    )


def _case_values(row: Row, mapping: TableMapping, from_html: Callable[[str], str]) -> dict[str, Any]:
    values = _values(row, mapping.case, from_html)
    audience = {name: values.pop(name) for name in ("marking", "chatham_house") if name in values}
    if audience:
        values["audience"] = audience
    if mapping.year and (year := _one(row, mapping.year, from_html)):
        values["period"] = {"start": year}
    if mapping.owner:
        name = _one(row, mapping.owner.name, from_html)
        country = _one(row, mapping.owner.country, from_html)
        if name:
            values["owner"] = {"id": slug(name), "name": name, "country": country}
    return values


def _lessons(
    row: Row, mapping: TableMapping, from_html: Callable[[str], str]
) -> tuple[list[dict[str, object]], dict[str, tuple[str, ...]]]:
    lessons: list[dict[str, object]] = []
    tags: dict[str, tuple[str, ...]] = {}
    for each in mapping.lessons:
        text = _one(row, each.text, from_html)
        if not text:
            continue
        values = _values(row, each.fields, from_html)
        found = values.pop("tags", ())
        tags[each.key] = tuple(found) if isinstance(found, tuple) else ()
        title = _one(row, each.title, from_html)
        lessons.append({"kind": each.kind, "key": each.key, "title": title, "text": text, **values})
    return lessons, tags


def _values(row: Row, fields: Mapping[str, Take], from_html: Callable[[str], str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, take in fields.items():
        value: object = _several(row, take) if name in _LISTS else _one(row, take, from_html)
        if value:
            values[name] = value
    return values


def _one(row: Row, take: Take, from_html: Callable[[str], str]) -> str:
    cell = _cell(row, take)
    text = ", ".join(map(str, cell)) if isinstance(cell, list | tuple) else str(cell)
    text = normal_prose(from_html(text) if take.html else text).strip()
    text = take.translate.get(text, text)
    return _shortened(text, take.shorten) if take.shorten else text


def _several(row: Row, take: Take) -> tuple[str, ...]:
    cell = _cell(row, take)
    parts = cell if isinstance(cell, list | tuple) else str(cell).split(take.split) if take.split else [cell]
    words = (normal_prose(str(part)).strip() for part in parts)
    return tuple(dict.fromkeys(take.translate.get(word, word) for word in words if word))


def _cell(row: Row, take: Take) -> object:
    for column in take.column:
        if column not in row:
            raise Invalid((column, f"The row has no column {column!r}. It has: {', '.join(sorted(row))}."))
        cell = row[column]
        if cell not in (None, "", []) and str(cell).strip():
            return cell
    return take.value or ""


def _shortened(text: str, most: int) -> str:
    text = re.sub(r"\s+", " ", text)
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut else cut}…"


def slug(text: str) -> str:
    """Give an identifier in letters, digits and hyphens that reads like `text`; `x` where nothing is left of it."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "x"
