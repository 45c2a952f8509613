"""What is done in the register: practices distilled from lessons, and applications of practices and solutions."""

from __future__ import annotations

from collections.abc import Callable

from kb.domain.errors import NotFound
from kb.domain.lesson import Outcome
from kb.domain.practice import Practice, PracticeStatus
from kb.domain.record import Kind
from kb.services.applications import Subject, Told
from tests.crawl.doing import Doing
from tests.crawl.told import one_of


def _propose(doing: Doing) -> None:
    """Distil a practice from a lesson of a case, for whoever may read the case."""
    name = doing.pick(Kind.CASE_STUDY)
    lesson = one_of(doing.kb.cases.get(doing.actor, name).case.lessons, doing.which)
    doing.kb.practice_acts.propose(doing.actor, _words(doing, f"{name}/{lesson.key}"))


def _tend(doing: Doing) -> None:
    """Endorse a practice, change it, retire it or bring it back, whichever can be done."""
    view, acts = doing.kb.practices.get(doing.actor, doing.pick(Kind.PRACTICE)), doing.kb.practice_acts
    match view.practice.status:
        case PracticeStatus.PROPOSED:
            acts.endorse(doing.actor, view.id, view.revision)
        case PracticeStatus.RETIRED:
            acts.reinstate(doing.actor, view.id, view.revision, doing.word())
        case _ if doing.told.quiet:
            acts.retire(doing.actor, view.id, view.revision, doing.word())
        case _:
            acts.edit(doing.actor, view.id, view.revision, _words(doing, *view.practice.rests_on))


def _words(doing: Doing, *lessons: str) -> Practice:
    begun = doing.kb.practice_acts.begun(doing.actor, lessons)
    return doing.canaries.sown(
        Practice, audience=begun.audience, rests_on=begun.rests_on, contradicted_by=(), review_by=None
    )


def _remark(doing: Doing) -> None:
    view = doing.kb.practices.get(doing.actor, doing.pick(Kind.PRACTICE))
    doing.kb.practice_acts.remark(doing.actor, view.id, view.revision, doing.audience, doing.word())


def _apply(doing: Doing) -> None:
    """Say that one applied a practice, or a solution of a case."""
    subject = _practice(doing) if doing.told.quiet else _solution(doing)
    doing.kb.applications.apply(doing.actor, subject, _told(doing, subject))


def _practice(doing: Doing) -> Subject:
    return doing.kb.applications.subject(doing.actor, practice=doing.pick(Kind.PRACTICE))


def _solution(doing: Doing) -> Subject:
    name = doing.pick(Kind.CASE_STUDY)
    solutions = doing.kb.cases.get(doing.actor, name).case.solutions
    if not solutions:
        raise NotFound
    return doing.kb.applications.subject(doing.actor, solution=f"{name}/{one_of(solutions, doing.which).key}")


def _told(doing: Doing, subject: Subject) -> Told:
    return Told(
        outcome=one_of([*Outcome], doing.which),
        month=doing.kb.applications.this_month(),
        note=doing.word(),
        marking=one_of(subject.offered, doing.told.variant),
        chatham_house=doing.told.quiet,
    )


def _answer_for(doing: Doing) -> None:
    """Correct what one has said so, or take it back."""
    view, acts = doing.kb.applications.get(doing.actor, doing.pick(Kind.APPLICATION)), doing.kb.applications
    if doing.told.quiet:
        acts.withdraw(doing.actor, view.id, view.revision)
    else:
        about = view.application
        subject = acts.subject(doing.actor, practice=about.practice, solution=about.solution)
        acts.correct(doing.actor, view.id, view.revision, _told(doing, subject))


REGISTER_ACTS: dict[str, Callable[[Doing], object]] = {
    "propose a practice": _propose,
    "remark a practice": _remark,
    "tend a practice": _tend,
    "apply": _apply,
    "answer for an application": _answer_for,
}
