"""The texts of the units, outside Whoosh, under the digest that the index names: a snippet cannot come from another revision.

A row's key is the checksum of its text, so a damaged row is never shown, and rows of two generations of the index can lie side by side.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from kb.adapters.search.schema import unit_text
from kb.domain.unit import SearchUnit

NAME = "units.sqlite"
_TABLE = """
CREATE TABLE IF NOT EXISTS unit (digest TEXT PRIMARY KEY, "case" TEXT NOT NULL, text TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS unit_by_case ON unit ("case");
"""


class TextGone(Exception):
    """A newer generation of the index has replaced a text: ask that one."""


class Texts:
    """One SQLite file in the index's folder. Every call has a connection of its own: threads and forks share nothing."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME

    def create(self) -> None:
        """Make an empty file."""
        with self._open() as database:
            database.executescript(_TABLE)

    def put(self, units: Iterable[tuple[str, SearchUnit]]) -> None:
        """Add units under their digests; those of the same digest stand already."""
        rows = ((digest, unit.case, unit_text(unit)) for digest, unit in units)
        with self._open() as database:
            database.executemany("INSERT OR IGNORE INTO unit VALUES (?, ?, ?)", rows)

    def keep_only(self, cases: Collection[str], digests: Collection[str]) -> None:
        """Drop the texts of these cases that are not among `digests`."""
        kept = set(digests)
        with self._open() as database:
            stale = [
                (digest,)
                for case in cases
                for (digest,) in database.execute('SELECT digest FROM unit WHERE "case" = ?', (case,))
                if digest not in kept
            ]
            database.executemany("DELETE FROM unit WHERE digest = ?", stale)

    def get(self, digests: Sequence[str]) -> list[SearchUnit]:
        """Give the units in this order; raises TextGone where one is no more or is damaged."""
        marks = ",".join("?" * len(digests))
        question = f"SELECT digest, text FROM unit WHERE digest IN ({marks})"  # noqa: S608 - only question marks
        with self._open() as database:
            found = dict(database.execute(question, tuple(digests)))
        return [_unit(digest, found.get(digest)) for digest in digests]

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(self._path, timeout=30)
        try:
            connection.execute("PRAGMA secure_delete = ON")
            with connection:
                yield connection
        finally:
            connection.close()


def _unit(digest: str, text: str | None) -> SearchUnit:
    if text is None or hashlib.sha256(text.encode()).hexdigest() != digest:
        raise TextGone
    return SearchUnit.model_validate_json(text)
