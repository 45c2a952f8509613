"""Circles: whom an act concerns, and what those are told of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from kb.domain.account import Account, Role
from kb.domain.case_study import CaseStudy
from kb.domain.discussion import Discussion
from kb.domain.event import Event
from kb.domain.marking import Viewer
from kb.domain.notice import Notice, Told
from kb.domain.organising import organises
from kb.domain.revision import Body, RecordRef, Revision
from kb.domain.subject import subject_of
from kb.domain.submission import Purpose, Submission
from kb.domain.workflow import Action


class Scene(NamedTuple):
    """An act, with all who may have to do with it; `before` is the text that it changed, where that is still known."""

    body: Body
    before: Body | None
    people: tuple[Account, ...]
    case: CaseStudy | None
    """The case that is acted on, or talked about."""
    event: Event | None = None
    """The event that is talked about."""


Circle = Callable[[Scene], Iterable[str]]
"""Gives the ids of those whom an act concerns."""


class Telling(NamedTuple):
    """One line of the table: what these people are told."""

    act: Told
    circle: Circle


def _authors(scene: Scene) -> Iterable[str]:
    return scene.body.authors if isinstance(scene.body, Submission) else ()


def _reviewers(scene: Scene) -> Iterable[str]:
    """Give who has the submission, as long as that is a coordinator."""
    submission = scene.body
    if not isinstance(submission, Submission):
        return ()
    named = {submission.reviewer} - {None}
    return [each.id for each in scene.people if each.id in named and Role.COORDINATOR in each.roles]


def _former_reviewer(scene: Scene) -> Iterable[str]:
    return [scene.before.reviewer] if isinstance(scene.before, Submission) and scene.before.reviewer else ()


def _desk(scene: Scene) -> Iterable[str]:
    """Give every coordinator who did not write it, as long as nobody has it."""
    if not isinstance(scene.body, Submission) or _reviewers(scene):
        return ()
    authors = set(_authors(scene))
    return [each.id for each in scene.people if Role.COORDINATOR in each.roles and each.id not in authors]


def _parties(scene: Scene) -> Iterable[str]:
    """Give all who talk about a submission; what coordinators say among themselves is not for those who write it."""
    deciding = [*_reviewers(scene), *_asked(scene.body)]
    said = scene.body.comments[-1:] if isinstance(scene.body, Submission) else ()
    return (
        deciding
        if any(each.purpose in AMONG_COORDINATORS for each in said)
        else [*_authors(scene), *deciding]
    )


def _newly_asked(scene: Scene) -> Iterable[str]:
    known = set(_asked(scene.before))
    return [each for each in _asked(scene.body) if each not in known]


def _newly_named(scene: Scene) -> Iterable[str]:
    known = scene.before.authors if isinstance(scene.before, Submission) else ()
    return [each for each in _authors(scene) if each not in known]


def _asked(body: Body | None) -> Iterable[str]:
    return body.asked if isinstance(body, Submission) else ()


def _owner(scene: Scene) -> Iterable[str]:
    """Give the author of a published case, and the officers of the organisation that owns it; of an event its organisers."""
    case, event = scene.case, scene.event
    if event is not None:
        return [each.id for each in scene.people if organises(each, event)]
    if case is None:
        return ()
    author = [case.author] if case.author else []
    return [*author, *(each.id for each in scene.people if each.viewer.owns(case.owner))]


def _thread(scene: Scene) -> Iterable[str]:
    """Give those who asked or answered where the newest post answers."""
    if not isinstance(scene.body, Discussion):
        return ()
    newest = scene.body.posts[-1]
    return [each.by for each in scene.body.posts if newest.answers in (each.key, each.answers)]


TELLS: dict[Action, tuple[Telling, ...]] = {
    Action.SUBMIT: (Telling(Told.RESUBMITTED, _reviewers), Telling(Told.SUBMITTED, _desk)),
    Action.TAKE: (Telling(Told.TAKEN, _authors), Telling(Told.TAKEN, _former_reviewer)),
    Action.GIVE_BACK: (Telling(Told.SUBMITTED, _desk),),
    Action.HAND_OVER: (Telling(Told.HANDED_OVER, _reviewers),),
    Action.REQUEST_CHANGES: (Telling(Told.CHANGES_REQUESTED, _authors),),
    Action.DECLINE: (Telling(Told.DECLINED, _authors),),
    Action.WITHDRAW: (Telling(Told.WITHDRAWN, _authors),),
    Action.COMPLETE: (Telling(Told.PUBLISHED, _authors),),
    Action.REBASE: (Telling(Told.REBASED, _authors), Telling(Told.REBASED, _reviewers)),
    Action.COMMENT: (Telling(Told.COMMENTED, _parties),),
    Action.ASK: (Telling(Told.ASKED, _newly_asked),),
    Action.CO_AUTHORS: (Telling(Told.NAMED, _newly_named),),
    Action.RETIRE: (Telling(Told.RETIRED, _owner),),
    Action.SUPERSEDE: (Telling(Told.SUPERSEDED, _owner),),
    Action.REINSTATE: (Telling(Told.REINSTATED, _owner),),
    Action.UNPUBLISH: (Telling(Told.UNPUBLISHED, _owner),),
    Action.QUESTION: (Telling(Told.QUESTION, _owner),),
    Action.ANSWER: (Telling(Told.ANSWER, _thread),),
}
"""Who is told what of which act. A withdrawn submission no longer exists for coordinators, so that they are not told."""


AMONG_COORDINATORS = frozenset({Purpose.QUESTION, Purpose.OPINION})
COMPARES = frozenset({Action.TAKE, Action.ASK, Action.CO_AUTHORS})
"""The acts of which only the text before tells whom they are about."""


def tells(action: Action) -> bool:
    """Say whether anybody at all is told of such an act."""
    return action in TELLS


def notices_of(
    revision: Revision, before: Body | None, people: Iterable[Account], about: Body | None = None
) -> Iterator[Notice]:
    """Give the notices of one act: to each whom it concerns, who may see the record, and who did not do it.

    `about` is the subject of a discussion as it is now, since whoever may read that reads this. Nothing else decides than the
    arguments, so that whoever derives the notices again makes the same ones.
    """
    header, body = revision.header, revision.body
    subject = about if isinstance(body, Discussion) else body
    if body is None or subject is None or not tells(header.action):
        return
    case = subject if isinstance(subject, CaseStudy) else None
    event = about if isinstance(about, Event) else None
    scene, told = Scene(body, before, tuple(people), case, event), {header.saved_by}
    by_id = {each.id: each for each in scene.people}
    for telling in TELLS[header.action]:
        for identifier in telling.circle(scene):
            recipient = by_id.get(identifier)
            if recipient is None or identifier in told or not _exists_for(recipient.viewer, subject):
                continue
            told.add(identifier)
            yield Notice(
                key=f"{header.ref}/{header.revision}",
                account=identifier,
                at=header.saved_at,
                act=telling.act,
                subject=_subject(header.ref, body),
                lesson=_lesson(header.action, body),
                by=header.saved_by if _may_know_who(recipient, body, subject) else None,
            )


def _exists_for(viewer: Viewer, body: Body) -> bool:
    return not viewer.unrestricted and viewer.sees(body.readers)


def _subject(ref: RecordRef, body: Body) -> RecordRef:
    """Give what the notice leads to: a discussion is read with its subject."""
    return subject_of(body) if isinstance(body, Discussion) else ref


def _may_know_who(recipient: Account, body: Body, subject: Body) -> bool:
    """Say whether the Chatham House flag leaves it to this recipient to know who acted."""
    viewer = recipient.viewer
    if isinstance(subject, Submission):
        known = viewer.knows_origin(subject.body.audience, subject.body.owner)
        return known or recipient.id in subject.authors
    promised = isinstance(body, Discussion) and body.posts[-1].chatham_house
    return isinstance(subject, CaseStudy | Event) and (
        viewer.owns(subject.owner) if promised else viewer.knows_origin(subject.audience, subject.owner)
    )


def _lesson(action: Action, body: Body) -> str:
    """Give the key of the lesson, question or session that the newest remark or post is about."""
    if isinstance(body, Discussion):
        return body.posts[-1].lesson
    if action is not Action.COMMENT or not isinstance(body, Submission) or not body.comments:
        return ""
    _, _, place = body.comments[-1].about.partition("lessons.")
    return place.partition(".")[0]
