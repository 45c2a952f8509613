"""Co-authors: who else writes a submission. They read the draft, so whoever the marking would keep out is not named."""

from __future__ import annotations

from kb.domain.account import Account
from kb.domain.errors import Invalid
from kb.domain.ports import AccountStore
from kb.domain.workflow import Action
from kb.services.submission_chain import SubmissionChain, may_write_with
from kb.services.submission_view import SubmissionView

UNKNOWN = "No officer whom this text's marking lets in signs in with that address. Check it, or look at the marking."
REVIEWS_IT = "A coordinator who reviews this, or was asked about it, cannot write it too."


class CoAuthors:
    """Use cases of who began a submission."""

    def __init__(self, chain: SubmissionChain, accounts: AccountStore) -> None:
        self._chain = chain
        self._accounts = accounts

    def add(self, actor: Account | None, identifier: str, number: int, address: str) -> SubmissionView:
        """Let the officer who signs in with this address write too.

        Raises Invalid in the same words for an address that nobody has and for somebody whom the marking keeps out.
        """
        account, revision, submission = self._chain.opened_for(actor, identifier, number, Action.CO_AUTHORS)
        found = self._accounts.by_email(address.strip())
        if found is None or not may_write_with(found, submission):
            raise Invalid(("address", UNKNOWN))
        if found.id in {submission.reviewer, *submission.asked}:
            raise Invalid(("address", REVIEWS_IT))
        if found.id in submission.authors:
            raise Invalid(("address", "They write it already."))
        return self._chain.step(
            account, revision, Action.CO_AUTHORS, {"co_authors": (*submission.co_authors, found.id)}
        )

    def remove(self, actor: Account | None, identifier: str, number: int, person: str) -> SubmissionView:
        """Let somebody write no more; from then on the draft does not exist for them."""
        account, revision, submission = self._chain.opened_for(actor, identifier, number, Action.CO_AUTHORS)
        left = tuple(each for each in submission.co_authors if each != person)
        return self._chain.step(account, revision, Action.CO_AUTHORS, {"co_authors": left})
