"""Sections as a presenter left them, put where their uses say: into the form of a case, and beside it as its source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from flask_babel import gettext as _

from kb.domain.case_study import CaseStudy
from kb.domain.heading_words import LESSONS, Use
from kb.domain.lesson import LessonKind, free_key
from kb.domain.merging import STANDS_WITH
from kb.domain.submission import SourceSection
from kb.domain.text import LINE_LENGTH, PROSE_LENGTH
from kb.web.forms.case import CaseForm
from kb.web.forms.template import FilledField
from kb.web.forms.template_rows import row_of
from kb.web.forms.template_words import Terms, sources, typed
from kb.web.forms.typed import Typed, TypedLesson

_LESSON = re.compile(r"(lessons-\d{1,4})-[a-z_]+")
_OF_CASE, _OF_LESSON = "case.", "lesson."
"""How the name of a field begins that was filled in, of the case or of the lesson above."""


class TypedSection(NamedTuple):
    """A section as it stands on the page; `use` is always one of those that are offered, `field` the field that was filled in."""

    heading: str = ""
    text: str = ""
    use: Use = Use.LEAVE_OUT
    slide: int = 0
    spoken: bool = False
    field: str = ""

    @property
    def is_kept(self) -> bool:
        """Say whether anything of it goes into the draft."""
        return self.use is not Use.LEAVE_OUT


def named_in(fields: Iterable[FilledField]) -> str:
    """Give the title of the case, which is no section."""
    return next((each.text for each in fields if each.kind is None and each.name == "title"), "")


def sections_of(fields: Sequence[FilledField]) -> tuple[TypedSection, ...]:
    """Give the sections of a form that was filled in: its title apart, each lesson with the fields that are about it."""
    found = [_field(each) for each in fields if each.kind is None and each.name not in {"title", "summary"}]
    summary = [each.text for each in fields if each.kind is None and each.name == "summary"]
    if summary:
        found.insert(0, TypedSection(heading=_label(None, "summary"), text=summary[0], use=Use.SUMMARY))
    lessons: dict[tuple[LessonKind, int], list[FilledField]] = {}
    for each in fields:
        if each.kind:
            lessons.setdefault((each.kind, each.number), []).append(each)
    for (kind, _number), filled in lessons.items():
        words = {each.name: each.text for each in filled}
        found.append(TypedSection(words.get("title", ""), words.get("text", ""), Use(kind.value)))
        found += [_field(each) for each in filled if each.name not in {"title", "text"}]
    return tuple(found)


def _field(filled: FilledField) -> TypedSection:
    name = f"{_OF_LESSON if filled.kind else _OF_CASE}{filled.name}"
    return TypedSection(_label(filled.kind, filled.name), filled.text, Use.FIELD, field=name)


def _label(kind: LessonKind | None, name: str) -> str:
    row = row_of(kind, name)
    return str(row.label) if row else name


@dataclass(frozen=True)
class Written:
    """The sections as the form of a case; `places` are those from which its fields came, by their names."""

    typed: Typed
    source: tuple[SourceSection, ...] = ()
    places: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[tuple[int, str], ...] = ()

    def place_of(self, name: str) -> int | None:
        """Give the place of the section from which a field came; None for what is of the whole."""
        match = _LESSON.fullmatch(name)
        return self.places.get(name, self.places.get(match[1]) if match else None)

    def having(self, place: int, section: TypedSection, terms: Terms) -> Written:
        """Put one section where its use says."""
        if section.use in LESSONS:
            return self._with_lesson(place, section, LessonKind(section.use.value))
        if section.use is Use.FIELD:
            return self._filled(place, section, terms)
        if section.use is Use.CONTINUES and self.typed.lessons:
            return self._longer(section)
        return self._summed_up(place, section) if section.is_kept else self

    def _with_lesson(self, place: int, section: TypedSection, kind: LessonKind) -> Written:
        key = free_key(kind, self.typed.keys)
        words = {"title": (section.heading,), "text": (section.text,)}
        lesson = TypedLesson(words, kind=kind, key=key)
        return replace(
            self,
            typed=replace(self.typed, lessons=(*self.typed.lessons, lesson)),
            source=(*self.source, _source(section, key)),
            places={**self.places, f"lessons-{len(self.typed.lessons)}": place},
        )

    def _longer(self, section: TypedSection) -> Written:
        """Put the words at the end of the lesson above."""
        last = self.typed.lessons[-1]
        longer = self._about_last(text=(_together(last.one("text"), section.text),))
        return replace(longer, source=(*self.source, _source(section, last.key)))

    def _summed_up(self, place: int, section: TypedSection) -> Written:
        summary = _together(self.typed.fields.one("summary"), section.text)
        written = self._about_case(summary=(summary,))
        places = {"summary": place, **self.places}
        return replace(written, source=(*self.source, _source(section)), places=places)

    def _filled(self, place: int, section: TypedSection, terms: Terms) -> Written:
        """Put what was filled into a field where that field is; it is kept there alone."""
        of_case, name = section.field.startswith(_OF_CASE), section.field.partition(".")[2]
        if of_case and name == "sources":
            return replace(self, typed=replace(self.typed, sources=sources(section.text)))
        lessons = self.typed.lessons
        kind = None if of_case else lessons[-1].kind if lessons else LessonKind.DIFFICULTY
        found = typed(kind, name, section.text, terms)
        if found.problem or not (of_case or lessons):
            return replace(
                self,
                problems=(
                    *self.problems,
                    (place, found.problem or _("Above this stands no lesson that it could be about.")),
                ),
            )
        words = {name: found.words, **_cleared(name)}
        written = self._about_case(**words) if of_case else self._about_last(**words)
        at = name if of_case else f"lessons-{len(lessons) - 1}-{name}"
        return replace(written, places={**self.places, at: place})

    def _about_case(self, **words: tuple[str, ...]) -> Written:
        return replace(self, typed=replace(self.typed, fields=self.typed.fields.having(**words)))

    def _about_last(self, **words: tuple[str, ...]) -> Written:
        *before, last = self.typed.lessons
        return replace(self, typed=replace(self.typed, lessons=(*before, last.having(**words))))


def written_of(
    title: str, language: str, sections: Sequence[TypedSection], blank: CaseStudy, terms: Terms
) -> Written:
    """Put every section where its use says, upon what a new case begins with."""
    begun = CaseForm.of(blank, originator=True).typed
    words = {"title": (title,), **({"language": (language,)} if language else {})}
    written = Written(replace(begun, fields=begun.fields.having(**words)))
    for place, section in enumerate(sections):
        lessons = {kind: written.typed.titles(kind) for kind in LessonKind}
        known = replace(terms, lessons=lessons, event=written.typed.fields.one("event"))
        written = written.having(place, section, known)
    return written


def _cleared(name: str) -> Mapping[str, tuple[str, ...]]:
    """Give what goes when a field is filled: the session of another event, which came with the call that was followed."""
    return {each: () for each, other in STANDS_WITH.items() if other == name}


def _source(section: TypedSection, lesson: str = "") -> SourceSection:
    """Give a section as it is kept beside the fields; what is too long for it is told where it becomes a title or text."""
    return SourceSection(
        heading=section.heading[:LINE_LENGTH], text=section.text[:PROSE_LENGTH], lesson=lesson
    )


def _together(*texts: str) -> str:
    return "\n\n".join(text.strip() for text in texts if text.strip())
