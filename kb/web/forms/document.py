"""A document on its way into a draft: its sections as they were read, then as the presenter says what each is.

Everything travels on the page itself: between the upload and the draft the server keeps nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple, TypeVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage, MultiDict

from kb.domain.case_study import CaseStudy
from kb.domain.checks import objections
from kb.domain.document import FILE, DropKind, Dropped
from kb.domain.errors import Invalid
from kb.domain.heading_words import LESSONS, Use
from kb.domain.lesson import LessonKind, free_key
from kb.domain.proposal import proposals
from kb.domain.sections import Paper
from kb.domain.submission import SourceSection
from kb.domain.text import LINE_LENGTH, PROSE_LENGTH
from kb.web.beside import Found, found_in
from kb.web.forms.base import STATUS_OF, Form
from kb.web.forms.case import CaseForm
from kb.web.forms.typed import Group, Typed, TypedLesson

Result = TypeVar("Result")
Save = Callable[[CaseStudy, tuple[SourceSection, ...]], Result]
_SECTION = re.compile(r"sections-(\d{1,3})-(heading|text|use|slide|spoken)")
_LESSON = re.compile(r"lessons-(\d{1,4})-[a-z_]+")
_DROPPED = re.compile(r"([a-z-]{1,30}):(\d{1,6})")


class UploadForm(Form):
    """The file that a presenter chose. Neither it nor its name is kept."""

    file = FileField(_l("Your paper or slides"))

    @property
    def name(self) -> str:
        """Give the file's name, empty where none was chosen."""
        return self._sent.filename or "" if self._sent else ""

    @property
    def content(self) -> bytes:
        """Give the file's bytes."""
        return self._sent.read() if self._sent else b""

    @property
    def _sent(self) -> FileStorage | None:
        sent = self[FILE].data
        return sent if isinstance(sent, FileStorage) else None


class TypedSection(NamedTuple):
    """A section as it stands on the page; `use` is always one of those that are offered."""

    heading: str = ""
    text: str = ""
    use: Use = Use.LEAVE_OUT
    slide: int = 0
    spoken: bool = False

    @property
    def is_kept(self) -> bool:
        """Say whether anything of it goes into the draft."""
        return self.use is not Use.LEAVE_OUT


@dataclass
class DocumentForm:
    """The sections on the page, and what is wrong with them by their place (None is the whole form)."""

    title: str = ""
    language: str = ""
    sections: tuple[TypedSection, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    errors: dict[int | None, list[str]] = field(default_factory=dict)
    status: int = 200

    @classmethod
    def of(cls, paper: Paper) -> DocumentForm:
        """Give the page on which a paper is looked over, with the proposals chosen."""
        sections = tuple(
            TypedSection(
                heading=each.section.heading,
                text=each.section.text,
                use=each.use,
                slide=each.section.slide,
                spoken=each.section.spoken,
            )
            for each in proposals(paper)
        )
        return cls(paper.title, paper.language, sections, paper.dropped)

    @classmethod
    def sent(cls, sent: MultiDict[str, str]) -> DocumentForm:
        """Give the page as a browser sent it; names that no page has do no harm."""
        found: dict[int, dict[str, str]] = {}
        for name, value in sent.items():
            if match := _SECTION.fullmatch(name):
                found.setdefault(int(match[1]), {})[match[2]] = value
        kinds = set(DropKind)
        dropped = [match for each in sent.getlist("dropped") if (match := _DROPPED.fullmatch(each))]
        return cls(
            title=sent.get("title", ""),
            language=sent.get("language", ""),
            sections=tuple(_section(words) for _, words in sorted(found.items())),
            dropped=tuple(
                Dropped(kind=DropKind(each[1]), count=int(each[2])) for each in dropped if each[1] in kinds
            ),
        )

    @cached_property
    def found(self) -> Mapping[int, tuple[Found, ...]]:
        """Give, by place, what must be mended in the sections that are kept."""
        told = {place: tuple(_told(each)) for place, each in enumerate(self.sections) if each.is_kept}
        return {place: each for place, each in told.items() if each}

    @property
    def has_lessons(self) -> bool:
        """Say whether anything would become a lesson."""
        return any(section.use in LESSONS for section in self.sections)

    def attempt(
        self, blank: CaseStudy, save: Save[Result], persons: Callable[[Collection[str]], Mapping[str, str]]
    ) -> Result | None:
        """Make a draft of what is kept; None means that the page is to be shown again, every word on it."""
        for place in self.found:
            self.note(place, _("Mend what is marked below: nothing of it is kept until then."))
        if objections(self.title):
            self.note(None, _("Mend the title: it names what leads to one person or one file."))
        if self.errors:
            self.status = STATUS_OF[Invalid]
            return None
        written = _Written.of(self, blank)
        form = CaseForm(written.typed, originator=True)
        done = form.attempt(lambda body: save(body, written.source), persons)
        for name, sentences in form.errors.items():
            for sentence in sentences:
                self.note(written.place_of(name), sentence)
        self.status = form.status
        return done

    def note(self, place: int | None, sentence: str) -> None:
        """Put a sentence at a section, once."""
        found = self.errors.setdefault(place, [])
        if sentence not in found:
            found.append(sentence)


def _section(words: Mapping[str, str]) -> TypedSection:
    slide, use = words.get("slide", ""), words.get("use", "")
    return TypedSection(
        heading=words.get("heading", ""),
        text=words.get("text", ""),
        use=Use(use) if use in set(Use) else Use.LEAVE_OUT,
        slide=int(slide) if slide.isdecimal() and len(slide) < 5 else 0,
        spoken=bool(words.get("spoken")),
    )


def _told(section: TypedSection) -> Iterator[Found]:
    for text in (section.heading, section.text):
        if blocking := objections(text):
            yield found_in(text, blocking)


@dataclass(frozen=True)
class _Written:
    """The sections as the form of a case, with the place from which each of its lessons came."""

    typed: Typed
    source: tuple[SourceSection, ...] = ()
    places: tuple[int, ...] = ()

    @classmethod
    def of(cls, form: DocumentForm, blank: CaseStudy) -> _Written:
        """Put every section where its use says, upon what a new case begins with."""
        begun = CaseForm.of(blank, originator=True).typed
        fields = begun.fields.having(title=(form.title,))
        if form.language:
            fields = fields.having(language=(form.language,))
        written = cls(replace(begun, fields=fields))
        for place, section in enumerate(form.sections):
            written = written._with(place, section)
        return written

    def place_of(self, name: str) -> int | None:
        """Give the place of the section from which a field came; None for what is of the whole."""
        match = _LESSON.fullmatch(name)
        return self.places[int(match[1])] if match else None

    def _with(self, place: int, section: TypedSection) -> _Written:
        if section.use in LESSONS:
            return self._with_lesson(place, section, LessonKind(section.use.value))
        if section.use is Use.CONTINUES and self.typed.lessons:
            return self._longer(section)
        return self._summed_up(section) if section.is_kept else self

    def _with_lesson(self, place: int, section: TypedSection, kind: LessonKind) -> _Written:
        key = free_key(kind, self.typed.keys)
        words = {"title": (section.heading,), "text": (section.text,)}
        lesson = TypedLesson(words, kind=kind, key=key)
        return replace(
            self,
            typed=replace(self.typed, lessons=(*self.typed.lessons, lesson)),
            source=(*self.source, _source(section, key)),
            places=(*self.places, place),
        )

    def _longer(self, section: TypedSection) -> _Written:
        """Put the words at the end of the lesson above."""
        *before, last = self.typed.lessons
        longer = last.having(text=(_together(last.one("text"), section.text),))
        return replace(
            self,
            typed=replace(self.typed, lessons=(*before, longer)),
            source=(*self.source, _source(section, last.key)),
        )

    def _summed_up(self, section: TypedSection) -> _Written:
        fields: Group = self.typed.fields
        summary = _together(fields.one("summary"), section.text)
        return replace(
            self,
            typed=replace(self.typed, fields=fields.having(summary=(summary,))),
            source=(*self.source, _source(section)),
        )


def _source(section: TypedSection, lesson: str = "") -> SourceSection:
    """Give a section as it is kept beside the fields; what is too long for it is told where it becomes a title or text."""
    return SourceSection(
        heading=section.heading[:LINE_LENGTH], text=section.text[:PROSE_LENGTH], lesson=lesson
    )


def _together(*texts: str) -> str:
    return "\n\n".join(text.strip() for text in texts if text.strip())
