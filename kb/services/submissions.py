"""Submissions: writing a case or a change to one, and sending it in. Deciding about it is in `reviews`."""

from __future__ import annotations

from kb.domain.account import Account
from kb.domain.case_study import CaseStatus, CaseStudy
from kb.domain.entry import Entry, Listing, Order
from kb.domain.errors import Invalid, NotFound, StaleRevision, WrongState
from kb.domain.marking import Marking, Organisation
from kb.domain.merging import Merge, merged
from kb.domain.permission import Permission, demand
from kb.domain.ports import Catalogue, Randomness
from kb.domain.record import Kind, Origin
from kb.domain.revision import Revision
from kb.domain.submission import SourceSection, Submission
from kb.domain.workflow import CASE_STEPS, EDITABLE, Action, SubmissionStatus, after
from kb.services.cases import case_ref
from kb.services.records import HistoryLine, Records, body_as, relations
from kb.services.submission_chain import SubmissionChain, submission_ref
from kb.services.submission_view import SubmissionView


class Submissions:
    """Use cases over submissions; every one asks the audience first, then the permission, then the workflow."""

    def __init__(
        self, chain: SubmissionChain, records: Records, catalogue: Catalogue, randomness: Randomness
    ) -> None:
        self._chain = chain
        self._records = records
        self._catalogue = catalogue
        self._randomness = randomness

    def get(self, actor: Account | None, identifier: str) -> SubmissionView:
        """Give a submission as it stands; raises NotFound."""
        account = demand(actor, Permission.READ)
        return self._chain.read(account, identifier)

    def since(self, actor: Account | None, identifier: str, number: int) -> tuple[HistoryLine, ...]:
        """Give what was done to a submission after revision `number`, in the order in which it was."""
        return self._chain.since(actor, identifier, number)

    def mine(self, actor: Account | None) -> tuple[Entry, ...]:
        """List what the actor writes or wrote, last changed first."""
        account = demand(actor, Permission.READ)
        return self._catalogue.list(
            Listing(
                viewer=account.viewer,
                kinds=frozenset({Kind.SUBMISSION}),
                author=account.id,
                order=Order.CHANGED,
            )
        )

    def create(
        self, actor: Account | None, body: CaseStudy, *, source: tuple[SourceSection, ...] = ()
    ) -> SubmissionView:
        """Begin a new case with this text, owned by the actor's organisation; `source` is what it was read from, if anything."""
        account = demand(actor, Permission.SUBMIT)
        body = self._records.as_written(account, body, CaseStudy())
        body = _own(body, account.organisation, account.id, "")
        submission = Submission(
            target=self._randomness.identifier(), author=account.id, body=body, source=source
        )
        return self._chain.begin(account, submission)

    def blank(self, actor: Account | None) -> CaseStudy:
        """Give the empty case that a form for a new one starts from."""
        account = demand(actor, Permission.SUBMIT)
        country = account.organisation.country if account.organisation else None
        return CaseStudy(
            language=account.language, owner=account.organisation, author=account.id, lead_country=country
        )

    def base_of_change(self, actor: Account | None, case: str) -> tuple[CaseStudy, int]:
        """Give the published text that a change starts from, with its revision number."""
        account, revision = self._changeable(actor, case)
        return self._records.as_read(account, body_as(CaseStudy, revision)), revision.number

    def create_change(
        self, actor: Account | None, case: str, based_on: int, body: CaseStudy
    ) -> SubmissionView:
        """Begin a change to a published case; readers keep the published text meanwhile."""
        account, revision = self._changeable(actor, case)
        if not 1 <= based_on <= revision.number:
            raise Invalid(
                ("based_on", "The form does not say which text it started from. Open the case again.")
            )
        published = body_as(CaseStudy, revision)
        body = _kept(self._records.as_written(account, body, published, case), published)
        submission = Submission(target=case, based_on=based_on, author=account.id, body=body)
        return self._chain.begin(account, submission)

    def restore(self, actor: Account | None, case: str, number: int) -> SubmissionView:
        """Begin a change that brings an old text back; it is reviewed like any other, and keeps today's audience."""
        account, current = self._changeable(actor, case)
        old = body_as(CaseStudy, self._records.revision(account, case_ref(case), number))
        if number == current.number:
            raise WrongState("That revision is the current one; there is nothing to bring back.")
        body = _kept(old, body_as(CaseStudy, current))
        submission = Submission(target=case, based_on=current.number, author=account.id, body=body)
        return self._chain.begin(account, submission, note=f"Text of revision {number}")

    def save(
        self,
        actor: Account | None,
        identifier: str,
        number: int,
        body: CaseStudy,
        *,
        based_on: int | None = None,
    ) -> SubmissionView:
        """Keep a further text, written over revision `number`, joined with what was saved since.

        Raises StaleRevision where both wrote the same part differently; `joined` then tells where. `based_on` says that
        a change was brought up to that published revision, both texts having been shown.
        """
        account, revision, submission = self._writable(actor, identifier, Action.EDIT)
        update: dict[str, object] = {"body": self._kept_words(account, submission, body)}
        if number != revision.number:
            merge = self._merge(account, identifier, submission, number, body)
            if merge.conflicts:
                raise StaleRevision(Kind.SUBMISSION, identifier, number + 1)
            update["body"] = merge.body
        if based_on is not None and submission.based_on:
            update |= self._brought_up(account, submission, based_on)
        return self._chain.step(account, revision, Action.EDIT, update)

    def text(self, actor: Account | None, identifier: str, number: int) -> CaseStudy:
        """Give the text of revision `number`, over which somebody wrote; the present one where there is none such."""
        account, _, submission = self._chain.open(actor, identifier)
        text = self._earlier(account, identifier, number) or submission.body
        return self._records.as_read(account, text)

    def joined(self, actor: Account | None, identifier: str, number: int, body: CaseStudy) -> Merge:
        """Join a text written over revision `number` with what was saved since, and tell where both differ."""
        account, _, submission = self._writable(actor, identifier, Action.EDIT)
        merge = self._merge(account, identifier, submission, number, body)
        return merge.model_copy(update={"body": self._records.as_read(account, merge.body)})

    def submit(self, actor: Account | None, identifier: str, number: int) -> SubmissionView:
        """Send it in; raises Invalid with every problem that must be mended first."""
        account, revision, submission = self._writable(actor, identifier, Action.SUBMIT)
        if number != revision.number:
            raise StaleRevision(Kind.SUBMISSION, identifier, number + 1)
        submission = submission.model_copy(update={"body": self._owned(account, submission, submission.body)})
        if problems := self._chain.problems(submission):
            raise Invalid(*problems)
        sent = submission.submitted(revision.number + 1, self._chain.now())
        update: dict[str, object] = {
            "body": sent.body,
            "round": sent.round,
            "rounds": sent.rounds,
            "receipt": submission.receipt or self._randomness.identifier().upper(),
        }
        return self._chain.step(account, revision, Action.SUBMIT, update)

    def withdraw(self, actor: Account | None, identifier: str, number: int) -> SubmissionView:
        """Give it up, at any time before the decision; the last text is kept for its authors."""
        account, revision, _ = self._chain.opened_for(actor, identifier, number, Action.WITHDRAW)
        return self._chain.step(account, revision, Action.WITHDRAW, {})

    def _changeable(self, actor: Account | None, case: str) -> tuple[Account, Revision]:
        account = demand(actor, Permission.SUBMIT)
        revision = self._records.current(account, case_ref(case))
        body = body_as(CaseStudy, revision)
        step = CASE_STEPS[Action.PUBLISH]
        demand(account, step.by, *relations(account, body.owner, (body.author,)))
        if body.status not in step.sources:
            raise WrongState(
                "This case is no longer current; it must be reinstated before it can be changed."
            )
        return account, revision

    def _writable(
        self, actor: Account | None, identifier: str, action: Action
    ) -> tuple[Account, Revision, Submission]:
        account, revision, submission = self._chain.open(actor, identifier)
        demand(account, Permission.EDIT_SUBMISSION, *relations(account, None, submission.authors))
        after(action, submission.status)
        return account, revision, submission

    def _earlier(self, account: Account, identifier: str, number: int) -> CaseStudy | None:
        try:
            revision = self._records.revision(account, submission_ref(identifier), number)
        except NotFound:
            return None
        return body_as(Submission, revision).body

    def _merge(
        self, account: Account, identifier: str, submission: Submission, number: int, body: CaseStudy
    ) -> Merge:
        """Without the text that it was written over, everything that differs is written by both."""
        base = self._earlier(account, identifier, number) or CaseStudy()
        return merged(base, submission.body, self._kept_words(account, submission, body))

    def _brought_up(self, account: Account, submission: Submission, based_on: int) -> dict[str, object]:
        """Give what bringing a change up alters: nothing where its writer does not see the case any more."""
        try:
            known = self._records.current(account, case_ref(submission.target)).number
        except NotFound:
            return {}
        if not submission.based_on <= based_on <= known:
            raise Invalid(("based_on", "The form does not say which text it started from. Open it again."))
        return {"based_on": based_on}

    def _owned(self, account: Account, submission: Submission, body: CaseStudy) -> CaseStudy:
        """Give `body` with what its author may not set: owner, author, and for a change what stays as published."""
        if submission.based_on:
            return _kept(
                body, body_as(CaseStudy, self._records.current(account, case_ref(submission.target)))
            )
        return _own(body, submission.body.owner, submission.author, submission.body.source_key)

    def _kept_words(self, account: Account, submission: Submission, body: CaseStudy) -> CaseStudy:
        """Give the same; where the case was narrowed away from its writer meanwhile, their words are kept all the same."""
        body = self._records.as_written(account, body, submission.body, submission.target)
        try:
            return self._owned(account, submission, body)
        except NotFound:
            return _kept(body, submission.body)


_FRESH: dict[str, object] = {
    "status": CaseStatus.PUBLISHED,
    "status_reason": "",
    "superseded_by": None,
}
"""What no author sets on a new case."""
_KEPT = ("owner", "author", "origin", "audience", "source_key")
"""What a change leaves as it is published: originator and audience have acts of their own. Published, it is current."""


def _own(body: CaseStudy, owner: Organisation | None, author: str, source_key: str) -> CaseStudy:
    """Give a new case's text with its originator, who is among the persons that RED names.

    Nobody submits an example as if it had happened.
    """
    audience = body.audience
    if audience.marking is Marking.RED and author not in audience.persons:
        audience = audience.model_copy(update={"persons": (author, *audience.persons)})
    own = {
        "owner": owner,
        "author": author,
        "origin": Origin.REPORTED if body.origin is Origin.ILLUSTRATIVE else body.origin,
        "audience": audience,
        "source_key": source_key,
    }
    return body.model_copy(update={**own, **_FRESH})


def _kept(body: CaseStudy, published: CaseStudy) -> CaseStudy:
    if published.origin is Origin.PUBLISHED and not body.sources:
        raise Invalid(
            ("sources", "This case was taken from a public source: keep at least one of its sources.")
        )
    return body.model_copy(update={**{name: getattr(published, name) for name in _KEPT}, **_FRESH})


def is_editable(status: SubmissionStatus) -> bool:
    """Say whether the authors may change the text now."""
    return status in EDITABLE
