"""Bearing steps: carrying out what an operation planned, record by record, each under the right that its planner has by then."""

from __future__ import annotations

from collections.abc import Mapping

from kb.domain.account import Account
from kb.domain.bearing import BEARERS, Bearer
from kb.domain.bearing_change import Changed, changed
from kb.domain.case_study import CaseStudy
from kb.domain.errors import Damaged, NotFound, StaleRevision
from kb.domain.instrument import Instrument
from kb.domain.operation import BearingStep, Operation, StepOutcome
from kb.domain.permission import Permission, permits
from kb.domain.ports import AccountStore, Clock, EntryStore
from kb.domain.practice import Practice
from kb.domain.record_units import record_of
from kb.domain.resource import Resource
from kb.domain.revision import RecordRef, Revision, Save
from kb.domain.workflow import CASE_STEPS, Action
from kb.services.records import relations

Steps = tuple[BearingStep, ...]
TAGGED_BY: Mapping[type[Bearer], Permission] = {
    CaseStudy: CASE_STEPS[Action.RETAG].by,
    Practice: Permission.EDIT_PRACTICE,
    Resource: Permission.KEEP_REFERENCE,
    Instrument: Permission.KEEP_REFERENCE,
}
"""Who changes at once what a record bears."""


class BearingSteps:
    """Takes the steps of a plan. Whatever crash or other process comes between, each record gets one revision of it at most."""

    def __init__(self, store: EntryStore, accounts: AccountStore, clock: Clock) -> None:
        self._store = store
        self._accounts = accounts
        self._clock = clock

    def take(self, planned: Revision, operation: Operation) -> Steps:
        """Take all steps, and give what each came to."""
        account = self._accounts.get(operation.requested_by)
        return tuple(
            step
            for name in operation.cases
            for step in self._in_record(
                planned, account, tuple(each for each in operation.steps if each.case == name)
            )
        )

    def _in_record(self, planned: Revision, account: Account | None, steps: Steps) -> Steps:
        while True:
            try:
                return self._once(planned, account, steps)
            except StaleRevision:
                pass  # somebody saved at the same moment: look at what they saved
            except (Damaged, NotFound):
                return _left_out(steps, StepOutcome.UNREADABLE)

    def _once(self, planned: Revision, account: Account | None, steps: Steps) -> Steps:
        ref = record_of(steps[0].case)
        current = self._store.current(ref)
        made = self._made(current, planned, min(step.revision for step in steps))
        number = made - 1 if made else current.number
        now = self._text(current, number)
        if not made and not _may(account, now):
            return _left_out(steps, StepOutcome.NOT_ALLOWED)
        looked_at = {number: self._text(current, number) for number in {step.revision for step in steps}}
        outcome = changed(now, looked_at, steps)
        if not made and outcome.record != now:
            self._store.save(self._save(ref, number + 1, planned, outcome))
        return tuple(_at(step, number + 1) for step in outcome.steps)

    def _text(self, current: Revision, number: int) -> Bearer:
        """Give a text of a record whose current one is read already."""
        return bearer_of(current if number == current.number else self._store.revision(current.ref, number))

    def _made(self, current: Revision, planned: Revision, looked_at: int) -> int:
        """Give the revision that this operation made before it was interrupted, or 0."""
        numbers = range(looked_at + 1, current.number + 1)
        made = (
            each for each in numbers if self._store.revision(current.ref, each).operation == planned.ref.id
        )
        return next(made, 0)

    def _save(self, ref: RecordRef, number: int, planned: Revision, outcome: Changed) -> Save:
        return Save(
            kind=ref.kind,
            id=ref.id,
            number=number,
            saved_at=self._clock.now(),
            saved_by=planned.header.saved_by,
            action=Action.RETAG,
            note=planned.note,
            operation=planned.ref.id,
            body=type(outcome.record).model_validate(outcome.record.model_dump()),
        )


def may_tag(account: Account, record: Bearer) -> bool:
    """Say whether the account, for which the record exists, changes at once what it bears."""
    return permits(account, TAGGED_BY[type(record)], *relations(account, record.owner))


def _may(account: Account | None, record: Bearer) -> bool:
    """Say whether the account sees the record and changes its tags, as both stand now."""
    return account is not None and account.viewer.sees(record.readers) and may_tag(account, record)


def bearer_of(revision: Revision) -> Bearer:
    """Give the text; one that was purged is there for nobody: raises NotFound."""
    if not isinstance(revision.body, BEARERS):
        raise NotFound
    return revision.body


def _left_out(steps: Steps, outcome: StepOutcome) -> Steps:
    return tuple(step.model_copy(update={"outcome": outcome}) for step in steps)


def _at(step: BearingStep, number: int) -> BearingStep:
    done = step.outcome is StepOutcome.DONE
    return step.model_copy(update={"revision": number}) if done else step
