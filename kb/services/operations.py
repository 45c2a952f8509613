"""Operations over many records: a plan that is a record itself, rolled forward until it is done.

A purge takes text out of files, catalogue and index, in this order, and says that it is done only after looking. The
others change what cases bear (see `bearing_steps`).
"""

from __future__ import annotations

from kb.domain.errors import Damaged, KnowledgeBaseError, NotFound, StaleRevision
from kb.domain.operation import BEARING, Operation, OperationStatus, RevisionRef
from kb.domain.ports import Catalogue, Clock, EntryStore, SearchEngine
from kb.domain.record import Kind
from kb.domain.revision import RecordRef, Revision, Save
from kb.services.bearing_steps import BearingSteps
from kb.services.derivation import Derivation, Owed


class Operations:
    """Carries out planned operations. Every step may be done twice; the writer's lock is the caller's."""

    def __init__(
        self,
        store: EntryStore,
        catalogue: Catalogue,
        engine: SearchEngine,
        derivation: Derivation,
        clock: Clock,
        *,
        bearing: BearingSteps,
    ) -> None:
        self._store = store
        self._catalogue = catalogue
        self._engine = engine
        self._derivation = derivation
        self._clock = clock
        self._bearing = bearing

    def carry_out(self, ref: RecordRef) -> None:
        """Bring a planned operation to its end; one that is done stays as it is.

        Raises Damaged where a revision could not be buried; then the plan stands, to be tried again.
        """
        planned = self._store.current(ref)
        operation = planned.body
        if not isinstance(operation, Operation):
            raise NotFound
        if operation.status is OperationStatus.DONE:
            return
        if operation.operation in BEARING:
            operation = operation.model_copy(update={"steps": self._bearing.take(planned, operation)})
        else:
            self._purge(operation, ref.id)
        self._conclude(planned, operation)

    def _purge(self, operation: Operation, name: str) -> None:
        left = [target for target in operation.targets if not self._bury(target, name)]
        self._store.sweep()
        records = dict.fromkeys(_record(target) for target in operation.targets)
        self._derivation.bring(Owed(ref=ref) for ref in records)
        if left:
            names = ", ".join(f"{_record(each)} revision {each.revision}" for each in left)
            raise Damaged(
                f"These could not be purged: {names}. See what `kb fsck` says of them, mend them, then run "
                "`kb index update`."
            )
        self._catalogue.purge()
        self._engine.rebuild(self._catalogue.units(), 0)

    def _bury(self, target: RevisionRef, name: str) -> bool:
        """Bury one revision, and believe it only after looking."""
        ref = _record(target)
        try:
            self._store.bury(ref, target.revision, f"Purged by operation {name}.")
            return self._store.revision(ref, target.revision).body is None
        except NotFound:
            return True
        except KnowledgeBaseError:
            return False

    def _conclude(self, planned: Revision, operation: Operation) -> None:
        save = Save(
            kind=Kind.OPERATION,
            id=planned.ref.id,
            number=planned.number + 1,
            saved_at=self._clock.now(),
            saved_by=planned.header.saved_by,
            action=planned.header.action,
            note=planned.note,
            body=operation.model_copy(update={"status": OperationStatus.DONE}),
        )
        try:
            self._store.save(save)
        except StaleRevision:
            return  # another process was quicker to say so


def _record(target: RevisionRef) -> RecordRef:
    return RecordRef(kind=target.kind, id=target.id)
