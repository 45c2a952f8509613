"""What stands beside a text while it is written: findings of the checks, what a coordinator asks, where it came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from kb.domain.case_study import CaseStudy
from kb.domain.checks import Objection, Severity
from kb.domain.finding import texts_of
from kb.domain.submission import Comment, Purpose, SourceSection, Submission
from kb.services.text_checks import TextFinding

AROUND = 60
"""Letters of a text that are shown on each side of what was found; the text itself stands in the field above."""
GRAVEST_FIRST = (Severity.BLOCK, Severity.WARN, Severity.HINT)


class Piece(NamedTuple):
    """A run of text with the numbers of what was found in it, none for what is shown around."""

    text: str
    numbers: tuple[int, ...] = ()
    severity: Severity | None = None


class Found(NamedTuple):
    """A text with the places that were found in it, numbered in their order."""

    pieces: tuple[Piece, ...]
    objections: tuple[Objection, ...]


def found_in(text: str, objections: Iterable[Objection]) -> Found:
    """Mark the places in a text; where two overlap, each letter bears the numbers of both."""
    ordered = tuple(sorted(objections, key=lambda each: (each.start, each.end)))
    cuts = sorted({0, len(text), *(cut for each in ordered for cut in (each.start, each.end))})
    pieces = [_piece(text, ordered, start, end) for start, end in pairwise(cuts)]
    last = len(pieces) - 1
    return Found(
        tuple(_shortened(each, place == 0, place == last) for place, each in enumerate(pieces)), ordered
    )


def _piece(text: str, objections: tuple[Objection, ...], start: int, end: int) -> Piece:
    here = {
        number: each.severity
        for number, each in enumerate(objections, start=1)
        if each.start <= start and end <= each.end
    }
    gravest = next((severity for severity in GRAVEST_FIRST if severity in here.values()), None)
    return Piece(text[start:end], tuple(here), gravest)


def _shortened(piece: Piece, first: bool, last: bool) -> Piece:
    """Leave out the middle of what is far from anything found."""
    text = piece.text
    if piece.numbers or len(text) <= 2 * AROUND + 1:
        return piece
    before = "" if first else text[:AROUND]
    after = "" if last else text[-AROUND:]
    return piece._replace(text=f"{before}…{after}")


class Thread(NamedTuple):
    """A remark that is not dealt with yet, and what was answered."""

    remark: Comment
    answers: tuple[Comment, ...]


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
        threads=_threads(submission.comments) if submission else {},
        sections=submission.source if submission else (),
    )


def _threads(comments: tuple[Comment, ...]) -> Mapping[str, tuple[Thread, ...]]:
    """Give the open remarks by what they are about; what coordinators say among themselves is not among them."""
    told = [each for each in comments if each.purpose in {Purpose.REMARK, Purpose.DECISION}]
    open_ones = [each for each in told if not each.answers and each.resolved_at is None]
    found: dict[str, list[Thread]] = {}
    for remark in open_ones:
        answers = tuple(each for each in told if each.answers == remark.key)
        found.setdefault(remark.about, []).append(Thread(remark, answers))
    return {path: tuple(each) for path, each in found.items()}
