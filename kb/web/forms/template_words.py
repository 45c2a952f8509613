"""What was typed into a field without a connection, as the form of a case would have sent it: keys for words, ids for titles."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from flask_babel import gettext as _

from kb.domain.concept import Scheme
from kb.domain.folding import fold
from kb.domain.lesson import LessonKind
from kb.services.vocabulary import Vocabulary
from kb.web.forms.choices import LANGUAGES
from kb.web.forms.fields import CASE_FIELDS, LESSON_FIELDS, ORIGINATOR_FIELDS, REFERENCES, Shape
from kb.web.forms.template_rows import Row, row_of
from kb.web.forms.typed import Group
from kb.web.presenting import language_name
from kb.web.words import WORDS

_BETWEEN = re.compile(r"[,;\n]")
_BULLET = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+", re.MULTILINE)
_ESCAPED = re.compile(r"\\([_*|])")
_YEAR_LAST = re.compile(r"(0?[1-9]|1[0-2])\s*[/.-]\s*((?:19|20)\d{2})")
_YES = frozenset({"yes", "y", "x", "ja", "oui", "si", "да", "true"})


class Typed(NamedTuple):
    """The words of a field as the form sends them, or what cannot be told of them."""

    words: tuple[str, ...] = ()
    problem: str = ""


@dataclass(frozen=True)
class Terms:
    """What names are looked up in: concepts, titles of events and of their sessions, and lessons of this form by kind."""

    vocabulary: Vocabulary
    events: Mapping[str, str]
    sessions: Callable[[str], Mapping[str, str]]
    """The programme of an event, by key."""
    event: str = ""
    """The one that was filled in above."""
    lessons: Mapping[LessonKind, tuple[tuple[str, str], ...]] = field(default_factory=dict)


def typed(kind: LessonKind | None, name: str, text: str, terms: Terms) -> Typed:
    """Give what was typed into a field: of the case, or of a lesson of this kind."""
    row = row_of(kind, name)
    if row is None:
        return Typed(problem=_("No such field is known. Leave it out."))
    plain = _ESCAPED.sub(r"\1", _BULLET.sub("", text)).strip()
    if row.scheme:
        return _concepts(row.scheme, plain, terms)
    if row.words:
        return _one_of(row.words, plain)
    if name in REFERENCES:
        return _lessons(REFERENCES[name], plain, terms)
    if name in _OTHERS:
        return _OTHERS[name](plain, terms)
    return Typed((text.strip() if _shape(kind, row) is Shape.TEXT else plain,))


def sources(text: str) -> tuple[Group, ...]:
    """Give the public sources, one a line: title, address and day in any order, with semicolons between."""
    return tuple(_source(line) for line in _BULLET.sub("", text).splitlines() if line.strip())


def _source(line: str) -> Group:
    words: dict[str, tuple[str, ...]] = {}
    for part in filter(None, (each.strip() for each in _ESCAPED.sub(r"\1", line).split(";"))):
        day = re.fullmatch(r"\d{4}-\d{2}-\d{2}", part)
        name = "url" if part.startswith(("http://", "https://")) else "as_of" if day else "title"
        words[name] = (part,)
    return Group(words)


def _shape(kind: LessonKind | None, row: Row) -> Shape:
    fields = LESSON_FIELDS[kind] if kind else CASE_FIELDS + ORIGINATOR_FIELDS
    return next((each.shape for each in fields if each.name == row.field), Shape.TEXT)


def _concepts(scheme: Scheme, text: str, terms: Terms) -> Typed:
    """Look concepts up by any of their words; a label with a comma in it is known as a whole."""
    parts = [part.strip() for line in text.splitlines() for part in _parts(scheme, line, terms)]
    found = {part: terms.vocabulary.by_word(scheme, part) for part in parts if part}
    unknown = [part for part, key in found.items() if key is None]
    if unknown:
        return Typed(problem=_("“%(word)s” is none of the words to choose from.", word=unknown[0]))
    return Typed(tuple(dict.fromkeys(key for key in found.values() if key)))


def _parts(scheme: Scheme, line: str, terms: Terms) -> list[str]:
    return [line] if terms.vocabulary.by_word(scheme, line.strip()) else _BETWEEN.split(line)


def _one_of(words: type[StrEnum], text: str) -> Typed:
    wanted = fold(text)
    labels = WORDS.get(words, {})
    for each in words:
        if wanted in {fold(each.value), fold(str(labels.get(each.value, "")))}:
            return Typed((each.value,))
    return Typed(problem=_("“%(word)s” is none of the words to choose from.", word=text))


def _lessons(kind: LessonKind, text: str, terms: Terms) -> Typed:
    """Look lessons up by their titles, or by their numbers in the order in which they stand here."""
    known = terms.lessons.get(kind, ())
    by_title = {fold(title): key for key, title in known}
    keys: list[str] = []
    for part in text.splitlines():
        for each in [part] if fold(part.strip()) in by_title else _BETWEEN.split(part):
            word = each.strip()
            place = int(word) if word.isdecimal() and len(word) < 4 else 0
            key = by_title.get(fold(word)) or (known[place - 1][0] if 0 < place <= len(known) else None)
            if word and key is None:
                return Typed(problem=_("“%(word)s” is no lesson of this form.", word=word))
            keys += [key] if key else []
    return Typed(tuple(dict.fromkeys(keys)))


def _language(text: str, _terms: Terms) -> Typed:
    named = {fold(name): code for code in LANGUAGES for name in (code, language_name(code))}
    code = named.get(fold(text))
    return Typed((code,)) if code else Typed(problem=_("“%(word)s” is no language that we know.", word=text))


def _event(text: str, terms: Terms) -> Typed:
    found = _titled(text, terms.events)
    return Typed((found,)) if found else Typed(problem=_("“%(word)s” is no event that we know.", word=text))


def _session(text: str, terms: Terms) -> Typed:
    if not terms.event:
        return Typed(problem=_("Say above at which event it was presented."))
    found = _titled(text, terms.sessions(terms.event))
    return (
        Typed((found,)) if found else Typed(problem=_("“%(word)s” is no session of that event.", word=text))
    )


def _titled(text: str, titles: Mapping[str, str]) -> str | None:
    return next((key for key, title in titles.items() if fold(title) == fold(text)), None)


def _month(text: str, _terms: Terms) -> Typed:
    match = _YEAR_LAST.fullmatch(text)
    return Typed((f"{match[2]}-{int(match[1]):02}" if match else text,))


def _flag(text: str, _terms: Terms) -> Typed:
    return Typed(("yes",) if fold(text).strip(" .") in _YES else ())


_OTHERS: dict[str, Callable[[str, Terms], Typed]] = {
    "language": _language,
    "event": _event,
    "session": _session,
    "period_start": _month,
    "period_end": _month,
    "chatham_house": _flag,
}
"""Fields that are read in a way of their own."""
