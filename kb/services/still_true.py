"""Still true? Owners are asked before the date of a case, and say so, change it, or retire it."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from kb.domain.account import Account
from kb.domain.case_study import CaseStatus, CaseStudy
from kb.domain.entry import Entry, Listing, Order
from kb.domain.errors import Invalid, StaleRevision
from kb.domain.marking import OPERATOR_VIEWER, Viewer
from kb.domain.permission import Permission, demand, permits
from kb.domain.ports import AccountStore, Catalogue, Clock
from kb.domain.practice import PracticeStatus
from kb.domain.record import Kind
from kb.domain.reference import ReferenceStatus
from kb.domain.review_date import (
    FRESH,
    NEAR,
    ReviewState,
    is_possible,
    next_review,
    reminders_of,
    review_state,
)
from kb.domain.text import Value
from kb.domain.workflow import CASE_STEPS, Action, case_after
from kb.services.cases import case_ref
from kb.services.records import Records, body_as, relations
from kb.services.reference_view import TYPE_OF
from kb.services.saving import Saving
from kb.services.telling import Telling


class Kept(NamedTuple):
    """Records that coordinators look after together, and the statuses in which they stand for something."""

    kinds: frozenset[Kind]
    statuses: frozenset[str]


REFERENCES = Kept(frozenset(TYPE_OF), frozenset({ReferenceStatus.CURRENT.value}))
PRACTICES = Kept(
    frozenset({Kind.PRACTICE}),
    frozenset(status.value for status in PracticeStatus if status is not PracticeStatus.RETIRED),
)
CONFIRMED = "Still true; to be looked at again by {date}"


class Asked(Value):
    """A case whose owner is asked, in the form shown to the reader; `mine` says that the reader may answer."""

    entry: Entry
    state: ReviewState
    mine: bool


class StillTrueList(Value):
    """What one's own organisation is asked, and for a coordinator what others' owners owe an answer."""

    own: tuple[Asked, ...] = ()
    others: tuple[Asked, ...] = ()
    references: tuple[Asked, ...] = ()
    """For coordinators: the resources, instruments and countries that are to be looked at again, or should have been."""
    practices: tuple[Asked, ...] = ()
    """For coordinators: the same of the register of practices; their words are changed, endorsed or retired on their pages."""
    proposed: dt.date
    """The date that is proposed to who confirms one today."""


class StillTrue:
    """Lists what is due, takes the answer, and reminds."""

    def __init__(
        self,
        *,
        records: Records,
        saving: Saving,
        catalogue: Catalogue,
        accounts: AccountStore,
        telling: Telling,
        clock: Clock,
    ) -> None:
        self._records = records
        self._saving = saving
        self._catalogue = catalogue
        self._accounts = accounts
        self._telling = telling
        self._clock = clock

    def list(self, actor: Account | None) -> StillTrueList:
        """Give what is due and overdue of the actor's organisation; for coordinators also what is overdue elsewhere."""
        account, today = demand(actor, Permission.READ), self._clock.now().date()
        owner = account.organisation.id if account.organisation else None
        own = self._asked(account.viewer, today, today + NEAR, owner=owner) if owner else ()
        oversees = permits(account, Permission.REVIEW) or permits(account, Permission.OPERATE)
        others = self._asked(account.viewer, today, today - dt.timedelta(days=1)) if oversees else ()
        return StillTrueList(
            own=own,
            others=tuple(each for each in others if not each.mine),
            references=self._kept(account, today, REFERENCES) if oversees else (),
            practices=self._kept(account, today, PRACTICES) if oversees else (),
            proposed=next_review(today),
        )

    def proposed(self) -> dt.date:
        """Give the date that is proposed to who confirms a case today."""
        return next_review(self._clock.now().date())

    def state(self, review_by: dt.date | None) -> ReviewState:
        """Say how a review date stands today."""
        return review_state(review_by, self._clock.now().date())

    def confirm(
        self, actor: Account | None, identifier: str, number: int, review_by: dt.date | None
    ) -> dt.date:
        """Keep that revision `number`, which the actor has read, is still true, and give the date of the next look.

        Without a date it is the one proposed. Raises StaleRevision where the case has moved on since.
        """
        account, today = demand(actor, Permission.READ), self._clock.now().date()
        revision = self._records.current(account, case_ref(identifier))
        case = body_as(CaseStudy, revision)
        demand(account, CASE_STEPS[Action.CONFIRM].by, *relations(account, case.owner, (case.author,)))
        if number != revision.number:
            raise StaleRevision(Kind.CASE_STUDY, identifier, number + 1)
        case_after(Action.CONFIRM, case.status)
        date = review_by or next_review(today)
        if not is_possible(date, today):
            raise Invalid(("review_by", "Give a day after today and within five years."))
        confirmed = case.model_copy(update={"review_by": date})
        self._saving.save(
            account,
            revision.ref,
            number + 1,
            confirmed,
            action=Action.CONFIRM,
            note=CONFIRMED.format(date=date),
        )
        return date

    def remind(self, actor: Account | None, *, dry_run: bool = False) -> int:
        """Ask owners about what has become due or overdue, each date once; gives how many notices that makes at most."""
        demand(actor, Permission.OPERATE)
        today = self._clock.now().date()
        listing = _listing(OPERATOR_VIEWER, today + NEAR, review_from=today - FRESH - dt.timedelta(days=1))
        people = tuple(each for each in self._accounts.list() if each.is_officer)
        notices = [
            notice for entry in self._catalogue.list(listing) for notice in reminders_of(entry, today, people)
        ]
        if not dry_run:
            self._telling.keep(notices)
        return len(notices)

    def _kept(self, account: Account, today: dt.date, kept: Kept) -> tuple[Asked, ...]:
        listing = Listing(
            viewer=account.viewer, review_until=today + NEAR, order=Order.REVIEW, **kept._asdict()
        )
        return tuple(
            Asked(entry=entry, state=review_state(entry.review_by, today), mine=True)
            for entry in self._catalogue.list(listing)
        )

    def _asked(
        self, viewer: Viewer, today: dt.date, until: dt.date, owner: str | None = None
    ) -> tuple[Asked, ...]:
        listing = _listing(viewer, until, owner=owner)
        return tuple(
            Asked(
                entry=entry,
                state=review_state(entry.review_by, today),
                mine=entry.owner is not None and entry.owner == viewer.organisation,
            )
            for entry in self._catalogue.list(listing)
        )


def _listing(
    viewer: Viewer, until: dt.date, *, owner: str | None = None, review_from: dt.date | None = None
) -> Listing:
    return Listing(
        viewer=viewer,
        kinds=frozenset({Kind.CASE_STUDY}),
        statuses=frozenset({CaseStatus.PUBLISHED.value}),
        owner=owner,
        review_from=review_from,
        review_until=until,
        order=Order.REVIEW,
    )
