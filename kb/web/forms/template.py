"""The form without a connection: the file that is downloaded, and what was filled in when it comes back.

Its headings say where each field is, because headings survive every word processor. Instructions stand between two
signs and are cut out, whoever typed around them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from flask_babel import get_locale
from flask_babel import gettext as _

from kb.domain.folding import fold
from kb.domain.lesson import LessonKind
from kb.domain.sections import Paper, Section
from kb.services.vocabulary import Vocabulary
from kb.web.forms.template_rows import ABOUT, CASE_ROWS, LESSON_ROWS, ROOM, TITLE, Row
from kb.web.word_file import Line, Style, word_file
from kb.web.words import WORDS, word

OPENING, CLOSING = "▸", "◂"
"""What an instruction stands between."""
_INSTRUCTION = re.compile(rf"{OPENING}[^{OPENING}{CLOSING}]*{CLOSING}")
_GROUP = re.compile(r"(?P<words>.*?)\s*(?P<number>\d{1,3})?")
_NUMBER = re.compile(r"\d{1,3}")
FIELD_LEVEL = 2
"""The level of a field's heading; what only looks like one, in an answer, stands below it."""
FEWEST = 5
"""Headings of the form by which a document is known to be one."""
REFERENCES = {"answers": LessonKind.DIFFICULTY, "grew_from": LessonKind.SOLUTION}


def template(vocabulary: Vocabulary, language: str) -> bytes:
    """Give the file, with the words to choose from that its reader knows, in their language."""
    return word_file(_lines(vocabulary, language), str(get_locale() or "en"))


def _lines(vocabulary: Vocabulary, language: str) -> Iterator[Line]:
    yield Line(Style.TITLE, str(TITLE))
    yield _instruction(
        _(
            "Write below each heading; what you leave empty is left out. Keep the headings as they are. For one more lesson, "
            "copy a whole part with its headings. Then bring the file to Casebook: Submit, From a paper or slides."
        )
    )
    yield Line(Style.HEADING, str(ABOUT))
    for row in CASE_ROWS:
        yield from _row(row, vocabulary, language)
    for kind, room in ROOM.items():
        for number in range(1, room + 1):
            yield Line(Style.HEADING, f"{word(kind)} {number}")
            for row in LESSON_ROWS[kind]:
                yield from _row(row, vocabulary, language)


def _row(row: Row, vocabulary: Vocabulary, language: str) -> Iterator[Line]:
    yield Line(Style.FIELD, str(row.label))
    yield _instruction(" ".join((str(row.help), ", ".join(_offered(row, vocabulary, language)))).strip())
    yield Line(Style.TEXT)


def _offered(row: Row, vocabulary: Vocabulary, language: str) -> tuple[str, ...]:
    if row.scheme:
        return tuple(concept.label(language) for concept in vocabulary.choices(row.scheme, language))
    return (
        tuple(str(WORDS.get(row.words, {}).get(each.value, each.value)) for each in row.words)
        if row.words
        else ()
    )


def _instruction(text: str) -> Line:
    return Line(Style.HELP, f"{OPENING} {text} {CLOSING}")


# -- coming back ---------------------------------------------------------------------------------------------------------


class FilledField(NamedTuple):
    """A field as it was filled in; of a lesson, `kind` says which and `number` tells it from its like."""

    name: str
    text: str
    kind: LessonKind | None = None
    number: int = 0


@dataclass
class _Filling:
    """What was read so far, and where."""

    kind: LessonKind | None = None
    number: int = 0
    name: str = ""
    known: int = 0
    texts: dict[tuple[LessonKind | None, int, str], str] = field(default_factory=dict)
    numbers: dict[tuple[LessonKind, int], int] = field(default_factory=dict)
    """Which number a lesson's heading bears, by which others refer to it."""

    def take(self, section: Section) -> None:
        """Take a section: the heading of a group, of a field, or words that only look like a heading."""
        text = _INSTRUCTION.sub("", section.text).strip()
        if self._opens_group(section) or self._opens_field(section):
            self.known += 1
            self._put(text)
        else:
            self._put("\n\n".join(filter(None, (section.heading, text))))

    def _opens_group(self, section: Section) -> bool:
        if section.level > 1:
            return False
        match = _GROUP.fullmatch(section.heading)
        words = fold(match["words"]) if match else ""
        if words == fold(str(ABOUT)):
            self.kind, self.number, self.name = None, 0, ""
            return True
        kind = next((kind for kind in LessonKind if fold(word(kind)) == words), None)
        if kind is None or match is None:
            return False
        self.kind, self.number, self.name = kind, self.number + 1, ""
        self.numbers[kind, int(match["number"] or 0)] = self.number
        return True

    def _opens_field(self, section: Section) -> bool:
        rows = LESSON_ROWS[self.kind] if self.kind else CASE_ROWS
        wanted = fold(section.heading) if section.level <= FIELD_LEVEL else ""
        found = next((row.field for row in rows if fold(str(row.label)) == wanted), None)
        self.name = found or self.name
        return found is not None

    def _put(self, text: str) -> None:
        """Put words at the end of the field that is being read; what stands in none is no answer."""
        place = (self.kind, self.number, self.name)
        if text and self.name:
            self.texts[place] = "\n\n".join(filter(None, (self.texts.get(place, ""), text)))


def filled_in(paper: Paper) -> tuple[FilledField, ...] | None:
    """Give the fields of a form that was filled in, in its order; None for any other paper."""
    filling = _Filling()
    for section in paper.sections:
        filling.take(section)
    if filling.known < FEWEST:
        return None
    return tuple(
        FilledField(name, _named(name, text, filling), kind, number)
        for (kind, number, name), text in filling.texts.items()
    )


def _named(name: str, text: str, filling: _Filling) -> str:
    """Give the titles of the lessons that a field names by their numbers: numbers change where a part was left empty."""
    kind = REFERENCES.get(name)
    if kind is None:
        return text
    titles = _titles(kind, filling)
    return "\n".join(titles.get(int(number), number) for number in _NUMBER.findall(text)) or text


def _titles(kind: LessonKind, filling: _Filling) -> Mapping[int, str]:
    return {
        shown: title
        for (each, shown), number in filling.numbers.items()
        if each is kind and (title := filling.texts.get((kind, number, "title")))
    }
