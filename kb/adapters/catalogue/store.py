"""The catalogue on SQLite."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from kb.adapters.catalogue.connections import Connections, is_corrupt
from kb.adapters.catalogue.questions import (
    CREATED_AT,
    DIGESTS,
    MANIFEST,
    STAMP,
    UNITS_MANIFEST,
    UNITS_OF,
    Parameters,
    fitting,
    hiding,
    number_fitting,
    one,
    several,
    times_of_fitting,
    versions,
    with_units,
)
from kb.adapters.catalogue.writing import write
from kb.domain.entry import Entry, Listing, Version
from kb.domain.errors import StoreFailure
from kb.domain.marking import Viewer
from kb.domain.ports import Change
from kb.domain.record import Kind
from kb.domain.record_units import group_of, record_of
from kb.domain.revision import RecordRef
from kb.domain.unit import GroupId, SearchUnit

T = TypeVar("T")
Row = tuple[object, ...]
Rows = list[Row]

BATCH = 200
"""Entries whose units are read in one transaction."""


class SqliteCatalogue:
    """A `Catalogue`. A file of another release, or one that cannot be read, is emptied; the next comparison fills it."""

    def __init__(self, path: Path) -> None:
        self._connections = Connections(path)

    def apply(self, changes: Sequence[Change]) -> None:
        def work(connection: sqlite3.Connection) -> None:
            for change in changes:
                write(connection, change)

        if changes:
            self._transact(work)

    def get(self, viewer: Viewer, ref: RecordRef) -> Entry | None:
        return next((_entry(row).shown_to(viewer) for row in self._rows(*one(viewer, ref))), None)

    def known(self, viewer: Viewer, refs: Collection[RecordRef]) -> Mapping[RecordRef, Entry]:
        found = (_entry(row).shown_to(viewer) for row in self._rows(*several(viewer, refs)))
        return {entry.ref: entry for entry in found}

    def hides(self, viewer: Viewer, ref: RecordRef, revision: int) -> bool:
        return bool(self._rows(*hiding(viewer, ref, revision)))

    def list(self, listing: Listing) -> tuple[Entry, ...]:
        return tuple(_entry(row).shown_to(listing.viewer) for row in self._rows(*fitting(listing)))

    def count(self, listing: Listing) -> int:
        ((number,),) = self._rows(*number_fitting(listing))
        return int(str(number))

    def saved_at(self, listing: Listing) -> Mapping[RecordRef, datetime]:
        rows = self._rows(*times_of_fitting(listing))
        return {_ref(kind, record): datetime.fromisoformat(str(moment)) for kind, record, moment in rows}

    def created_at(self, ref: RecordRef) -> datetime | None:
        rows = self._rows(CREATED_AT, {"kind": ref.kind.value, "record": ref.id})
        return next((datetime.fromisoformat(str(moment)) for (moment,) in rows), None)

    def manifest(self) -> Mapping[RecordRef, int]:
        rows = self._rows(MANIFEST)
        return {_ref(kind, record): int(str(revision)) for kind, record, revision in rows}

    def units(self) -> Iterator[SearchUnit]:
        for entry in self.searched():
            yield from entry.units

    def searched(self, groups: Collection[GroupId] | None = None) -> Iterator[Entry]:
        after: tuple[str, str] | None = ("", "")
        while after is not None:
            batch, after = self._searched_after(after, groups)
            yield from batch

    def units_manifest(self) -> Mapping[GroupId, int]:
        rows = self._rows(UNITS_MANIFEST)
        return {group_of(_ref(kind, record)): int(str(revision)) for kind, record, revision in rows}

    def versions(self, groups: Collection[GroupId] | None = None) -> Mapping[GroupId, Version]:
        rows = self._rows(*versions(_records(groups)))
        return {
            group_of(_ref(kind, record)): Version(int(str(revision)), str(digest))
            for kind, record, revision, digest in rows
        }

    def stamp(self, kind: Kind) -> int:
        return next((int(str(number)) for (number,) in self._rows(STAMP, {"kind": kind.value})), 0)

    def digest(self) -> str:
        rows = self._rows(DIGESTS)
        lines = ("\t".join(map(str, row)) + "\n" for row in rows)
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    def purge(self) -> None:
        """Rewrite the file and empty the log beside it; raises StoreFailure where a reader keeps the log in use."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute("VACUUM")
            (busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if busy:
                raise StoreFailure("Somebody goes on reading the lists, so they keep a trace. Purge again.")

        self._run(work)

    def clear(self) -> None:
        self._transact(lambda connection: connection.execute("DELETE FROM entry"))

    def _searched_after(
        self, after: tuple[str, str], groups: Collection[GroupId] | None
    ) -> tuple[tuple[Entry, ...], tuple[str, str] | None]:
        """Give a batch of entries with their units, and the name of the last of these; None after the last batch."""

        def work(connection: sqlite3.Connection) -> tuple[Rows, Rows]:
            entries = connection.execute(*with_units(_records(groups), after, BATCH)).fetchall()
            numbers = json.dumps([number for _, _, number, _ in entries])
            return entries, connection.execute(UNITS_OF, {"entries": numbers}).fetchall()

        entries, rows = self._transact(work, "BEGIN")
        units: dict[object, tuple[SearchUnit, ...]] = {}
        for number, document in rows:
            units[number] = (*units.get(number, ()), SearchUnit.model_validate_json(str(document)))
        last = (str(entries[-1][0]), str(entries[-1][1])) if len(entries) == BATCH else None
        found = (
            _entry((document,)).model_copy(update={"units": units[number]})
            for _, _, number, document in entries
        )
        return tuple(found), last

    def _rows(self, statement: str, parameters: Parameters | None = None) -> Rows:
        return self._run(lambda connection: connection.execute(statement, parameters or {}).fetchall())

    def _transact(self, work: Callable[[sqlite3.Connection], T], begin: str = "BEGIN IMMEDIATE") -> T:
        def whole(connection: sqlite3.Connection) -> T:
            connection.execute(begin)
            try:
                result = work(connection)
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            return result

        return self._run(whole)

    def _run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do `work`, once more on an empty file where this one cannot be read; raises StoreFailure."""
        try:
            try:
                return work(self._connections.get())
            except sqlite3.DatabaseError as error:
                if not is_corrupt(error):
                    raise
            self._connections.discard()
            return work(self._connections.get())
        except sqlite3.Error as error:
            raise StoreFailure(
                f"The lists cannot be read or written just now ({error}). Try again."
            ) from error


def _entry(row: Row) -> Entry:
    return Entry.model_validate_json(str(row[0]))


def _records(groups: Collection[GroupId] | None) -> list[RecordRef] | None:
    return None if groups is None else [record_of(each) for each in sorted(groups)]


def _ref(kind: object, record: object) -> RecordRef:
    return RecordRef(kind=Kind(str(kind)), id=str(record))
