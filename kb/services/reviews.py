"""Reviews: what a coordinator does with a submission that somebody else wrote."""

from __future__ import annotations

from kb.domain.account import Account
from kb.domain.entry import Entry, Listing, Order
from kb.domain.errors import Invalid, NotCarriedOut, StaleRevision, StoreFailure, WrongState
from kb.domain.identifier import Identifier
from kb.domain.permission import Permission, demand
from kb.domain.ports import Catalogue, Clock
from kb.domain.record import Kind
from kb.domain.revision import Revision
from kb.domain.submission import Comment, Submission
from kb.domain.text import Value
from kb.domain.workflow import Action, SubmissionStatus, after
from kb.services.drain import Drain
from kb.services.publishing import Publisher
from kb.services.records import relations
from kb.services.submission_chain import SubmissionChain, SubmissionView


class Waiting(Value):
    """A submission that waits for a decision, and by whom it was taken, if by anybody."""

    entry: Entry
    reviewer: str = ""


class Publication(Value):
    """What publishing led to. A coordinator reads a published case only where its audience allows."""

    case: Identifier
    readable: bool


class Reviews:
    """Use cases of review; nobody reviews a submission of their own."""

    def __init__(
        self,
        chain: SubmissionChain,
        catalogue: Catalogue,
        publisher: Publisher,
        drain: Drain,
        clock: Clock,
    ) -> None:
        self._chain = chain
        self._drain = drain
        self._catalogue = catalogue
        self._publisher = publisher
        self._clock = clock

    def queue(self, actor: Account | None) -> tuple[Waiting, ...]:
        """List what waits for a coordinator, longest first; the actor's own are not among them."""
        account = demand(actor, Permission.REVIEW)
        waiting = self._catalogue.list(
            Listing(
                viewer=account.viewer,
                kinds=frozenset({Kind.SUBMISSION}),
                statuses=frozenset({SubmissionStatus.SUBMITTED.value, SubmissionStatus.IN_REVIEW.value}),
                order=Order.OLDEST,
            )
        )
        names = self._chain.names({entry.reviewer for entry in waiting if entry.reviewer})
        return tuple(
            Waiting(entry=entry, reviewer=names.get(entry.reviewer or "", ""))
            for entry in waiting
            if account.id not in (entry.author, *entry.co_authors)
        )

    def take(self, actor: Account | None, identifier: str) -> SubmissionView:
        """Take a submission into review."""
        account, revision, _ = self._reviewable(actor, identifier)
        return self._chain.step(account, revision, Action.TAKE, {"reviewer": account.id})

    def request_changes(self, actor: Account | None, identifier: str, comment: str) -> SubmissionView:
        """Send it back to the presenter with what should change."""
        return self._decide(actor, identifier, Action.REQUEST_CHANGES, comment)

    def decline(self, actor: Account | None, identifier: str, reason: str) -> SubmissionView:
        """Decline it, with the reason."""
        return self._decide(actor, identifier, Action.DECLINE, reason)

    def publish(self, actor: Account | None, identifier: str, number: int) -> Publication:
        """Publish revision `number` of a submission, the text that the reviewer read.

        Raises WrongState where the case has moved on; the submission is then back in review. Raises NotCarriedOut where
        the disk took the decision and refused the case.
        """
        account, revision, submission = self._reviewable(actor, identifier)
        if number != revision.number:
            raise StaleRevision(Kind.SUBMISSION, identifier, number + 1)
        if problems := submission.body.problems:
            raise Invalid(*problems)
        wanted = submission.based_on + 1
        self._chain.step(account, revision, Action.APPROVE, {"wanted": wanted, "reviewer": account.id})
        try:
            result = self._publisher.carry_out(revision.ref)
        except StoreFailure as refused:
            raise NotCarriedOut from refused
        self._drain.run()
        if not result.published:
            raise WrongState(
                "The case has moved on since this change was begun, so nothing was published. The submission is "
                "back in review: request changes, so that the presenter brings in what came meanwhile."
            )
        readable = account.viewer.sees(submission.body.readers)
        return Publication(case=submission.target, readable=readable)

    def _decide(self, actor: Account | None, identifier: str, action: Action, reason: str) -> SubmissionView:
        account, revision, submission = self._reviewable(actor, identifier)
        after(action, submission.status, reason)
        comment = Comment(at=self._clock.now(), by=account.id, round=submission.round, text=reason)
        update: dict[str, object] = {"comments": (*submission.comments, comment), "reviewer": account.id}
        return self._chain.step(account, revision, action, update, note=reason)

    def _reviewable(self, actor: Account | None, identifier: str) -> tuple[Account, Revision, Submission]:
        account, revision, submission = self._chain.open(actor, identifier)
        demand(account, Permission.REVIEW, *relations(account, None, submission.authors))
        return account, revision, submission
