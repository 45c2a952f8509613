"""The chain of a submission: reading it in the form shown to somebody, and taking one step of its workflow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

from kb.domain.account import Account, Role
from kb.domain.case_study import CaseStudy
from kb.domain.errors import NotFound, StaleRevision
from kb.domain.marking import Marking
from kb.domain.permission import Permission, Relation, demand, permits
from kb.domain.ports import AccountStore, Clock, Randomness
from kb.domain.record import Kind
from kb.domain.revision import RecordRef, Revision
from kb.domain.submission import Comment, Purpose, Submission
from kb.domain.thread import threads
from kb.domain.workflow import CLOSED, STEPS, Action, after
from kb.services.cases import case_ref
from kb.services.records import HistoryLine, Records, body_as, named
from kb.services.saving import Saving
from kb.services.submission_view import SubmissionView


class SubmissionChain:
    """What writing and reviewing share."""

    def __init__(
        self,
        records: Records,
        saving: Saving,
        accounts: AccountStore,
        randomness: Randomness,
        clock: Clock,
    ) -> None:
        self._records = records
        self._saving = saving
        self._accounts = accounts
        self._randomness = randomness
        self._clock = clock

    def open(self, actor: Account | None, identifier: str) -> tuple[Account, Revision, Submission]:
        """Give the acting account, the current revision and its body; raises NotFound."""
        account = demand(actor, Permission.READ)
        revision = self._records.current(account, submission_ref(identifier))
        return account, revision, body_as(Submission, revision)

    def opened_for(
        self, actor: Account | None, identifier: str, number: int, action: Action, thread: str = ""
    ) -> tuple[Account, Revision, Submission]:
        """Give what `open` does to somebody who may act on revision `number` now.

        Raises StaleRevision where another revision came since, Forbidden, or WrongState; `thread` names the comment
        that the act is about.
        """
        account, revision, submission = self.open(actor, identifier)
        if number != revision.number:
            raise StaleRevision(Kind.SUBMISSION, identifier, number + 1)
        demand(account, STEPS[action].by, *stands(account, submission, thread))
        return account, revision, submission

    def comment(
        self, account: Account, submission: Submission, text: str, purpose: Purpose, **given: str | None
    ) -> Comment:
        """Give what the account says now about the round that is being read."""
        said = {"at": self.now(), "by": account.id, "round": submission.round, "text": text}
        return Comment.model_validate({**said, "purpose": purpose, **given})

    def now(self) -> dt.datetime:
        """Give the moment at which something is done."""
        return self._clock.now()

    def begin(self, account: Account, submission: Submission, note: str = "") -> SubmissionView:
        """Save the first revision of a new submission."""
        ref = RecordRef(kind=Kind.SUBMISSION, id=self._randomness.identifier())
        self._saving.save(account, ref, 1, submission, action=Action.CREATE, note=note)
        return self.read(account, ref.id)

    def step(
        self,
        account: Account,
        revision: Revision,
        action: Action,
        update: Mapping[str, object],
        *,
        note: str = "",
    ) -> SubmissionView:
        """Save the next revision, in the status that `action` leads to; raises WrongState or StaleRevision.

        Who loses sight of a submission by their own step (a coordinator who declines) sees that act once more.
        """
        submission = body_as(Submission, revision)
        status = after(action, submission.status, note)
        dropped = {"source": ()} if status in CLOSED else {}
        changed = Submission.model_validate(
            submission.model_copy(update={**update, **dropped, "status": status}).model_dump()
        )
        saved = self._saving.save(
            account, revision.ref, revision.number + 1, changed, action=action, note=note
        )
        return self.view(account, Revision(header=saved.header, note=note, body=changed))

    def read(self, account: Account, identifier: str) -> SubmissionView:
        """Give the submission as it stands, in the form shown to the account; raises NotFound."""
        return self.view(account, self._records.current(account, submission_ref(identifier)))

    def view(self, account: Account, revision: Revision) -> SubmissionView:
        """Give this revision in the form shown to the account, which the caller has found to be allowed to see it."""
        full = body_as(Submission, revision)
        shown = full.shown_to(account.viewer)
        shown = shown.model_copy(update={"body": self._records.as_read(account, shown.body)})
        names = dict(self.names(_people(shown)))
        base, now, published = self._published(account, full)
        return SubmissionView(
            id=revision.ref.id,
            revision=revision.number,
            saved_at=revision.header.saved_at,
            submission=shown,
            author=names.get(shown.author, ""),
            reviewer=names.get(shown.reviewer or "", ""),
            people=names,
            steps=_steps(account, full),
            resolvable=_resolvable(account, full),
            read_before=self._read_before(account, revision, full),
            is_change=full.based_on > 0,
            base=base,
            now=now,
            published=published,
        )

    def problems(self, submission: Submission) -> tuple[tuple[str, str], ...]:
        """Give what stands against submitting it: in the text, among those who write it, and among those who review."""
        return (
            *submission.body.problems,
            *self._author_problems(submission),
            *self._reviewer_problems(submission),
        )

    def _author_problems(self, submission: Submission) -> tuple[tuple[str, str], ...]:
        """Give who writes along though the marking, as it is by now, keeps them out."""
        people = self._accounts.named(submission.co_authors).values()
        left_out = [each.name for each in people if not may_write_with(each, submission)]
        sentence = (
            "The marking leaves out who writes this too: {}. Remove them, or let the marking name them."
        )
        return (("co_authors", sentence.format(", ".join(left_out))),) if left_out else ()

    def _reviewer_problems(self, submission: Submission) -> tuple[tuple[str, str], ...]:
        """Give what stands against a review: a RED submission is seen, and so decided, by named coordinators alone."""
        audience = submission.body.audience
        if audience.marking is not Marking.RED:
            return ()
        named = self._accounts.named(audience.persons).values()
        if any(permits(each, Permission.REVIEW, *stands(each, submission)) for each in named):
            return ()
        sentence = "Name a coordinator who did not write this: nobody else could review a RED submission."
        return (("audience.persons", sentence),)

    def names(self, identifiers: Collection[str]) -> Mapping[str, str]:
        """Give the names of these persons, as far as they have an account."""
        return {each.id: each.name for each in self._accounts.named(identifiers).values()}

    def since(self, actor: Account | None, identifier: str, number: int) -> tuple[HistoryLine, ...]:
        """Give what was done to a submission after revision `number`, in the order in which it was."""
        lines = self._records.history(actor, submission_ref(identifier))
        return tuple(line for line in reversed(lines) if line.number > number)

    def _read_before(self, account: Account, revision: Revision, submission: Submission) -> CaseStudy | None:
        if submission.read_before is None:
            return None
        try:
            read = self._records.revision(account, revision.ref, submission.read_before)
        except NotFound:
            return None
        body = body_as(Submission, read).body
        if Relation.AUTHOR not in stands(account, submission):
            body = body.shown_to(account.viewer, submission.body)
        return self._records.as_read(account, body)

    def _published(
        self, account: Account, submission: Submission
    ) -> tuple[CaseStudy | None, CaseStudy | None, int]:
        """Give the base of a change, the published text now and its number, each as far as the reader may see it."""
        if not submission.based_on:
            return None, None, 0
        ref = case_ref(submission.target)
        try:
            now = self._records.current(account, ref)
            base = self._records.revision(account, ref, submission.based_on)
        except NotFound:
            return None, None, 0
        today = body_as(CaseStudy, now)
        shown = [
            self._records.as_read(account, body_as(CaseStudy, each).shown_to(account.viewer, today))
            for each in (base, now)
        ]
        return shown[0], shown[1], now.number


def stands(account: Account, submission: Submission, thread: str = "") -> frozenset[Relation]:
    """Say how the account stands to a submission, and to one comment on it."""
    commented = {comment.key: comment.by for comment in submission.comments}
    found = {
        Relation.AUTHOR: account.id in submission.authors,
        Relation.FIRST_AUTHOR: account.id == submission.author,
        Relation.REVIEWER: account.id == submission.holder and Role.COORDINATOR in account.roles,
        Relation.COMMENTER: commented.get(thread) == account.id,
    }
    return frozenset(relation for relation, holds in found.items() if holds)


def may_write_with(person: Account, submission: Submission) -> bool:
    """Say whether somebody may be a co-author: whom the marking lets in, and for a change one of the owner's own."""
    case = submission.body
    owns = person.viewer.owns(case.owner) or not submission.based_on
    return owns and person.is_officer and person.viewer.sees(case.audience.readers(case.owner))


def _steps(account: Account, submission: Submission) -> frozenset[Action]:
    found = stands(account, submission)
    return frozenset(
        action
        for action, step in STEPS.items()
        if submission.status in step.sources and permits(account, step.by, *found)
    )


def _resolvable(account: Account, submission: Submission) -> frozenset[str]:
    step = STEPS[Action.RESOLVE]
    if submission.status not in step.sources:
        return frozenset()
    keys = [each.key for each in threads(submission.comments) if not each.is_question]
    return frozenset(key for key in keys if permits(account, step.by, *stands(account, submission, key)))


def _people(shown: Submission) -> frozenset[str]:
    named = (shown.author, *shown.co_authors, shown.reviewer, *shown.asked)
    said = (person for comment in shown.comments for person in (comment.by, comment.resolved_by))
    passed = (override.by for override in shown.overrides)
    return frozenset(filter(None, (*named, *said, *passed)))


def submission_ref(identifier: str) -> RecordRef:
    """Name a submission."""
    return named(Kind.SUBMISSION, identifier)
