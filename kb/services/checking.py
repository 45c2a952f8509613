"""Checking (`kb fsck`): every file and chain, and what records say of each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kb.domain.account import Account
from kb.domain.application import Application
from kb.domain.case_study import CaseStatus, CaseStudy
from kb.domain.concept import Concept, Scheme, concept_id
from kb.domain.discussion import Discussion
from kb.domain.instrument import Instrument
from kb.domain.jurisdiction import Jurisdiction, jurisdiction_id
from kb.domain.lesson import CrossBorderIssue, Difficulty, Lesson, Solution
from kb.domain.operation import Operation, OperationStatus
from kb.domain.permission import Permission, demand
from kb.domain.ports import EntryStore, Finding, Progress, Severity
from kb.domain.practice import Practice
from kb.domain.record import Kind
from kb.domain.reference import Reference
from kb.domain.revision import Body, RecordRef
from kb.domain.subject import discussion_of, subject_of
from kb.domain.submission import Submission
from kb.domain.workflow import CLOSED, SubmissionStatus
from kb.services.derivation import Derivation
from kb.services.indexing import IndexDifference, Indexing

UPDATE = "Run `kb index update`."

Names = tuple[tuple[Scheme, tuple[str, ...]], ...]


class _Known(NamedTuple):
    """What exists: the last number of every record, and the bodies that can be read."""

    last: Mapping[RecordRef, int]
    bodies: Mapping[RecordRef, Body]

    def has(self, kind: Kind, identifier: str) -> bool:
        return RecordRef(kind=kind, id=identifier) in self.last

    def tells(self, unit: str) -> bool:
        """Say whether a case that can be read tells this difficulty."""
        return isinstance(self.lesson(unit), Difficulty)

    def lesson(self, unit: str) -> Lesson | None:
        """Give a lesson of a case that can be read, or None."""
        identifier, _, key = unit.partition("/")
        case = self.bodies.get(RecordRef(kind=Kind.CASE_STUDY, id=identifier))
        return case.lesson(key) if isinstance(case, CaseStudy) else None


class Checking:
    """Checks everything, for operators; mends only what the store can prove."""

    def __init__(self, store: EntryStore, derivation: Derivation, indexing: Indexing) -> None:
        self._store = store
        self._derivation = derivation
        self._indexing = indexing

    def fsck(
        self, actor: Account | None, *, repair: bool = False, progress: Progress | None = None
    ) -> tuple[Finding, ...]:
        """Give what is wrong, the files' own faults first, then what records say of each other, then lists and index."""
        account = demand(actor, Permission.OPERATE)
        files = self._store.verify(repair=repair, progress=progress)
        known = self._known()
        records = (
            Finding(severity=Severity.WARNING, place=str(ref), sentence=sentence)
            for ref, body in known.bodies.items()
            for sentence in _sentences(ref, body, known)
        )
        differences = self._indexing.status(account).differences
        return (*files, *records, *(_finding(difference) for difference in differences))

    def _known(self) -> _Known:
        last = {chain.ref: chain.last for chain in self._store.chains() if chain.last}
        readings = (self._derivation.read(ref) for ref in last)
        bodies = {
            reading.ref: reading.revision.body
            for reading in readings
            if reading.revision and reading.revision.body
        }
        return _Known(last=last, bodies=bodies)


def _finding(difference: IndexDifference) -> Finding:
    place = str(difference.ref)
    if difference.damaged:
        sentence = f"It is kept from view: {difference.damaged}"
        return Finding(severity=Severity.ERROR, place=place, sentence=sentence)
    sentence = (
        f"Files have revision {difference.store}, lists {difference.catalogue}, search {difference.index} "
        f"(0: nothing). {UPDATE}"
    )
    return Finding(severity=Severity.WARNING, place=place, sentence=sentence)


def _sentences(ref: RecordRef, body: Body, known: _Known) -> Iterator[str]:
    yield from _unknown_concepts(body, known)
    match body:
        case CaseStudy():
            yield from _of_case(ref, body, known)
        case Submission():
            yield from _of_submission(body, known)
        case Discussion():
            yield from _of_discussion(ref, body, known)
        case Practice():
            yield from _of_practice(body, known)
        case Application():
            yield from _of_application(body, known)
        case Instrument() | Jurisdiction():
            yield from _of_reference(ref, body, known)
        case Operation(status=OperationStatus.PLANNED):
            yield f"It is planned and not done yet. {UPDATE}"


def _unknown_concepts(body: Body, known: _Known) -> Iterator[str]:
    for scheme, keys in _named(body):
        for key in dict.fromkeys(keys):
            if not known.has(Kind.CONCEPT, concept_id(scheme, key)):
                yield f"It names the {scheme} {key!r}, which is no concept here. Create it, or take it off the record."


def _named(body: Body) -> Names:
    """Give the concepts that a record names, by the scheme that each field is of."""
    match body:
        case CaseStudy():
            return _named_by_case(body)
        case Submission(status=status) if status not in CLOSED:
            return _named_by_case(body.body)
        case Concept():
            linked = (body.broader, *body.related, body.replaced_by)
            return ((body.scheme, tuple(key for key in linked if key)),)
        case Reference():
            return tuple((scheme, keys) for _, scheme, keys in body.concepts())
        case Practice():
            return ((Scheme.DIFFICULTY, body.difficulties), (Scheme.TAG, body.tags))
    return ()


def _named_by_case(case: CaseStudy) -> Names:
    own = ((Scheme.PHENOMENON, case.phenomena), (Scheme.STAGE, case.stages), (Scheme.TAG, case.tags))
    return (*own, *(pair for lesson in case.lessons for pair in _named_by_lesson(lesson)))


def _named_by_lesson(lesson: Lesson) -> Names:
    shared = (
        (Scheme.PARTNER, lesson.partners_helped + lesson.partners_hindered),
        (Scheme.TAG, lesson.tags),
    )
    match lesson:
        case Difficulty():
            stage = (lesson.stage,) if lesson.stage else ()
            return (*shared, (Scheme.DIFFICULTY, lesson.categories), (Scheme.STAGE, stage))
        case CrossBorderIssue():
            return (*shared, (Scheme.CHANNEL, lesson.channels), (Scheme.DIFFICULTY, lesson.obstacles))
    return shared


def _of_discussion(ref: RecordRef, body: Discussion, known: _Known) -> Iterator[str]:
    about = subject_of(body)
    if discussion_of(about) != ref or not known.has(about.kind, about.id):
        yield f"It is about {about}, which is not here under this name. Restore that record, or purge this one."


def _of_case(ref: RecordRef, case: CaseStudy, known: _Known) -> Iterator[str]:
    if case.event and not known.has(Kind.EVENT, case.event):
        yield f"It names the event {case.event!r}, which does not exist. Publish a change that names another or none."
    superseded = case.status is CaseStatus.SUPERSEDED
    if superseded and not (case.superseded_by and known.has(Kind.CASE_STUDY, case.superseded_by)):
        yield "It is superseded by a case that does not exist. Reinstate it, or name the case that tells it better."
    for unit in dict.fromkeys(unit for each in case.difficulties for unit in each.same_as):
        if not known.tells(unit):
            yield f"It names the difficulty {unit!r} as the same as its own, which is not told. Publish a change without it."
    if case.superseded_by == ref.id:
        yield "It is superseded by itself. Reinstate it."


def _of_submission(submission: Submission, known: _Known) -> Iterator[str]:
    last = known.last.get(RecordRef(kind=Kind.CASE_STUDY, id=submission.target), 0)
    if submission.based_on > last and submission.status not in CLOSED:
        yield (
            f"It is a change to revision {submission.based_on} of the case {submission.target!r}, which has {last}. "
            "Restore the case from a backup, or withdraw the submission."
        )
    if submission.status is SubmissionStatus.PUBLISHED and not last:
        yield (
            f"It was published as the case {submission.target!r}, which does not exist. Restore the case from a backup."
        )
    if submission.status is SubmissionStatus.PUBLISHING:
        yield f"Its publishing was interrupted. {UPDATE}"


def _of_reference(ref: RecordRef, body: Instrument | Jurisdiction, known: _Known) -> Iterator[str]:
    match body:
        case Instrument() if not known.has(Kind.CONCEPT, concept_id(Scheme.CHANNEL, ref.id)):
            yield f"There is no channel {ref.id!r} that it could be about. Create the channel, or purge this."
        case Jurisdiction() if jurisdiction_id(body.country) != ref.id:
            yield f"It is about the country {body.country}, and stands under {ref.id!r}. Purge it."


def _of_practice(practice: Practice, known: _Known) -> Iterator[str]:
    for unit in dict.fromkeys(practice.lessons):
        if known.lesson(unit) is None:
            yield f"It names the lesson {unit!r}, which is not told. Change the practice so that it names others."


def _of_application(application: Application, known: _Known) -> Iterator[str]:
    unit = application.solution
    if unit and not isinstance(known.lesson(unit), Solution):
        yield f"It is of the solution {unit!r}, which is not told. Restore the case from a backup, or withdraw this."
    if application.practice and not known.has(Kind.PRACTICE, application.practice):
        yield (
            f"It is of the practice {application.practice!r}, which does not exist. Restore it from a backup, or "
            "withdraw this."
        )
