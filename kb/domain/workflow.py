"""The life of a submission and of a published case: which act leads from where to where, whose it is, and whether it needs a reason.

draft -> submitted -> in review -> published; from review also back to the presenter, or declined with a reason.
`publishing` is the moment between the submission's decision and the case's new revision; a crash in it is rolled forward.
Services ask these tables and nothing else.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

from kb.domain.case_study import CaseStatus
from kb.domain.errors import Invalid, WrongState
from kb.domain.permission import Permission


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
DISCUSSED = WITH_COORDINATORS - {SubmissionStatus.PUBLISHING}
"""Authors and coordinators talk about it."""
EDITABLE = frozenset({SubmissionStatus.DRAFT, SubmissionStatus.CHANGES_REQUESTED})
"""The author may change the text."""


class Action(StrEnum):
    """What a revision did; it stands in the revision's header and in the audit log."""

    CREATE = "create"
    EDIT = "edit"
    SUBMIT = "submit"
    TAKE = "take"
    """A coordinator has it now, whoever had it before."""
    GIVE_BACK = "give-back"
    """Who had it lets another coordinator take it."""
    HAND_OVER = "hand-over"
    """Who had it gives it to another coordinator."""
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
    CANCEL = "cancel"
    """An event does not take place."""
    CONFIRM = "confirm"
    """Its owner says that it is still true."""
    WIDEN = "widen"
    NARROW = "narrow"
    RENAME = "rename"
    PROPOSE = "propose"
    ADOPT = "adopt"
    REFUSE = "refuse"
    """A proposal was not adopted."""
    MERGE = "merge"
    """A concept was merged into another, which takes its place wherever it stands."""
    PLACE = "place"
    """A concept was put under a broader one, or taken from under it."""
    SPLIT = "split"
    UNDO = "undo"
    """What an earlier act changed was taken back, and nothing else."""
    ENDORSE = "endorse"
    """Another coordinator stands for a practice of the register."""
    QUESTION = "question"
    """A question about something published."""
    ANSWER = "answer"
    HIDE = "hide"
    """A coordinator took a question or an answer out of view, with a reason."""
    PURGE = "purge"


S = TypeVar("S", SubmissionStatus, CaseStatus)


class Step(NamedTuple, Generic[S]):
    """One act: from which statuses, to which, and by whom; without a target it keeps the status that it finds."""

    sources: frozenset[S]
    target: S | None
    by: Permission
    ask: str = ""
    """What is said where the reason is missing; empty where none is needed."""


_S, _C = SubmissionStatus, CaseStatus
_TO_THE_PRESENTER = "Say why, so that the presenter can go on."
_TO_READERS = "Say why; readers of the history will ask."
_OPEN = frozenset(_S) - CLOSED - {_S.PUBLISHING}
_IN_REVIEW = frozenset({_S.IN_REVIEW})
_PUBLISHING = frozenset({_S.PUBLISHING})

STEPS: dict[Action, Step[SubmissionStatus]] = {
    Action.EDIT: Step(EDITABLE, None, Permission.EDIT_SUBMISSION),
    Action.SUBMIT: Step(EDITABLE, _S.SUBMITTED, Permission.EDIT_SUBMISSION),
    Action.WITHDRAW: Step(_OPEN, _S.WITHDRAWN, Permission.EDIT_SUBMISSION),
    Action.CO_AUTHORS: Step(_OPEN, None, Permission.NAME_CO_AUTHORS),
    Action.COMMENT: Step(DISCUSSED, None, Permission.COMMENT),
    Action.RESOLVE: Step(DISCUSSED, None, Permission.RESOLVE),
    Action.TAKE: Step(frozenset({_S.SUBMITTED, _S.IN_REVIEW}), _S.IN_REVIEW, Permission.TAKE_SUBMISSION),
    Action.GIVE_BACK: Step(_IN_REVIEW, _S.SUBMITTED, Permission.DECIDE),
    Action.HAND_OVER: Step(_IN_REVIEW, None, Permission.DECIDE),
    Action.ASK: Step(_IN_REVIEW, None, Permission.DECIDE, "Say what you want to know."),
    Action.OVERRIDE: Step(_IN_REVIEW, None, Permission.DECIDE, "Say why this may stay."),
    Action.REQUEST_CHANGES: Step(_IN_REVIEW, _S.CHANGES_REQUESTED, Permission.DECIDE, _TO_THE_PRESENTER),
    Action.DECLINE: Step(_IN_REVIEW, _S.DECLINED, Permission.DECIDE, _TO_THE_PRESENTER),
    Action.APPROVE: Step(_IN_REVIEW, _S.PUBLISHING, Permission.DECIDE),
    Action.COMPLETE: Step(_PUBLISHING, _S.PUBLISHED, Permission.OPERATE),
    Action.REBASE: Step(_PUBLISHING, _S.IN_REVIEW, Permission.OPERATE),
}
"""The life of a submission. The last two follow by themselves from the decision, at nobody's wish. Taking one that another coordinator has is allowed, and seen by everybody: people fall ill."""
CASE_STEPS: dict[Action, Step[CaseStatus]] = {
    Action.PUBLISH: Step(frozenset({_C.PUBLISHED, _C.UNPUBLISHED}), _C.PUBLISHED, Permission.PROPOSE_CHANGE),
    Action.RETAG: Step(frozenset(_C), None, Permission.TAG_CASE),
    Action.WIDEN: Step(frozenset(_C), None, Permission.REMARK_CASE, _TO_READERS),
    Action.NARROW: Step(frozenset(_C), None, Permission.REMARK_CASE, _TO_READERS),
    Action.CONFIRM: Step(frozenset({_C.PUBLISHED}), None, Permission.CONFIRM_CASE),
    Action.RETIRE: Step(
        frozenset({_C.PUBLISHED, _C.SUPERSEDED}), _C.RETIRED, Permission.RETIRE_CASE, _TO_READERS
    ),
    Action.SUPERSEDE: Step(
        frozenset({_C.PUBLISHED, _C.RETIRED}), _C.SUPERSEDED, Permission.RETIRE_CASE, _TO_READERS
    ),
    Action.UNPUBLISH: Step(
        frozenset(_C) - {_C.UNPUBLISHED}, _C.UNPUBLISHED, Permission.RETIRE_CASE, _TO_READERS
    ),
    Action.REINSTATE: Step(frozenset(_C) - {_C.PUBLISHED}, _C.PUBLISHED, Permission.RETIRE_CASE, _TO_READERS),
}
"""The life of a published case. `PUBLISH` is the next text, written as a change: who may write one is what stands here."""


def after(action: Action, status: SubmissionStatus, reason: str = "") -> SubmissionStatus:
    """Give the status that `action` leads to from `status`; raises WrongState, or Invalid when a reason is missing."""
    return _after(STEPS[action], "submission", status, reason)


def case_after(action: Action, status: CaseStatus, reason: str = "") -> CaseStatus:
    """Give where a published case stands after `action`; raises WrongState, or Invalid when a reason is missing."""
    return _after(CASE_STEPS[action], "case", status, reason)


def _after(step: Step[S], noun: str, status: S, reason: str) -> S:
    if status not in step.sources:
        raise WrongState(
            f"This {noun} is {status.value.replace('-', ' ')}; that step is not possible now. Reload the page."
        )
    if step.ask and not reason.strip():
        raise Invalid(("reason", step.ask))
    return step.target or status
