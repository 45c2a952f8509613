"""Tag operations: splits and retaggings as they are begun, listed, shown and taken back.

What somebody is told of one is what concerns the records that exist for them; without any, the operation does not exist.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sized

from kb.domain.account import Account
from kb.domain.bearing import BEARERS, Bearer, holder_at, scheme_at
from kb.domain.bearing_change import inverse, is_still_so, place_of
from kb.domain.concept import Scheme
from kb.domain.entry import Entry, Listing
from kb.domain.errors import Invalid, NotCarriedOut, NotFound
from kb.domain.lesson import LessonBase
from kb.domain.marking import OPERATOR_VIEWER
from kb.domain.operation import BEARING, BearingStep, Operation, OperationKind, OperationStatus, StepOutcome
from kb.domain.permission import Permission, demand, permits
from kb.domain.ports import AccountStore, Catalogue, EntryStore, Randomness
from kb.domain.record import Kind
from kb.domain.record_units import group_of, record_of
from kb.domain.revision import RecordRef
from kb.domain.text import Value, normal_line
from kb.domain.workflow import Action
from kb.services.bearing_steps import bearer_of, may_tag
from kb.services.drain import Drain
from kb.services.kept_bodies import KeptBodies
from kb.services.records import Records, named
from kb.services.saving import Saving

MOST_STEPS = 500
"""Of one operation: what a person can look through, and what is done before a browser gives up (see docs/benchmarks.md)."""
WAITS = (
    "The plan is saved and not carried out yet: another process is at work, or the disk refuses. It goes on by itself; do "
    "not ask for it twice. If it stays so, ask whoever runs the server to look at the disk."
)
ACTION_OF: Mapping[OperationKind, Action] = {
    OperationKind.SPLIT: Action.SPLIT,
    OperationKind.RETAG: Action.RETAG,
    OperationKind.UNDO: Action.UNDO,
}


class StepLine(Value):
    """A step as its reader may see it: the lesson by the title that it has now."""

    step: BearingStep
    scheme: Scheme
    case_title: str
    lesson_title: str = ""
    """Empty for the case itself, and for a lesson that is gone."""
    still_so: bool = False
    """Whether it stands as the operation left it, so that the reader may take it back."""


class OperationLine(Value):
    """An operation in a list, as far as its reader may see it."""

    id: str
    kind: OperationKind
    status: OperationStatus
    reason: str
    at: dt.datetime
    by: str = ""
    """The name of who asked for it; empty where it may tell where a case comes from."""
    undoes: str | None = None
    cases: int


class OperationView(OperationLine):
    """An operation's page."""

    steps: tuple[StepLine, ...]
    can_undo: bool = False

    @property
    def done(self) -> tuple[StepLine, ...]:
        """Give the steps that changed something."""
        return tuple(line for line in self.steps if line.step.outcome is StepOutcome.DONE)

    @property
    def left_out(self) -> tuple[StepLine, ...]:
        """Give the steps that changed nothing."""
        return tuple(line for line in self.steps if line.step.outcome not in {None, StepOutcome.DONE})


class TagOperations:
    """Use cases over operations that change what records bear."""

    def __init__(
        self,
        store: EntryStore,
        records: Records,
        catalogue: Catalogue,
        accounts: AccountStore,
        *,
        saving: Saving,
        drain: Drain,
        kept: KeptBodies,
        randomness: Randomness,
    ) -> None:
        self._store = store
        self._records = records
        self._catalogue = catalogue
        self._accounts = accounts
        self._saving = saving
        self._drain = drain
        self._kept = kept
        self._randomness = randomness

    def begin(
        self,
        account: Account,
        kind: OperationKind,
        steps: tuple[BearingStep, ...],
        reason: str,
        *,
        undoes: str | None = None,
    ) -> str:
        """Keep the plan and have it carried out; gives its id.

        Raises Invalid without a reason or a step, NotCarriedOut where the plan stands and waits for the next drain.
        """
        self.demand_sound(steps, reason)
        ref = RecordRef(kind=Kind.OPERATION, id=self._randomness.identifier())
        plan = Operation(operation=kind, reason=reason, requested_by=account.id, steps=steps, undoes=undoes)
        self._saving.save(account, ref, 1, plan, action=ACTION_OF[kind], note=reason)
        self._drain.settle(ref, 2)
        done = self._store.current(ref).body
        if not (isinstance(done, Operation) and done.status is OperationStatus.DONE):
            raise NotCarriedOut(WAITS)
        return ref.id

    def demand_sound(self, steps: Sized, reason: str) -> None:
        """Refuse what is no plan before anything is made for it; raises Invalid."""
        problems = (
            (not normal_line(reason), "reason", "Say why; who reads the history of these records will ask."),
            (not len(steps), "", "Nothing would be changed. Choose at least one entry that it concerns."),
            (
                len(steps) > MOST_STEPS,
                "",
                f"These are {len(steps)} entries; at most {MOST_STEPS} are changed at once. Choose some, then the others.",
            ),
        )
        if found := [(field, sentence) for wrong, field, sentence in problems if wrong]:
            raise Invalid(*found)

    def looked_at(self, account: Account, name: str, revision: int) -> Bearer | None:
        """Give a text that somebody looked at, or None where it does not exist for them or is not theirs to change."""
        try:
            now = self._records.current(account, record_of(name))
            then = now if now.number == revision else self._records.revision(account, now.ref, revision)
            return bearer_of(then) if may_tag(account, bearer_of(now)) else None
        except NotFound:
            return None

    def list(self, actor: Account | None) -> tuple[OperationLine, ...]:
        """List those of which the actor sees a case, the last first: of everybody for coordinators, of their own for others."""
        account = demand(actor, Permission.READ)
        found = ((entry, *self._seen(account, entry)) for entry in self._entries())
        return tuple(
            self._line(entry, operation, known) for entry, operation, known in found if operation and known
        )

    def get(self, actor: Account | None, identifier: str) -> OperationView:
        """Give one with the steps that concern what the actor sees; raises NotFound."""
        account = demand(actor, Permission.READ)
        entry = self._catalogue.get(OPERATOR_VIEWER, named(Kind.OPERATION, identifier))
        operation, known = self._seen(account, entry) if entry else (None, {})
        if entry is None or operation is None or not known:
            raise NotFound
        bodies = {name: self._kept.get(account.viewer, record_of(name)) for name in known}
        steps = tuple(
            self._step_line(account, step, known[step.case], body)
            for step in operation.steps
            if isinstance(body := bodies.get(step.case), BEARERS)
        )
        line = self._line(entry, operation, known)
        return OperationView(**dict(line), steps=steps, can_undo=any(each.still_so for each in steps))

    def undo(self, actor: Account | None, identifier: str, reason: str) -> str:
        """Take back what one changed, where it is still so and the actor may; gives the id of the operation that does.

        Raises Invalid where nothing of it is left to take back.
        """
        account = demand(actor, Permission.READ)
        lines = [line for line in self.get(account, identifier).done if line.still_so]
        if not lines:
            raise Invalid(
                (
                    "undo",
                    "Nothing of it that you may change still stands as it was left, so there is nothing to take back.",
                )
            )
        numbers = {line.step.case: self._store.last(record_of(line.step.case)) for line in lines}
        steps = tuple(inverse(line.step, numbers[line.step.case]) for line in lines)
        return self.begin(account, OperationKind.UNDO, steps, reason, undoes=identifier)

    def _entries(self) -> tuple[Entry, ...]:
        return self._catalogue.list(Listing(viewer=OPERATOR_VIEWER, kinds=frozenset({Kind.OPERATION})))

    def _seen(self, account: Account, entry: Entry) -> tuple[Operation | None, Mapping[str, Entry]]:
        """Give the operation, and the entries of those of its cases that exist for the account; without a right to it, nothing."""
        operation = self._kept.of(entry)
        if not isinstance(operation, Operation) or operation.operation not in BEARING:
            return None, {}
        if operation.requested_by != account.id and not permits(account, Permission.CURATE_CONCEPTS):
            return None, {}
        known = self._catalogue.known(account.viewer, [record_of(name) for name in operation.cases])
        return operation, {group_of(ref): each for ref, each in known.items()}

    def _line(self, entry: Entry, operation: Operation, known: Mapping[str, Entry]) -> OperationLine:
        people = self._accounts.named([operation.requested_by])
        withheld = any(each.chatham_house and each.owner is None for each in known.values())
        by = people.get(operation.requested_by)
        return OperationLine(
            id=entry.id,
            kind=operation.operation,
            status=operation.status,
            reason=operation.reason,
            at=entry.created_at,
            by=by.name if by and not withheld else "",
            undoes=operation.undoes,
            cases=len(known),
        )

    def _step_line(self, account: Account, step: BearingStep, entry: Entry, record: Bearer) -> StepLine:
        lesson = holder_at(record, step.lesson)
        return StepLine(
            step=step,
            scheme=scheme_at(place_of(step)),
            case_title=entry.title,
            lesson_title=lesson.title if isinstance(lesson, LessonBase) else "",
            still_so=is_still_so(record, step) and may_tag(account, record),
        )
