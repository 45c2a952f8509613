"""A document on its way into a draft: its sections as they were read, then as the presenter says what each is.

Everything travels on the page itself: between the upload and the draft the server keeps nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage, MultiDict

from kb.domain.case_study import CaseStudy
from kb.domain.checks import objections
from kb.domain.document import FILE, DropKind, Dropped
from kb.domain.errors import Invalid
from kb.domain.heading_words import LESSONS, Use
from kb.domain.proposal import proposals
from kb.domain.sections import Paper
from kb.domain.submission import SourceSection
from kb.web.beside import Found, found_in
from kb.web.forms.base import STATUS_OF, Form
from kb.web.forms.case import CaseForm
from kb.web.forms.template import filled_in
from kb.web.forms.template_words import Terms
from kb.web.forms.written import TypedSection, named_in, sections_of, written_of

Result = TypeVar("Result")
Save = Callable[[CaseStudy, tuple[SourceSection, ...]], Result]
_SECTION = re.compile(r"sections-(\d{1,3})-(heading|text|use|slide|spoken|field)")
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
        """Give the page on which a paper is looked over, with the proposals chosen; a filled-in form has its own."""
        if (fields := filled_in(paper)) is not None:
            return cls(named_in(fields), paper.language, sections_of(fields), paper.dropped)
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
        self,
        blank: CaseStudy,
        terms: Terms,
        save: Save[Result],
        persons: Callable[[Collection[str]], Mapping[str, str]],
    ) -> Result | None:
        """Make a draft of what is kept; None means that the page is to be shown again, every word on it."""
        for place in self.found:
            self.note(place, _("Mend what is marked below: nothing of it is kept until then."))
        if objections(self.title):
            self.note(None, _("Mend the title: it names what leads to one person or one file."))
        written = written_of(self.title, self.language, self.sections, blank, terms)
        for place, problem in written.problems:
            self.note(place, problem)
        if self.errors:
            self.status = STATUS_OF[Invalid]
            return None
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
        field=words.get("field", ""),
    )


def _told(section: TypedSection) -> Iterator[Found]:
    for text in (section.heading, section.text):
        if blocking := objections(text):
            yield found_in(text, blocking)
