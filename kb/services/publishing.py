"""Publishing: from a submission's decision to the case's own revision, whatever crash or other process comes between.

The submission's revision `publishing` is the decision; everybody who finds one carries it out, and the optimistic lock
of the store lets only one succeed at each step.
"""

from __future__ import annotations

from kb.domain.case_study import CaseStatus, CaseStudy
from kb.domain.errors import NotFound, StaleRevision
from kb.domain.identifier import Identifier
from kb.domain.ports import Clock, EntryStore
from kb.domain.record import Kind
from kb.domain.revision import RecordRef, Revision, Save
from kb.domain.submission import Submission
from kb.domain.text import Value
from kb.domain.workflow import Action, SubmissionStatus, after

MOVED_ON = "The case has moved on since this text was begun. Compare both texts, then publish again."


class PublishResult(Value):
    """How it ended: `published`, with the case's id, or not; then the submission is back in review or elsewhere."""

    case: Identifier
    status: SubmissionStatus

    @property
    def published(self) -> bool:
        """Say whether readers have it."""
        return self.status is SubmissionStatus.PUBLISHED


class Publisher:
    """Carries out decisions to publish."""

    def __init__(self, store: EntryStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def carry_out(self, ref: RecordRef) -> PublishResult:
        """Bring a submission that is `publishing` to its end; one that is not stays as it is.

        Raises NotFound where there is no such submission, Damaged where the case cannot be read.
        """
        decision = self._store.current(ref)
        submission = _submission(decision)
        if submission.status is SubmissionStatus.PUBLISHING:
            action = Action.COMPLETE if self._link(decision, submission) else Action.REBASE
            submission = self._conclude(decision, submission, action)
        return PublishResult(case=submission.target, status=submission.status)

    def _link(self, decision: Revision, submission: Submission) -> bool:
        """Save the case's revision; give whether the wanted number bears this submission's text."""
        number = submission.wanted or submission.based_on + 1
        save = Save(
            kind=Kind.CASE_STUDY,
            id=submission.target,
            number=number,
            saved_at=self._clock.now(),
            saved_by=decision.header.saved_by,
            action=Action.PUBLISH,
            note=decision.note,
            submission=decision.ref.id,
            body=_published(submission),
        )
        try:
            self._store.save(save)
        except StaleRevision:
            return self._stands(save)
        return True

    def _stands(self, save: Save) -> bool:
        try:
            return self._store.revision(save.ref, save.number).submission == save.submission
        except NotFound:
            return False

    def _conclude(self, decision: Revision, submission: Submission, action: Action) -> Submission:
        """Save the submission's next revision, or take it as somebody else concluded it."""
        rebased = action is Action.REBASE
        concluded = submission.model_copy(
            update={
                "status": after(action, submission.status),
                "wanted": None if rebased else submission.wanted,
                "source": submission.source if rebased else (),
                "body": self._under_todays_audience(submission) if rebased else submission.body,
            }
        )
        save = Save(
            kind=Kind.SUBMISSION,
            id=decision.ref.id,
            number=decision.number + 1,
            saved_at=self._clock.now(),
            saved_by=decision.header.saved_by,
            action=action,
            note=MOVED_ON if rebased else "",
            body=concluded,
        )
        try:
            self._store.save(save)
        except StaleRevision:
            return _submission(self._store.current(decision.ref))
        return concluded

    def _under_todays_audience(self, submission: Submission) -> CaseStudy:
        """Give the text under the audience that the case has now: it may have been narrowed while this was decided."""
        try:
            case = self._store.current(RecordRef(kind=Kind.CASE_STUDY, id=submission.target)).body
        except NotFound:
            case = None
        audience = case.audience if isinstance(case, CaseStudy) else submission.body.audience
        return submission.body.model_copy(update={"audience": audience})


def _published(submission: Submission) -> CaseStudy:
    """Give the text as readers get it: a case keeps its first author, and what is published is current again."""
    body = submission.body
    update = {
        "author": body.author or submission.author,
        "status": CaseStatus.PUBLISHED,
        "status_reason": "",
        "superseded_by": None,
    }
    return body.model_copy(update=update)


def _submission(revision: Revision) -> Submission:
    """Give the revision's submission; one that was purged, or another kind of record, is no submission to anybody."""
    if not isinstance(revision.body, Submission):
        raise NotFound
    return revision.body
