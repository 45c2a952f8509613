"""The queue of reviews: what waits, since when, and for whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import suppress
from enum import StrEnum

from kb.domain.account import Account
from kb.domain.entry import Entry, Listing
from kb.domain.errors import NotFound
from kb.domain.permission import Permission, demand
from kb.domain.ports import Catalogue
from kb.domain.record import Kind
from kb.domain.submission import Submission
from kb.domain.text import Value
from kb.domain.thread import asked
from kb.domain.workflow import DISCUSSED, SubmissionStatus
from kb.services.submission_chain import SubmissionChain
from kb.services.submission_view import SubmissionView
from kb.services.text_checks import TextChecks

TO_DECIDE = frozenset({SubmissionStatus.SUBMITTED, SubmissionStatus.IN_REVIEW})


class WaitsFor(StrEnum):
    """Whose turn it is, as one coordinator sees it."""

    MINE = "mine"
    """They have it."""
    ASKED = "asked"
    """Who has it asked for their opinion."""
    UNCLAIMED = "unclaimed"
    """Nobody has it."""
    OTHERS = "others"
    """Another coordinator has it."""
    PRESENTERS = "presenters"
    """Changes were requested."""


class Waiting(Value):
    """A submission that waits for somebody."""

    entry: Entry
    view: SubmissionView
    waits_for: WaitsFor
    since: dt.datetime
    days: int
    """Whole days since then."""
    warnings: int = 0
    """How many warnings of the checks nobody has answered."""


class ReviewQueue:
    """Lists what waits; a coordinator's own submissions are never among it."""

    def __init__(self, chain: SubmissionChain, catalogue: Catalogue, text_checks: TextChecks) -> None:
        self._chain = chain
        self._catalogue = catalogue
        self._text_checks = text_checks

    def waiting(self, actor: Account | None) -> tuple[Waiting, ...]:
        """List what waits, longest first."""
        account = demand(actor, Permission.REVIEW)
        found = self._waiting(account, self._entries(account, DISCUSSED))
        return tuple(sorted(found, key=lambda each: (each.since, each.entry.id)))

    def count(self, actor: Account | None) -> int:
        """Count what waits for coordinators."""
        account = demand(actor, Permission.REVIEW)
        return len(self._entries(account, TO_DECIDE))

    def _entries(self, account: Account, statuses: frozenset[SubmissionStatus]) -> tuple[Entry, ...]:
        listed = self._catalogue.list(
            Listing(
                viewer=account.viewer,
                kinds=frozenset({Kind.SUBMISSION}),
                statuses=frozenset(status.value for status in statuses),
            )
        )
        return tuple(each for each in listed if account.id not in (each.author, *each.co_authors))

    def _waiting(self, account: Account, entries: tuple[Entry, ...]) -> Iterator[Waiting]:
        now = self._chain.now()
        for entry in entries:
            with suppress(NotFound):  # it was decided about at this moment
                view = self._chain.read(account, entry.id)
                submission = view.submission
                since = submission.waits_since or view.saved_at
                yield Waiting(
                    entry=entry,
                    view=view,
                    waits_for=_waits_for(account, submission),
                    since=since,
                    days=(now - since).days,
                    warnings=len(self._text_checks.standing_warnings(account, submission)),
                )


def _waits_for(account: Account, submission: Submission) -> WaitsFor:
    table = (
        (bool(asked(submission, account.id)), WaitsFor.ASKED),
        (submission.status is SubmissionStatus.SUBMITTED, WaitsFor.UNCLAIMED),
        (submission.status is SubmissionStatus.CHANGES_REQUESTED, WaitsFor.PRESENTERS),
        (submission.holder == account.id, WaitsFor.MINE),
    )
    return next((whom for holds, whom in table if holds), WaitsFor.OTHERS)
