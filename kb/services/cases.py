"""Published case studies: reading them and their history. What is done to them without a review is in `case_acts`."""

from __future__ import annotations

import datetime as dt

from kb.domain.account import Account
from kb.domain.case_study import CaseStatus, CaseStudy
from kb.domain.entry import Entry, Listing, Order
from kb.domain.permission import Permission, demand, permits
from kb.domain.ports import AccountStore, Catalogue
from kb.domain.record import Kind
from kb.domain.revision import RecordRef, Revision
from kb.domain.text import Value
from kb.domain.workflow import CASE_STEPS, CLOSED, Action, SubmissionStatus
from kb.services.difference import RevisionDifference, difference
from kb.services.records import HistoryLine, Records, body_as, named, relations

CAN = (Permission.TAG_CASE, Permission.RETIRE_CASE, Permission.REMARK_CASE, Permission.PROPOSE_CHANGE)


class CaseView(Value):
    """A case as one reader may see it, with what they may do to it."""

    id: str
    revision: int
    saved_at: dt.datetime
    case: CaseStudy
    author: str = ""
    """The author's name, empty where unknown or withheld."""
    origin_withheld: bool = False
    can: frozenset[Permission] = frozenset()
    acts: frozenset[Action] = frozenset()
    """What the reader may do with the case as it stands."""
    being_changed: tuple[Entry, ...] = ()
    """For its owners: the changes that are being written or reviewed, as far as the reader may see them."""


class Cases:
    """Use cases over the published chain."""

    def __init__(
        self,
        records: Records,
        catalogue: Catalogue,
        accounts: AccountStore,
    ) -> None:
        self._records = records
        self._catalogue = catalogue
        self._accounts = accounts

    def get(self, actor: Account | None, identifier: str) -> CaseView:
        """Give the case as it stands now; raises NotFound."""
        account = demand(actor, Permission.READ)
        revision = self._records.current(account, case_ref(identifier))
        changes = self._being_changed(account, identifier, body_as(CaseStudy, revision))
        return self.view(account, revision).model_copy(update={"being_changed": changes})

    def revision(self, actor: Account | None, identifier: str, number: int) -> CaseView:
        """Give an old revision; raises NotFound."""
        account, ref = demand(actor, Permission.READ), case_ref(identifier)
        today = body_as(CaseStudy, self._records.current(account, ref))
        return self.view(account, self._records.revision(account, ref, number), today)

    def list(
        self,
        actor: Account | None,
        *,
        order: Order = Order.NEWEST,
        offset: int = 0,
        limit: int | None = None,
        status: CaseStatus = CaseStatus.PUBLISHED,
    ) -> tuple[Entry, ...]:
        """List cases of one status that exist for the actor."""
        return self._catalogue.list(_listing(demand(actor, Permission.READ), status, order, offset, limit))

    def count(self, actor: Account | None, *, status: CaseStatus = CaseStatus.PUBLISHED) -> int:
        """Count what `list` gives without a limit."""
        return self._catalogue.count(_listing(demand(actor, Permission.READ), status))

    def history(self, actor: Account | None, identifier: str) -> tuple[HistoryLine, ...]:
        """Give the revisions of a case, newest first."""
        return self._records.history(actor, case_ref(identifier))

    def difference(
        self, actor: Account | None, identifier: str, before: int, after: int
    ) -> RevisionDifference[CaseView]:
        """Compare two revisions, each in the form that the actor may see."""
        first, second = (self.revision(actor, identifier, number) for number in (before, after))
        return difference(first, second, lambda view: view.case)

    def view(self, account: Account, revision: Revision, today: CaseStudy | None = None) -> CaseView:
        """Give this revision in the form shown to the account, which the caller has found to be allowed to see it."""
        case = body_as(CaseStudy, revision)
        stands = relations(account, case.owner, (case.author,))
        shown = case.shown_to(account.viewer, today)
        people = self._accounts.named([shown.author] if shown.author else [])
        return CaseView(
            id=revision.ref.id,
            revision=revision.number,
            saved_at=revision.header.saved_at,
            case=self._records.as_read(account, shown),
            author=people[shown.author].name if shown.author and shown.author in people else "",
            origin_withheld=shown is not case,
            can=frozenset(each for each in CAN if permits(account, each, *stands)),
            acts=frozenset(
                action
                for action, step in CASE_STEPS.items()
                if case.status in step.sources and permits(account, step.by, *stands)
            ),
        )

    def _being_changed(self, account: Account, identifier: str, case: CaseStudy) -> tuple[Entry, ...]:
        if not account.viewer.owns(case.owner):
            return ()
        return self._catalogue.list(
            Listing(
                viewer=account.viewer,
                kinds=frozenset({Kind.SUBMISSION}),
                statuses=frozenset(status.value for status in set(SubmissionStatus) - CLOSED),
                target=identifier,
                order=Order.OLDEST,
            )
        )


def case_ref(identifier: str) -> RecordRef:
    """Name a published case."""
    return named(Kind.CASE_STUDY, identifier)


def _listing(
    account: Account,
    status: CaseStatus,
    order: Order = Order.NEWEST,
    offset: int = 0,
    limit: int | None = None,
) -> Listing:
    return Listing(
        viewer=account.viewer,
        kinds=frozenset({Kind.CASE_STUDY}),
        statuses=frozenset({status.value}),
        order=order,
        offset=offset,
        limit=limit,
    )
