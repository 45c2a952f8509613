"""The life of a submission and of a published case, as tables.

draft -> submitted -> in review -> published; from review also back to the presenter, or declined with a reason.
`publishing` is the moment between the submission's decision and the case's new revision; a crash in it is rolled forward.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from kb.domain.errors import Invalid, WrongState


class SubmissionStatus(StrEnum):
    """Where a submission stands."""

    DRAFT = "draft"
    """Seen by its author and co-authors only; not submitted yet."""
    SUBMITTED = "submitted"
    IN_REVIEW = "in-review"
    CHANGES_REQUESTED = "changes-requested"
    PUBLISHING = "publishing"
    PUBLISHED = "published"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


CLOSED = frozenset({SubmissionStatus.PUBLISHED, SubmissionStatus.DECLINED, SubmissionStatus.WITHDRAWN})
"""No step leads out of these; earlier revisions of a closed submission become tombstones."""
WITH_COORDINATORS = frozenset(
    {
        SubmissionStatus.SUBMITTED,
        SubmissionStatus.IN_REVIEW,
        SubmissionStatus.CHANGES_REQUESTED,
        SubmissionStatus.PUBLISHING,
    }
)
"""From submission to decision coordinators see it."""
EDITABLE = frozenset({SubmissionStatus.DRAFT, SubmissionStatus.CHANGES_REQUESTED})
"""The author may change the text."""


class Action(StrEnum):
    """What a revision did; it stands in the revision's header and in the audit log."""

    CREATE = "create"
    EDIT = "edit"
    SUBMIT = "submit"
    TAKE = "take"
    REQUEST_CHANGES = "request-changes"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    APPROVE = "approve"
    """The submission's decision to publish; the case's own revision follows."""
    COMPLETE = "complete"
    """The case's revision stands, the submission is closed."""
    REBASE = "rebase"
    """The case has moved on: back to review, to be compared with what stands now."""
    COMMENT = "comment"
    """A remark on the submission, a lesson or a field, or an answer to one."""
    RESOLVE = "resolve"
    """A remark was dealt with, or taken up again."""
    ASK = "ask"
    """A second coordinator was asked for an opinion."""
    OVERRIDE = "override"
    """A reviewer let a warning pass, with a reason."""
    CO_AUTHORS = "co-authors"
    """Who else writes the submission was changed."""
    PUBLISH = "publish"
    """A revision of the published chain."""
    IMPORT = "import"
    RETAG = "retag"
    RETIRE = "retire"
    SUPERSEDE = "supersede"
    REINSTATE = "reinstate"
    UNPUBLISH = "unpublish"
    """Taken from readers: the case exists for its owner's organisation alone."""
    CONFIRM = "confirm"
    """Its owner says that it is still true."""
    WIDEN = "widen"
    NARROW = "narrow"
    RENAME = "rename"
    ADOPT = "adopt"
    QUESTION = "question"
    """A question about something published."""
    ANSWER = "answer"
    PURGE = "purge"


class Step(NamedTuple):
    """One allowed step: from which statuses, by which action, to which."""

    sources: frozenset[SubmissionStatus]
    target: SubmissionStatus
    needs_reason: bool = False


_S = SubmissionStatus
STEPS: dict[Action, Step] = {
    Action.EDIT: Step(EDITABLE, _S.DRAFT),
    Action.SUBMIT: Step(EDITABLE, _S.SUBMITTED),
    Action.TAKE: Step(frozenset({_S.SUBMITTED}), _S.IN_REVIEW),
    Action.REQUEST_CHANGES: Step(frozenset({_S.IN_REVIEW}), _S.CHANGES_REQUESTED, needs_reason=True),
    Action.DECLINE: Step(frozenset({_S.IN_REVIEW}), _S.DECLINED, needs_reason=True),
    Action.WITHDRAW: Step(frozenset({_S.DRAFT, _S.SUBMITTED, _S.CHANGES_REQUESTED}), _S.WITHDRAWN),
    Action.APPROVE: Step(frozenset({_S.IN_REVIEW}), _S.PUBLISHING),
    Action.COMPLETE: Step(frozenset({_S.PUBLISHING}), _S.PUBLISHED),
    Action.REBASE: Step(frozenset({_S.PUBLISHING}), _S.IN_REVIEW),
}
"""Editing keeps the status it finds (a draft stays one, requested changes stay requested); see `after`."""


def after(action: Action, status: SubmissionStatus, reason: str = "") -> SubmissionStatus:
    """Give the status that `action` leads to from `status`; raises WrongState, or Invalid when a reason is missing."""
    step = STEPS[action]
    if status not in step.sources:
        raise WrongState(
            f"This submission is {status.value.replace('-', ' ')}; that step is not possible now. Reload the page."
        )
    if step.needs_reason and not reason.strip():
        raise Invalid(("reason", "Say why, so that the presenter can go on."))
    return status if action is Action.EDIT else step.target
