"""Published case studies: reading them, their history, and the changes that need no review."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from contextlib import suppress

from kb.domain.account import Account
from kb.domain.case_study import CaseStatus, CaseStudy
from kb.domain.difference import FieldDifference, record_difference
from kb.domain.entry import Entry, Listing, Order
from kb.domain.errors import Invalid, NotFound, StaleRevision, WrongState
from kb.domain.marking import Audience, Marking
from kb.domain.permission import Permission, demand, permits
from kb.domain.ports import AccountStore, Catalogue, Clock
from kb.domain.record import Kind
from kb.domain.revision import RecordRef, Revision
from kb.domain.session import demand_proof
from kb.domain.text import Value
from kb.domain.workflow import Action
from kb.services.records import HistoryLine, Records, body_as, named, relations
from kb.services.remarking import Remarking
from kb.services.saving import Saving

TRIES = 5
"""How often a change that commutes with others is tried again on the newer revision."""

RED_FOR_STRANGERS = "RED is for named persons: name one of your organisation at least, or nobody could change the marking again."
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


class Comparison(Value):
    """Two revisions of a case, the fields in which they differ, and the narrowest marking of the two."""

    before: CaseView
    after: CaseView
    fields: tuple[FieldDifference, ...]
    marking: Marking


class Cases:
    """Use cases over the published chain."""

    def __init__(
        self,
        records: Records,
        saving: Saving,
        catalogue: Catalogue,
        accounts: AccountStore,
        clock: Clock,
    ) -> None:
        self._records = records
        self._saving = saving
        self._catalogue = catalogue
        self._accounts = accounts
        self._clock = clock
        self._remarking = Remarking(records, saving, catalogue)

    def get(self, actor: Account | None, identifier: str) -> CaseView:
        """Give the case as it stands now; raises NotFound."""
        account = demand(actor, Permission.READ)
        return self._view(account, self._records.current(account, case_ref(identifier)))

    def revision(self, actor: Account | None, identifier: str, number: int) -> CaseView:
        """Give an old revision; raises NotFound."""
        account, ref = demand(actor, Permission.READ), case_ref(identifier)
        today = body_as(CaseStudy, self._records.current(account, ref))
        return self._view(account, self._records.revision(account, ref, number), today)

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

    def difference(self, actor: Account | None, identifier: str, before: int, after: int) -> Comparison:
        """Compare two revisions, each in the form that the actor may see."""
        first, second = self.revision(actor, identifier, before), self.revision(actor, identifier, after)
        markings = first.case.audience.marking, second.case.audience.marking
        return Comparison(
            before=first,
            after=second,
            fields=record_difference(first.case, second.case),
            marking=max(markings, key=lambda marking: marking.rank),
        )

    def retag(
        self,
        actor: Account | None,
        identifier: str,
        *,
        lesson: str | None = None,
        add: frozenset[str] = frozenset(),
        remove: frozenset[str] = frozenset(),
    ) -> CaseView:
        """Put tags on the case, or on one lesson of it, and take tags off; others' changes at the same time stand."""

        def change(case: CaseStudy) -> CaseStudy:
            if lesson is None:
                return case.model_copy(update={"tags": _changed(case.tags, add, remove)})
            if case.lesson(lesson) is None:
                raise Invalid(("lesson", "This lesson is no longer part of the case. Reload the page."))
            lessons = tuple(
                each.model_copy(update={"tags": _changed(each.tags, add, remove)})
                if each.key == lesson
                else each
                for each in case.lessons
            )
            return case.model_copy(update={"lessons": lessons})

        signs = [f"+{tag}" for tag in sorted(add)] + [f"-{tag}" for tag in sorted(remove)]
        note = f"{lesson or 'case'}: {' '.join(signs)}"
        return self._change(actor, identifier, Permission.TAG_CASE, change, action=Action.RETAG, note=note)

    def retire(self, actor: Account | None, identifier: str, reason: str) -> CaseView:
        """Take a case out of search because it is no longer good advice; its page stays, with the reason."""
        status = {"status": CaseStatus.RETIRED, "status_reason": _needed(reason), "superseded_by": None}
        return self._restate(actor, identifier, Action.RETIRE, status)

    def supersede(self, actor: Account | None, identifier: str, by: str, reason: str) -> CaseView:
        """Take a case out of search because another, which the actor must be able to see, tells it better."""
        if by == identifier:
            raise Invalid(("by", "A case cannot take its own place. Give the other case's id."))
        self._records.current(actor, case_ref(by))
        status = {"status": CaseStatus.SUPERSEDED, "status_reason": _needed(reason), "superseded_by": by}
        return self._restate(actor, identifier, Action.SUPERSEDE, status)

    def reinstate(self, actor: Account | None, identifier: str, reason: str) -> CaseView:
        """Bring a retired or superseded case back."""
        status = {"status": CaseStatus.PUBLISHED, "status_reason": _needed(reason), "superseded_by": None}
        return self._restate(actor, identifier, Action.REINSTATE, status)

    def remark(self, actor: Account | None, identifier: str, audience: Audience, reason: str) -> CaseView:
        """Change who may see a case; only its owner's organisation does. Who, when and why is kept in the revision.

        What was seen cannot be unseen: raises ProveAgain where it widens and the actor has not just signed in.
        """
        account = demand(actor, Permission.READ)
        before = body_as(CaseStudy, self._records.current(account, case_ref(identifier)))
        demand(account, Permission.REMARK_CASE, *relations(account, before.owner))
        action = Action.WIDEN if audience.widens(before.audience) else Action.NARROW
        if audience == before.audience:
            raise WrongState("The marking is already so; nothing was changed.")
        self._demand_somebody(audience, before)
        if action is Action.WIDEN:
            demand_proof(account, self._clock.now())

        def change(case: CaseStudy) -> CaseStudy:
            if case.audience != before.audience:
                raise WrongState(
                    "Somebody changed the marking at the same moment. Reload the page and look again."
                )
            return case.model_copy(update={"audience": audience})

        note = _needed(reason)
        try:
            return self._change(account, identifier, Permission.REMARK_CASE, change, action=action, note=note)
        finally:
            self._remarking.carry_over(account, case_ref(identifier), action=action, note=note)

    def _demand_somebody(self, audience: Audience, case: CaseStudy) -> None:
        """Refuse a RED that names nobody of the owner's: no one could ever change the marking again."""
        named = self._accounts.named(audience.persons).values()
        if audience.marking is Marking.RED and not any(each.viewer.owns(case.owner) for each in named):
            raise Invalid(("persons", RED_FOR_STRANGERS))

    def _restate(
        self, actor: Account | None, identifier: str, action: Action, update: Mapping[str, object]
    ) -> CaseView:
        def change(case: CaseStudy) -> CaseStudy:
            if case.status is update["status"]:
                raise WrongState("That is done already. Reload the page.")
            return case.model_copy(update=update)

        note = str(update["status_reason"])
        return self._change(actor, identifier, Permission.RETIRE_CASE, change, action=action, note=note)

    def _change(
        self,
        actor: Account | None,
        identifier: str,
        permission: Permission,
        change: Callable[[CaseStudy], CaseStudy],
        *,
        action: Action,
        note: str,
    ) -> CaseView:
        """Make a further revision by `change`, tried again on the newer text where somebody else was quicker."""
        account = demand(actor, Permission.READ)
        for _ in range(TRIES - 1):
            with suppress(StaleRevision):
                return self._change_once(account, identifier, permission, change, action=action, note=note)
        return self._change_once(account, identifier, permission, change, action=action, note=note)

    def _change_once(
        self,
        account: Account,
        identifier: str,
        permission: Permission,
        change: Callable[[CaseStudy], CaseStudy],
        *,
        action: Action,
        note: str,
    ) -> CaseView:
        revision = self._records.current(account, case_ref(identifier))
        case = body_as(CaseStudy, revision)
        demand(account, permission, *relations(account, case.owner, (case.author,)))
        changed = CaseStudy.model_validate(change(case).model_dump())
        if changed == case:
            return self._view(account, revision)
        saved = self._saving.save(
            account, revision.ref, revision.number + 1, changed, action=action, note=note
        )
        return self._view(account, Revision(header=saved.header, note=note, body=changed))

    def _view(self, account: Account, revision: Revision, today: CaseStudy | None = None) -> CaseView:
        case = body_as(CaseStudy, revision)
        stands = relations(account, case.owner, (case.author,))
        shown = case.shown_to(account.viewer, today)
        people = self._accounts.named([shown.author] if shown.author else [])
        return CaseView(
            id=revision.ref.id,
            revision=revision.number,
            saved_at=revision.header.saved_at,
            case=self._with_known_successor(account, shown),
            author=people[shown.author].name if shown.author and shown.author in people else "",
            origin_withheld=shown is not case,
            can=frozenset(each for each in CAN if permits(account, each, *stands)),
        )

    def _with_known_successor(self, account: Account, case: CaseStudy) -> CaseStudy:
        """Give the case without the id of one that took its place, where that one does not exist for the reader."""
        if case.superseded_by is None:
            return case
        try:
            self._records.current(account, case_ref(case.superseded_by))
        except NotFound:
            return case.model_copy(update={"superseded_by": None})
        return case


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


def _changed(tags: tuple[str, ...], add: frozenset[str], remove: frozenset[str]) -> tuple[str, ...]:
    kept = tuple(tag for tag in tags if tag not in remove)
    return (*kept, *(tag for tag in sorted(add) if tag not in kept))


def _needed(reason: str) -> str:
    if not reason.strip():
        raise Invalid(("reason", "Say why; readers of the history will ask."))
    return reason
