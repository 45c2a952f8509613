"""From the store to what is derived of it: catalogue, audit log, notices and search index, brought to what the files say.

The drain and the full comparison differ only in how they learn what is owed; both pay it here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from kb.domain.entry import Entry, entry_of
from kb.domain.errors import Damaged, NotFound, SearchUnavailable
from kb.domain.operation import Operation, OperationStatus
from kb.domain.ports import AuditLog, AuditRow, Catalogue, Change, EntryStore, Indexer
from kb.domain.record_units import SEARCHED
from kb.domain.revision import RecordRef, Revision
from kb.domain.text import Value
from kb.services.telling import Telling


class Standing(StrEnum):
    """What reading a record found."""

    CURRENT = "current"
    BURIED = "buried"
    """Its current revision is a tombstone: the record exists for nobody."""
    MISSING = "missing"
    """No revision ever came."""
    DAMAGED = "damaged"
    """Its current revision cannot be trusted: out of view until it is mended."""


class Owed(Value):
    """A record that what is derived must follow, with the numbers of the revisions to be audited.

    Of those that somebody has just saved people are told; a comparison that finds old ones tells nobody of them.
    """

    ref: RecordRef
    numbers: tuple[int, ...] = ()
    just_saved: bool = False


class Reading(Value):
    """What a record was found to be; `revision` is the current one, unless it is missing or damaged."""

    ref: RecordRef
    standing: Standing
    revision: Revision | None = None
    entry: Entry | None = None
    sentence: str = ""
    """Why it is damaged."""

    @property
    def number(self) -> int:
        """Give the number of the current revision, 0 where it is unknown."""
        return self.revision.number if self.revision else 0


class Brought(Value):
    """What came of it; `search_behind` says that the index could not take its part and still owes it."""

    readings: tuple[Reading, ...] = ()
    search_behind: bool = False


class Derivation:
    """Brings what is derived to what the files say. Doing it twice changes nothing; the writer's lock is the caller's."""

    def __init__(
        self, store: EntryStore, catalogue: Catalogue, engine: Indexer, audit: AuditLog, telling: Telling
    ) -> None:
        self._store = store
        self._catalogue = catalogue
        self._engine = engine
        self._audit = audit
        self._telling = telling

    def bring(self, owed: Iterable[Owed]) -> Brought:
        """Read these records and let catalogue, audit log, notices and index follow, in this order.

        A damaged record leaves view and stops nobody else's. An index that cannot take its part stops nothing either.
        """
        asked = tuple(owed)
        readings = tuple(self.read(each.ref) for each in asked)
        changes = [Change(ref=reading.ref, entry=reading.entry) for reading in readings]
        self._catalogue.apply(changes)
        self._note(zip(asked, readings, strict=True))
        return Brought(readings=readings, search_behind=not self._index(changes))

    def has_come(self, ref: RecordRef, number: int) -> bool:
        """Say whether the store has this revision of the record, or a later one."""
        reading = self.read(ref)
        return reading.standing is Standing.DAMAGED or reading.number >= number

    def read(self, ref: RecordRef) -> Reading:
        """Read a record, whatever state it is in, as it would enter the catalogue."""
        try:
            revision = self._store.current(ref)
            entry = entry_of(revision, self._created_at(revision))
        except NotFound:
            return Reading(ref=ref, standing=Standing.MISSING)
        except Damaged as damage:
            return Reading(ref=ref, standing=Standing.DAMAGED, sentence=str(damage))
        standing = Standing.CURRENT if entry else Standing.BURIED
        return Reading(ref=ref, standing=standing, revision=revision, entry=entry)

    def _created_at(self, revision: Revision) -> dt.datetime:
        """Give when the record began; its own time where the first revision is damaged, which lists can live with."""
        if revision.number == 1:
            return revision.header.saved_at
        if known := self._catalogue.created_at(revision.ref):
            return known
        try:
            return self._store.revision(revision.ref, 1).header.saved_at
        except (Damaged, NotFound):
            return revision.header.saved_at

    def _note(self, read: Iterable[tuple[Owed, Reading]]) -> None:
        """Note who did what, and tell those whom it concerns; of the texts only those are held that tell somebody."""
        rows, telling = list[AuditRow](), list[Revision]()
        for each, reading in read:
            for revision in self._revisions(each, reading):
                rows += audit_rows(revision)
                telling += [revision] if each.just_saved and self._telling.concerns(revision.header) else []
        self._audit.append(rows)
        self._telling.tell(telling)

    def _revisions(self, owed: Owed, reading: Reading) -> Iterable[Revision]:
        """Give the revisions to be audited; the current one was read a moment ago."""
        for number in owed.numbers:
            try:
                known = reading.revision if reading.number == number else None
                yield known or self._store.revision(owed.ref, number)
            except (Damaged, NotFound):
                continue  # fsck names a damaged one; one that never came did nothing to be audited

    def _index(self, changes: Sequence[Change]) -> bool:
        searched = [change for change in changes if change.ref.kind in SEARCHED]
        if not searched:
            return True
        try:
            self._engine.apply(searched)
        except (SearchUnavailable, OSError):
            return False
        return True


def audit_rows(revision: Revision) -> Iterator[AuditRow]:
    """Give the audit row of a save; for a purge that is done, one more for each record that it took a text out of.

    The header alone speaks, and a plan's ids: they outlive a purge and hold no text of the record.
    """
    header, plan = revision.header, revision.body
    row = AuditRow(
        at=header.saved_at,
        actor=header.saved_by,
        action=header.action.value,
        subject=str(header.ref),
        detail=f"revision {header.revision}",
        key=f"{header.ref}/{header.revision}",
    )
    yield row
    if isinstance(plan, Operation) and plan.status is OperationStatus.DONE:
        for record in dict.fromkeys(f"{target.kind.value}/{target.id}" for target in plan.targets):
            of_record = {"subject": record, "detail": f"by {header.ref}", "key": f"{row.key}/{record}"}
            yield row.model_copy(update=of_record)
