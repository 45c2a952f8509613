"""The chain of a submission: reading it in the form shown to somebody, and taking one step of its workflow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

from pydantic import Field

from kb.domain.account import Account
from kb.domain.case_study import CaseStudy
from kb.domain.difference import FieldDifference, record_difference
from kb.domain.errors import NotFound
from kb.domain.marking import Marking
from kb.domain.permission import Permission, demand, permits
from kb.domain.ports import AccountStore, Randomness
from kb.domain.record import Kind
from kb.domain.revision import RecordRef, Revision
from kb.domain.submission import WITHHELD, Submission
from kb.domain.text import Value
from kb.domain.workflow import CLOSED, STEPS, Action, after
from kb.services.cases import case_ref
from kb.services.records import Records, body_as, named, relations
from kb.services.saving import Saving

REVIEWING = frozenset({Action.TAKE, Action.REQUEST_CHANGES, Action.DECLINE, Action.APPROVE})
"""Steps of a coordinator who did not write the submission."""
WRITING = frozenset({Action.EDIT, Action.SUBMIT, Action.WITHDRAW})
"""Steps of the authors."""


class SubmissionView(Value):
    """A submission as one reader may see it, with the steps they may take now."""

    id: str
    revision: int
    saved_at: dt.datetime
    submission: Submission
    author: str = ""
    """The author's name, empty where withheld."""
    reviewer: str = ""
    people: dict[str, str] = Field(default_factory=dict)
    """Names of those who commented, by account id."""
    steps: frozenset[Action] = frozenset()
    is_change: bool = False
    base: CaseStudy | None = None
    """For a change: the published text that it started from, where the reader may see it."""
    now: CaseStudy | None = None
    """For a change: the published text as it stands now."""
    published: int = 0
    """The number of the case's published revision now, 0 for none that the reader may see."""

    @property
    def behind(self) -> bool:
        """Say whether the case has moved on since this text was begun."""
        return self.published > self.submission.based_on

    @property
    def changes(self) -> tuple[FieldDifference, ...]:
        """Give what a change alters, against the text that it started from."""
        return record_difference(self.base, self.submission.body) if self.base else ()

    @property
    def meanwhile(self) -> tuple[FieldDifference, ...]:
        """Give what others changed in the published text since a change was begun."""
        return record_difference(self.base, self.now) if self.base and self.now else ()


class SubmissionChain:
    """What writing and reviewing share."""

    def __init__(
        self,
        records: Records,
        saving: Saving,
        accounts: AccountStore,
        randomness: Randomness,
    ) -> None:
        self._records = records
        self._saving = saving
        self._accounts = accounts
        self._randomness = randomness

    def open(self, actor: Account | None, identifier: str) -> tuple[Account, Revision, Submission]:
        """Give the acting account, the current revision and its body; raises NotFound."""
        account = demand(actor, Permission.READ)
        revision = self._records.current(account, submission_ref(identifier))
        return account, revision, body_as(Submission, revision)

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
        shown = shown.model_copy(update={"body": self._records.naming_known(account, shown.body)})
        ids = {shown.author, shown.reviewer or WITHHELD, *(comment.by for comment in shown.comments)}
        names = dict(self.names(ids))
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
            is_change=full.based_on > 0,
            base=base,
            now=now,
            published=published,
        )

    def reviewer_problems(self, submission: Submission) -> tuple[tuple[str, str], ...]:
        """Give what stands against a review: a RED submission is seen, and so decided, by named coordinators alone."""
        audience = submission.body.audience
        if audience.marking is not Marking.RED:
            return ()
        named = self._accounts.named(audience.persons).values()
        authors = submission.authors
        if any(permits(each, Permission.REVIEW, *relations(each, None, authors)) for each in named):
            return ()
        sentence = "Name a coordinator who did not write this: nobody else could review a RED submission."
        return (("audience.persons", sentence),)

    def names(self, identifiers: Collection[str]) -> Mapping[str, str]:
        """Give the names of these persons, as far as they have an account."""
        return {each.id: each.name for each in self._accounts.named(identifiers).values()}

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
            self._records.naming_known(account, body_as(CaseStudy, each).shown_to(account.viewer, today))
            for each in (base, now)
        ]
        return shown[0], shown[1], now.number


def _steps(account: Account, submission: Submission) -> frozenset[Action]:
    stands = relations(account, None, submission.authors)
    allowed = {
        **dict.fromkeys(WRITING, permits(account, Permission.EDIT_SUBMISSION, *stands)),
        **dict.fromkeys(REVIEWING, permits(account, Permission.REVIEW, *stands)),
    }
    return frozenset(
        action for action, may in allowed.items() if may and submission.status in STEPS[action].sources
    )


def submission_ref(identifier: str) -> RecordRef:
    """Name a submission."""
    return named(Kind.SUBMISSION, identifier)
