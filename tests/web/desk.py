"""What stands on a desk before a test writes or reviews: cases published before, and the one being written."""

from __future__ import annotations

from kb.bootstrap import Services
from kb.domain.account import Account, Role
from kb.domain.concept import Concept, Scheme
from kb.domain.workflow import SubmissionStatus
from kb.services.concept_acts import Words
from kb.services.submission_view import SubmissionView
from tests.samples import a_case

Accounts = dict[Role, Account]


def publish(kb: Services, accounts: Accounts, **fields: object) -> str:
    author, coordinator = accounts[Role.PRESENTER], accounts[Role.COORDINATOR]
    draft = kb.submissions.create(author, a_case(**fields))
    sent = kb.submissions.submit(author, draft.id, draft.revision)
    taken = kb.reviews.take(coordinator, sent.id, sent.revision)
    return kb.reviews.publish(coordinator, draft.id, taken.revision).case


def mine(kb: Services, author: Account) -> SubmissionView:
    """Give what the author writes now."""
    open_ones = [each.id for each in kb.submissions.mine(author) if each.status != SubmissionStatus.PUBLISHED]
    return kb.submissions.get(author, open_ones[0])


def adopt(kb: Services, accounts: Accounts, scheme: Scheme, label: str) -> Concept:
    return kb.concept_acts.create(accounts[Role.COORDINATOR], scheme, Words(label=label))
