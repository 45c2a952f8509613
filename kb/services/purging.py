"""Purging: taking a text out of everything that this installation can reach, and saying what it cannot.

The plan, ids and numbers without a word of text, is a record before the first revision is buried, so that a crash in
the middle is rolled forward by whoever drains next (see `operations`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.domain.account import Account
from kb.domain.errors import Damaged, Invalid, NotFound, StoreFailure
from kb.domain.guard import demand_clean
from kb.domain.operation import Operation, OperationKind, OperationStatus, RevisionRef
from kb.domain.permission import Permission, demand
from kb.domain.ports import Clock, EntryStore, Randomness
from kb.domain.record import Kind
from kb.domain.revision import RecordRef, Save
from kb.domain.subject import DISCUSSED, discussion_of
from kb.domain.submission import Submission
from kb.domain.text import Value, normal_line, normal_prose
from kb.domain.workflow import Action
from kb.services.drain import Drain

MOST_ROUNDS = 5
"""How often a purge looks again, because somebody may have saved the text anew while it worked."""
UNREACHABLE = (
    "Copies in a version history (git) of the entries, in clones and in forks.",
    "Backups and snapshots of the data home.",
    "What was exported, printed, mailed or copied by readers, and their browsers' caches.",
    "Blocks of the disk that the file system has freed but not written over.",
)
"""What no purge of ours can clean; whoever purges must see to it."""


class PurgeTarget(Value):
    """What is to be purged: whole records (a case with its submissions and its discussion), or every revision that holds a text."""

    records: tuple[RecordRef, ...] = ()
    containing: str = ""


class PurgeReport(Value):
    """What was purged, by which operations, and what lies out of reach."""

    revisions: tuple[RevisionRef, ...]
    operations: tuple[str, ...]
    unreachable: tuple[str, ...] = UNREACHABLE


class Purging:
    """Plans and carries out purges, for operators."""

    def __init__(self, store: EntryStore, drain: Drain, clock: Clock, randomness: Randomness) -> None:
        self._store = store
        self._drain = drain
        self._clock = clock
        self._randomness = randomness

    def plan(self, actor: Account | None, target: PurgeTarget) -> tuple[RevisionRef, ...]:
        """Give the revisions that would be purged, to be shown before anything is done; raises NotFound."""
        demand(actor, Permission.OPERATE)
        return self._plan(target)

    def carry_out(self, actor: Account | None, target: PurgeTarget, reason: str) -> PurgeReport:
        """Purge, and come back only when looking again finds nothing more to purge.

        Raises Invalid where there is nothing to do or no reason, StoreFailure where it could not be brought to an end:
        the plan then stands and is rolled forward by the next drain or start.
        """
        account = demand(actor, Permission.OPERATE)
        self._demand_reason(target, reason)
        revisions, operations = list[RevisionRef](), list[str]()
        for _ in range(MOST_ROUNDS):
            found = self._plan(target)
            if not found:
                break
            operations.append(self._operate(account, found, reason))
            revisions += found
        else:
            raise StoreFailure(
                "The text comes back: somebody goes on saving it. Stop the server, then purge again."
            )
        if not revisions:
            raise Invalid(
                ("target", "There is nothing to purge: no readable revision is meant or holds the text.")
            )
        return PurgeReport(revisions=tuple(revisions), operations=tuple(operations))

    def _demand_reason(self, target: PurgeTarget, reason: str) -> None:
        text = normal_line(target.containing)
        if not normal_line(reason):
            raise Invalid(("reason", "Say why; the audit log and the operation keep the reason."))
        if text and text.casefold() in normal_line(reason).casefold():
            raise Invalid(("reason", "The reason is kept: do not repeat in it what is to be purged."))
        demand_clean([("reason", reason)])

    def _plan(self, target: PurgeTarget) -> tuple[RevisionRef, ...]:
        meant = dict.fromkeys(self._of_records(target.records))
        text = normal_prose(target.containing)
        if text.strip():
            meant |= dict.fromkeys(
                RevisionRef(kind=ref.kind, id=ref.id, revision=number)
                for ref, number in self._store.holds(text)
            )
        return tuple(meant)

    def _of_records(self, records: Iterable[RecordRef]) -> Iterator[RevisionRef]:
        for ref in records:
            yield from self._of_chain(ref)
            if ref.kind in DISCUSSED:
                discussion = discussion_of(ref)
                yield from self._of_chain(discussion) if self._store.last(discussion) else ()
            if ref.kind is Kind.CASE_STUDY:
                for chain in self._store.chains(Kind.SUBMISSION):
                    if self._is_about(chain.ref, ref.id):
                        yield from self._of_chain(chain.ref)

    def _of_chain(self, ref: RecordRef) -> Iterator[RevisionRef]:
        """Give the revisions that still have a text, or may have one because they cannot be read."""
        last = next((chain.last for chain in self._store.chains(ref.kind) if chain.ref == ref), 0)
        if not last:
            raise NotFound
        for number in range(1, last + 1):
            if self._has_text(ref, number):
                yield RevisionRef(kind=ref.kind, id=ref.id, revision=number)

    def _has_text(self, ref: RecordRef, number: int) -> bool:
        try:
            return self._store.revision(ref, number).body is not None
        except Damaged:
            return True
        except NotFound:
            return False

    def _is_about(self, submission: RecordRef, case: str) -> bool:
        """Say whether a submission is about this case; its files are asked, because the catalogue may be behind."""
        return any(
            isinstance(revision.body, Submission) and revision.body.target == case
            for revision in self._store.revisions(submission)
        )

    def _operate(self, account: Account, targets: tuple[RevisionRef, ...], reason: str) -> str:
        """Save the plan, have it carried out, and give its id."""
        ref = RecordRef(kind=Kind.OPERATION, id=self._randomness.identifier())
        plan = Operation(
            operation=OperationKind.PURGE, reason=reason, requested_by=account.id, targets=targets
        )
        save = Save(
            kind=ref.kind,
            id=ref.id,
            number=1,
            saved_at=self._clock.now(),
            saved_by=account.id,
            action=Action.PURGE,
            body=plan,
        )
        self._store.save(save)
        self._drain.settle(ref, 1)
        done = self._store.current(ref).body
        if not (isinstance(done, Operation) and done.status is OperationStatus.DONE):
            raise StoreFailure(
                f"The purge is planned (operation {ref.id}) but could not be finished; the text may still be there. "
                "See `kb fsck`, then run `kb index update`, which goes on with it."
            )
        return ref.id
