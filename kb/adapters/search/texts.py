"""The texts of the units, outside Whoosh, under the digest that the index names: a snippet cannot come from another revision.

A row's key is the checksum of its text, so a damaged row is never shown, and rows of two generations of the index can lie side by side.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kb.adapters.search.analysis import family_of
from kb.adapters.search.schema import unit_text
from kb.adapters.search.snippets import Prepared, prepared
from kb.domain.unit import SearchUnit

NAME = "units.sqlite"
MOST_REMEMBERED = 2_000
"""Texts that a process keeps of one generation: some tens of megabytes where texts are long."""
_TABLE = """
CREATE TABLE IF NOT EXISTS unit (digest TEXT PRIMARY KEY, "case" TEXT NOT NULL, text TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS unit_by_case ON unit ("case");
"""


class TextGone(Exception):
    """A newer generation of the index has replaced a text: ask that one."""


@dataclass(frozen=True)
class Text:
    """A unit, and its text ready for a snippet once one is wanted: of many only the title is shown."""

    unit: SearchUnit

    @cached_property
    def prepared(self) -> Prepared:
        """Prepare the text, once."""
        return prepared(self.unit.text, family_of(self.unit.language))


class Texts:
    """One SQLite file in the index's folder. Every call has a connection of its own: threads and forks share nothing.

    What was read is remembered, because a digest's text never changes.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._read: dict[str, Text] = {}

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

    def get(self, digests: Sequence[str]) -> list[Text]:
        """Give the units in this order; raises TextGone where one is no more or is damaged."""
        known = self._read
        missing = [digest for digest in digests if digest not in known]
        fetched = self._fetch(missing) if missing else {}
        found = [fetched.get(digest) or known[digest] for digest in digests]
        if len(known) + len(fetched) > MOST_REMEMBERED:
            self._read = fetched
        else:
            known.update(fetched)
        return found

    def _fetch(self, digests: Sequence[str]) -> dict[str, Text]:
        marks = ",".join("?" * len(digests))
        question = f"SELECT digest, text FROM unit WHERE digest IN ({marks})"  # noqa: S608 - only question marks
        try:
            with self._open() as database:
                found = dict(database.execute(question, tuple(digests)))
        except sqlite3.Error as error:  # a rebuild has swept this folder away, or the file is damaged
            raise TextGone from error
        return {digest: _checked(digest, found.get(digest)) for digest in digests}

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(self._path, timeout=30)
        try:
            connection.execute("PRAGMA secure_delete = ON")
            with connection:
                yield connection
        finally:
            connection.close()


def _checked(digest: str, text: str | None) -> Text:
    if text is None or hashlib.sha256(text.encode()).hexdigest() != digest:
        raise TextGone
    return Text(SearchUnit.model_validate_json(text))
