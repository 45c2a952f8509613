"""Notices: what somebody is told of an act on a record, and how much of it is to reach them by mail.

A notice holds ids alone. Title and name are looked up under the recipient's audience at the moment when it is shown or
sent, so that nothing is told that was taken from them since.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from kb.domain.account import Account, Role
from kb.domain.case_study import CaseStudy
from kb.domain.identifier import Identifier
from kb.domain.marking import Viewer
from kb.domain.revision import Body, RecordRef, Revision
from kb.domain.submission import Purpose, Submission
from kb.domain.text import Value
from kb.domain.workflow import Action


class Told(StrEnum):
    """What is told."""

    SUBMITTED = "submitted"
    """A submission waits for a coordinator."""
    RESUBMITTED = "resubmitted"
    """What was sent back comes again."""
    TAKEN = "taken"
    HANDED_OVER = "handed-over"
    """Another coordinator gave it into the reader's hands."""
    CHANGES_REQUESTED = "changes-requested"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    PUBLISHED = "published"
    REBASED = "rebased"
    """The case has moved on meanwhile; nothing was published."""
    COMMENTED = "commented"
    ASKED = "asked"
    """A second coordinator is asked to look."""
    NAMED = "named"
    """Somebody is a co-author now."""
    RETIRED = "retired"
    SUPERSEDED = "superseded"
    REINSTATED = "reinstated"
    UNPUBLISHED = "unpublished"
    QUESTION = "question"
    ANSWER = "answer"
    REVIEW_DUE = "review-due"
    """Is it still true? The date for looking at it again is near."""
    REVIEW_OVERDUE = "review-overdue"


ASKING = frozenset(
    {
        Told.SUBMITTED,
        Told.RESUBMITTED,
        Told.HANDED_OVER,
        Told.CHANGES_REQUESTED,
        Told.ASKED,
        Told.QUESTION,
        Told.REVIEW_DUE,
        Told.REVIEW_OVERDUE,
    }
)
"""What waits for the recipient to do something; it stands before what is only good to know."""


class MailState(StrEnum):
    """How far a notice is on its way by mail."""

    DUE = "due"
    """To be sent, at once or with the next digest."""
    SENT = "sent"
    DROPPED = "dropped"
    """Not to be sent: read before, not wished for, or no longer to be seen by the recipient."""


class MailMode(StrEnum):
    """How somebody wishes to be told outside the application."""

    AT_ONCE = "at-once"
    DAILY = "daily"
    """Once a day, all together."""
    NEVER = "never"


class Notice(Value):
    """One act, told to one account; `key` is unique for the account, so that nothing is told twice."""

    key: str
    account: Identifier
    at: dt.datetime
    act: Told
    subject: RecordRef
    lesson: str = ""
    by: Identifier | None = None
    """Who acted; None where nobody did, or where the recipient must not know."""
    read_at: dt.datetime | None = None
    mail: MailState = MailState.DUE
    tries: int = 0
    failure: str = ""
    """Why the last try to send it failed."""


class Wishes(Value):
    """How an account wishes to be told; `unmailed` are acts that it finds in its inbox alone."""

    mail: MailMode = MailMode.AT_ONCE
    unmailed: frozenset[Told] = frozenset()
    digest_at: dt.datetime | None = None
    """When it was last sent a digest."""

    def wants(self, act: Told) -> bool:
        """Say whether this act is to be mailed, sooner or later."""
        return self.mail is not MailMode.NEVER and act not in self.unmailed


class Scene(NamedTuple):
    """An act, with all who may have to do with it; `before` is the text that it changed, where that is still known."""

    body: Body
    before: Body | None
    people: tuple[Account, ...]


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
    """Give the author of a published case, and the officers of the organisation that owns it."""
    case = scene.body
    if not isinstance(case, CaseStudy):
        return ()
    author = [case.author] if case.author else []
    return [*author, *(each.id for each in scene.people if each.viewer.owns(case.owner))]


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
}
"""Who is told what of which act. A withdrawn submission no longer exists for coordinators, so that they are not told."""


AMONG_COORDINATORS = frozenset({Purpose.QUESTION, Purpose.OPINION})
COMPARES = frozenset({Action.TAKE, Action.ASK, Action.CO_AUTHORS})
"""The acts of which only the text before tells whom they are about."""


def tells(action: Action) -> bool:
    """Say whether anybody at all is told of such an act."""
    return action in TELLS


def notices_of(revision: Revision, before: Body | None, people: Iterable[Account]) -> Iterator[Notice]:
    """Give the notices of one act: to each whom it concerns, who may see the record, and who did not do it.

    Nothing else decides than the arguments, so that whoever derives them again makes the same ones.
    """
    header, body = revision.header, revision.body
    if body is None or not tells(header.action):
        return
    scene, told = Scene(body, before, tuple(people)), {header.saved_by}
    by_id = {each.id: each for each in scene.people}
    for telling in TELLS[header.action]:
        for identifier in telling.circle(scene):
            recipient = by_id.get(identifier)
            if recipient is None or identifier in told or not _exists_for(recipient.viewer, body):
                continue
            told.add(identifier)
            yield Notice(
                key=f"{header.ref}/{header.revision}",
                account=identifier,
                at=header.saved_at,
                act=telling.act,
                subject=header.ref,
                lesson=_lesson(header.action, body),
                by=header.saved_by if _may_know_who(recipient, body) else None,
            )


def _exists_for(viewer: Viewer, body: Body) -> bool:
    return not viewer.unrestricted and viewer.sees(body.readers)


def _may_know_who(recipient: Account, body: Body) -> bool:
    """Say whether the Chatham House flag leaves it to this recipient to know who acted."""
    if isinstance(body, Submission):
        return recipient.id in body.authors or recipient.viewer.knows_origin(
            body.body.audience, body.body.owner
        )
    return isinstance(body, CaseStudy) and recipient.viewer.knows_origin(body.audience, body.owner)


def _lesson(action: Action, body: Body) -> str:
    """Give the key of the lesson that the newest remark is about."""
    if action is not Action.COMMENT or not isinstance(body, Submission) or not body.comments:
        return ""
    _, _, place = body.comments[-1].about.partition("lessons.")
    return place.partition(".")[0]
