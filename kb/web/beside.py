"""What stands beside a text while it is written: findings of the checks, what a coordinator asks, where it came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from kb.domain.case_study import CaseStudy
from kb.domain.checks import Objection
from kb.domain.checks.parts import parts
from kb.domain.finding import texts_of
from kb.domain.submission import SourceSection, Submission
from kb.domain.thread import Thread, by_path, waiting
from kb.services.text_checks import TextFinding

AROUND = 60
"""Letters of a text that are shown on each side of what was found; the text itself stands in the field above."""
PLACES = {"period": "period.start"}
"""Where what is said of a part stands that is written in several fields."""


class Piece(NamedTuple):
    """A run of text, with the objection that was found in it and its number, or without any."""

    text: str
    number: int = 0
    objection: Objection | None = None


class Found(NamedTuple):
    """A text with the places that were found in it, numbered in their order; of two that overlap the first is marked."""

    pieces: tuple[Piece, ...]
    objections: tuple[Objection, ...]

    @property
    def words(self) -> str:
        """Give the words that were found."""
        return ", ".join(piece.text for piece in self.pieces if piece.objection)


def found_in(text: str, objections: Iterable[Objection]) -> Found:
    """Mark the places in a text, and leave out what stands far from any of them."""
    ordered = tuple(sorted(objections, key=lambda each: (each.start, each.end)))
    cut = parts(text, ordered)
    last = len(cut) - 1
    return Found(
        tuple(
            Piece(each.text, ordered.index(each.objection) + 1, each.objection)
            if each.objection
            else Piece(_shortened(each.text, place == 0, place == last))
            for place, each in enumerate(cut)
        ),
        ordered,
    )


def _shortened(text: str, first: bool, last: bool) -> str:
    """Leave out the middle of a text between two places that were found, or all but what stands next to one."""
    if len(text) <= 2 * AROUND + 1:
        return text
    before = "" if first else text[:AROUND]
    after = "" if last else text[-AROUND:]
    return f"{before}…{after}"


@dataclass(frozen=True)
class Beside:
    """Everything that stands beside the fields of one text, by their paths."""

    texts: Mapping[str, str] = field(default_factory=dict)
    objections: Mapping[str, tuple[Objection, ...]] = field(default_factory=dict)
    threads: Mapping[str, tuple[Thread, ...]] = field(default_factory=dict)
    sections: tuple[SourceSection, ...] = ()
    """Parts of the document from which the text was read."""

    def found(self, path: str) -> Found | None:
        """Give the text of a field with what was found in it, if anything was."""
        objections = self.objections.get(path, ())
        return found_in(self.texts[path], objections) if objections else None

    def sections_of(self, lesson: str) -> tuple[SourceSection, ...]:
        """Give what a lesson was read from."""
        return tuple(section for section in self.sections if section.lesson == lesson)


def beside(
    body: CaseStudy | None, findings: Iterable[TextFinding], submission: Submission | None = None
) -> Beside:
    """Sort what is known of a text by the fields that it is about."""
    objections: dict[str, list[Objection]] = {}
    for finding in findings:
        objections.setdefault(finding.path, []).append(finding.objection)
    return Beside(
        texts=dict(texts_of(body)) if body else {},
        objections={path: tuple(each) for path, each in objections.items()},
        threads=_by_field(submission) if submission else {},
        sections=submission.source if submission else (),
    )


def _by_field(submission: Submission) -> Mapping[str, tuple[Thread, ...]]:
    found: dict[str, tuple[Thread, ...]] = {}
    for path, threads in by_path(waiting(submission)).items():
        found[_place_of(path)] = (*found.get(_place_of(path), ()), *threads)
    return found


def _place_of(path: str) -> str:
    """Give the path of the field at which remarks about a part stand that has no field of its own."""
    head, _, field = path.rpartition(".")
    return head if field == "same_as" else PLACES.get(path, path)
