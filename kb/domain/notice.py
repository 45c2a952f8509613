"""Notices: what somebody is told of an act on a record, and how much of it is to reach them by mail.

A notice holds ids alone. Title and name are looked up under the recipient's audience at the moment when it is shown or
sent, so that nothing is told that was taken from them since.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from kb.domain.identifier import Identifier
from kb.domain.revision import RecordRef
from kb.domain.text import Value


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
    FOLLOWED = "followed"
    """Something new is found by a concept or country that the reader follows."""
    PRACTICE_CHANGED = "practice-changed"
    """A practice that the reader follows has a new revision."""
    APPLIED = "applied"
    """Somebody applied a practice that the reader follows."""


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


OF_A_DATE = frozenset({Told.REVIEW_DUE, Told.REVIEW_OVERDUE})
"""What no act tells, but the calendar."""
IN_DISCUSSION = frozenset({Told.QUESTION, Told.ANSWER})
"""What is told of a discussion; where it must not be told who wrote, nor is it told when, but for the month."""


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
