"""Lists written one a line: a coordinator pastes and mends them in one field, and is told which line cannot be read.

Parts of a line are separated by a bar; a source is a title, its address, and the day on which it was looked at.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Generic, TypeVar

from flask_babel import gettext as _
from pydantic import ValidationError
from wtforms.fields import Field
from wtforms.validators import StopValidation

from kb.domain.instrument import Participation, Requirement, Standing, TimeLimit
from kb.domain.jurisdiction import Desk, DeskRole
from kb.domain.record import Source
from kb.domain.text import LINE_LENGTH
from kb.web.forms.countries import country_code

BAR = "|"
MOST_LINES = 250
_ADDRESS = re.compile(r"https?://[^\s<>\"']{1,490}")
_DAY = re.compile(r"\s*\(?(\d{4}-\d{2}-\d{2})\)?\s*$")

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


class Unreadable(Exception):
    """A line that cannot be read; its text is the sentence that says what to do."""


class Lines(Generic[T]):
    """How the lines of one field become values; as a validator of that field it says which line cannot be read."""

    def __init__(self, read: Callable[[str], T]) -> None:
        self._read = read

    def __call__(self, _form: object, field: Field) -> None:
        for number, line in enumerate(lines_of(field.data), 1):
            try:
                self.one(line)
            except Unreadable as wrong:
                raise StopValidation(
                    _("Line %(number)s: %(problem)s", number=number, problem=wrong)
                ) from None
            if number > MOST_LINES:
                raise StopValidation(_("Write at most %(most)s lines.", most=MOST_LINES))

    def one(self, line: str) -> T:
        """Give the value of a line; raises Unreadable."""
        try:
            return self._read(line)
        except ValidationError:
            raise Unreadable(_("It is too long, or holds what does not belong there.")) from None

    def all(self, text: str | None) -> tuple[T, ...]:
        """Give the values of a field whose check has passed."""
        return tuple(map(self.one, lines_of(text)))


def lines_of(text: str | None) -> list[str]:
    """Give the lines that say something."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def source_of(line: str) -> Source:
    """Read a source: `Penal code https://law.example/207 2026-11-22`; the day may be left out."""
    text, day = line, None
    if found := _DAY.search(line):
        text, day = line[: found.start()], _day(found[1])
    address = _ADDRESS.search(text)
    if address is None:
        raise Unreadable(_("Write the title, then the address beginning with https://, then the day."))
    title = text.replace(address[0], "").strip(" ,;:-–") or address[0][:LINE_LENGTH]
    return Source(title=title, url=address[0], as_of=day)


def line_of_source(source: Source) -> str:
    """Write a source as it is read."""
    return " ".join(str(each) for each in (source.title, source.url, source.as_of) if each)


def requirement_of(line: str) -> Requirement:
    """Read `What must be said | Article 29(2)(a)`; where it is written may be left out."""
    text, provision = _parts(line, 2)
    return Requirement(text=text, provision=provision)


def limit_of(line: str) -> TimeLimit:
    """Read `What | how long | where that is written`; the last may be left out."""
    what, limit, provision = _parts(line, 3)
    if not limit:
        raise Unreadable(_("Write what is limited, a bar, and how long it may take."))
    return TimeLimit(what=what, limit=limit, provision=provision)


def participation_of(line: str) -> Participation:
    """Read `Austria | party | 2012-10-01 | note | source`; day and note may be empty."""
    country, standing, since, note, source = _parts(line, 5)
    code = country_code(country)
    if code is None:
        raise Unreadable(_("“%(text)s” is no country that we know.", text=country))
    return Participation(
        country=code,
        standing=_member(Standing, standing),
        since=_day(since) if since else None,
        note=note,
        source=source_of(source),
    )


def desk_of(line: str) -> Desk:
    """Read `central-authority | Ministry of Justice | note | source`; the note may be empty."""
    role, name, note, source = _parts(line, 4)
    if not name:
        raise Unreadable(_("Write the name of the desk; never a person, a telephone number or an address."))
    return Desk(role=_member(DeskRole, role), name=name, note=note, source=source_of(source))


def joined(*parts: object) -> str:
    """Write the parts of a line as they are read; empty ones at the end stay out."""
    return f" {BAR} ".join("" if each is None else str(each) for each in parts).rstrip(f" {BAR}")


def text_of(lines: Iterable[str]) -> str:
    """Write lines as they stand in a field."""
    return "\n".join(lines)


def _parts(line: str, most: int) -> list[str]:
    """Give the parts of a line; bars beyond the last belong to it, and what is missing is empty."""
    parts = [part.strip() for part in line.split(BAR, most - 1)]
    return parts + [""] * (most - len(parts))


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise Unreadable(_("“%(text)s” is no day; write it as 2026-11-22.", text=text)) from None


def _member(choices: type[E], text: str) -> E:
    found = next((each for each in choices if each == text.lower()), None)
    if found is None:
        offered = ", ".join(each.value for each in choices)
        raise Unreadable(_("“%(text)s” is none of these: %(offered)s.", text=text, offered=offered))
    return found
