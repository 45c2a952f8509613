"""Reviews: what a coordinator does with a submission that somebody else wrote. What waits for whom is in `review_queue`."""

from __future__ import annotations

from typing import NamedTuple

from kb.domain.account import Account, Role
from kb.domain.case_study import CaseStatus
from kb.domain.errors import Invalid, NotCarriedOut, StoreFailure, WrongState
from kb.domain.finding import TextFinding
from kb.domain.identifier import Identifier
from kb.domain.marking import Marking
from kb.domain.ports import AccountStore
from kb.domain.submission import Override, Purpose, Submission
from kb.domain.text import Value
from kb.domain.workflow import Action
from kb.services.drain import Drain
from kb.services.persons import Person, person_of
from kb.services.publishing import Publisher
from kb.services.submission_chain import SubmissionChain
from kb.services.submission_view import SubmissionView
from kb.services.text_checks import TextChecks


class Publication(Value):
    """What publishing led to. A coordinator reads a published case only where its audience allows."""

    case: Identifier
    readable: bool


class Warned(NamedTuple):
    """Names one warning: where it stands, which check gave it, and the mark of the words that it is about."""

    path: str
    check: str
    digest: str

    @classmethod
    def of(cls, finding: TextFinding) -> Warned:
        """Name what the checks found."""
        return cls(finding.path, finding.objection.check.value, finding.digest)


class Reviews:
    """Use cases of review; each is about the revision that the actor was shown. Nobody reviews a submission of their own."""

    def __init__(
        self,
        chain: SubmissionChain,
        accounts: AccountStore,
        publisher: Publisher,
        drain: Drain,
        text_checks: TextChecks,
    ) -> None:
        self._chain = chain
        self._accounts = accounts
        self._publisher = publisher
        self._drain = drain
        self._text_checks = text_checks

    def take(self, actor: Account | None, identifier: str, number: int) -> SubmissionView:
        """Take a submission into review, also one that another coordinator has."""
        account, revision, _ = self._chain.opened_for(actor, identifier, number, Action.TAKE)
        return self._chain.step(account, revision, Action.TAKE, {"reviewer": account.id})

    def give_back(self, actor: Account | None, identifier: str, number: int) -> SubmissionView:
        """Let another coordinator take what one had."""
        account, revision, _ = self._chain.opened_for(actor, identifier, number, Action.GIVE_BACK)
        return self._chain.step(account, revision, Action.GIVE_BACK, {"reviewer": None})

    def hand_over(self, actor: Account | None, identifier: str, number: int, to: str) -> SubmissionView:
        """Give what one has to another coordinator."""
        account, revision, submission = self._chain.opened_for(actor, identifier, number, Action.HAND_OVER)
        if to not in _ids(self._successors(account, submission)):
            raise Invalid(("to", "Choose a coordinator who may review this."))
        return self._chain.step(account, revision, Action.HAND_OVER, {"reviewer": to})

    def ask(
        self, actor: Account | None, identifier: str, number: int, whom: str, question: str
    ) -> SubmissionView:
        """Ask a second coordinator, who must be one that may see the submission, for an opinion."""
        account, revision, submission = self._chain.opened_for(actor, identifier, number, Action.ASK)
        if whom not in _ids(self._colleagues(account, submission)):
            raise Invalid(("to", "Choose a coordinator who may see this."))
        comment = self._chain.comment(account, submission, question, Purpose.QUESTION, to=whom)
        update: dict[str, object] = {
            "comments": submission.with_comment(comment),
            "asked": tuple(dict.fromkeys((*submission.asked, whom))),
        }
        return self._chain.step(account, revision, Action.ASK, update, note=question)

    def request_changes(
        self, actor: Account | None, identifier: str, number: int, comment: str
    ) -> SubmissionView:
        """Send it back to the presenter with what should change."""
        return self._decide(actor, identifier, number, Action.REQUEST_CHANGES, comment)

    def decline(self, actor: Account | None, identifier: str, number: int, reason: str) -> SubmissionView:
        """Decline it, with the reason."""
        return self._decide(actor, identifier, number, Action.DECLINE, reason)

    def override(
        self, actor: Account | None, identifier: str, number: int, warned: Warned, reason: str
    ) -> SubmissionView:
        """Let a warning pass, with the reason; the record keeps a mark of the words, never the words."""
        account, revision, submission = self._chain.opened_for(actor, identifier, number, Action.OVERRIDE)
        standing = self._warnings(account, submission)
        if warned not in map(Warned.of, standing):
            raise WrongState("That warning does not stand in the text any more. Reload the page.")
        passed = Override(**warned._asdict(), reason=reason, by=account.id, at=self._chain.now())
        update: dict[str, object] = {"overrides": (*submission.overrides, passed)}
        return self._chain.step(account, revision, Action.OVERRIDE, update, note=reason)

    def publish(self, actor: Account | None, identifier: str, number: int) -> Publication:
        """Publish revision `number` of a submission, the text that the reviewer read.

        Raises WrongState where the case has moved on; the submission is then back in review. Raises NotCarriedOut where
        the disk took the decision and refused the case.
        """
        account, revision, submission = self._chain.opened_for(actor, identifier, number, Action.APPROVE)
        if problems := submission.body.problems:
            raise Invalid(*problems)
        if self._warnings(account, submission):
            raise Invalid(("", "Warnings stand in this text. Answer each with a reason, or send it back."))
        wanted = submission.based_on + 1
        self._chain.step(account, revision, Action.APPROVE, {"wanted": wanted})
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
        published = submission.body.model_copy(update={"status": CaseStatus.PUBLISHED})
        return Publication(case=submission.target, readable=account.viewer.sees(published.readers))

    def colleagues(self, actor: Account | None, identifier: str) -> tuple[Person, ...]:
        """Give the coordinators whom the actor may ask about this submission."""
        account, _, submission = self._chain.open(actor, identifier)
        return self._colleagues(account, submission)

    def successors(self, actor: Account | None, identifier: str) -> tuple[Person, ...]:
        """Give the coordinators to whom the actor may hand this submission."""
        account, _, submission = self._chain.open(actor, identifier)
        return self._successors(account, submission)

    def warnings(self, actor: Account | None, identifier: str) -> tuple[TextFinding, ...]:
        """Give the warnings that stand between the text and its publishing, as far as the actor may read the text."""
        account, _, submission = self._chain.open(actor, identifier)
        return self._warnings(account, submission)

    def _decide(
        self, actor: Account | None, identifier: str, number: int, action: Action, reason: str
    ) -> SubmissionView:
        account, revision, submission = self._chain.opened_for(actor, identifier, number, action)
        comment = self._chain.comment(account, submission, reason, Purpose.DECISION)
        update: dict[str, object] = {"comments": submission.with_comment(comment)}
        return self._chain.step(account, revision, action, update, note=reason)

    def _warnings(self, account: Account, submission: Submission) -> tuple[TextFinding, ...]:
        """Give what stands in the text as the account reads it: what is withheld from it, it cannot answer for."""
        return self._text_checks.standing_warnings(account, submission.shown_to(account.viewer))

    def _colleagues(self, account: Account, submission: Submission) -> tuple[Person, ...]:
        """Give the coordinators who may see the submission.

        Where the authors are withheld, one of them who coordinates is among these, and whom RED names is not told:
        who is left out would tell who writes or reads it.
        """
        audience = submission.body.audience
        knows = account.viewer.knows_origin(audience, submission.body.owner)
        left_out = {account.id, *(submission.authors if knows else ())}
        if audience.marking is Marking.RED:
            candidates = tuple(self._accounts.named(audience.persons).values()) if knows else ()
        else:
            candidates = tuple(self._accounts.list())
        return tuple(
            person_of(each)
            for each in sorted(candidates, key=lambda each: (each.name.casefold(), each.id))
            if each.active and Role.COORDINATOR in each.roles and each.id not in left_out
        )

    def _successors(self, account: Account, submission: Submission) -> tuple[Person, ...]:
        """Give the coordinators who may review it; nobody where the authors are withheld: it is given back instead."""
        knows = account.viewer.knows_origin(submission.body.audience, submission.body.owner)
        return self._colleagues(account, submission) if knows else ()


def _ids(people: tuple[Person, ...]) -> frozenset[str]:
    return frozenset(each.id for each in people)
