"""The texts of the units, outside Whoosh, under the digest that the index names: a snippet cannot come from another revision.

A row's key is the checksum of its text, so a damaged row is never shown, and rows of two generations of the index can lie side by side.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kb.adapters.search.analysis import family_of
from kb.adapters.search.remembered import Remembered
from kb.adapters.search.schema import unit_text
from kb.adapters.search.snippets import Prepared, prepared
from kb.adapters.sqlite import OwnConnection
from kb.domain.unit import SearchUnit

NAME = "units.sqlite"
MOST_BYTES = 48 << 20
"""Memory for the texts that a process keeps."""
PER_CHARACTER = 12
"""Bytes that a text takes with its words, for each of its letters."""
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
    """One SQLite file in the index's folder. Who writes has a connection for each call; who reads keeps one per thread and process.

    What was read is remembered, because a digest's text never changes, until it is forgotten or too much is.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._path = folder / NAME
        self._read: Remembered[Text] = Remembered(MOST_BYTES)
        self._held = threading.local()

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
        known = {digest: self._read.get(digest) for digest in digests}
        missing = [digest for digest, text in known.items() if text is None]
        fetched = self._fetch(missing) if missing else {}
        return [known[digest] or fetched[digest] for digest in digests]

    def _fetch(self, digests: Sequence[str]) -> dict[str, Text]:
        marks = ",".join("?" * len(digests))
        question = f"SELECT digest, text FROM unit WHERE digest IN ({marks})"  # noqa: S608 - only question marks
        try:
            found = dict(self._reader().execute(question, tuple(digests)))
        except sqlite3.Error as error:  # a rebuild has swept this folder away, or the file is damaged
            raise TextGone from error
        return {digest: self._checked(digest, found.get(digest)) for digest in digests}

    def _checked(self, digest: str, text: str | None) -> Text:
        if text is None or hashlib.sha256(text.encode()).hexdigest() != digest:
            raise TextGone
        return self._read.put(digest, Text(SearchUnit.model_validate_json(text)), len(text) * PER_CHARACTER)

    def forget(self, digests: Iterable[str]) -> None:
        """Keep nothing of texts that the index names no more."""
        for digest in digests:
            self._read.drop(digest)

    def _reader(self) -> sqlite3.Connection:
        """Give this thread's connection; a process that was forked does not touch those that it has inherited."""
        held: dict[int, sqlite3.Connection] = vars(self._held).setdefault("connections", {})
        if os.getpid() not in held:
            address = f"{self._path.absolute().as_uri()}?mode=rw"
            held[os.getpid()] = sqlite3.connect(
                address, uri=True, timeout=30, factory=OwnConnection, check_same_thread=False
            )
        return held[os.getpid()]

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(self._path, timeout=30)
        try:
            connection.execute("PRAGMA secure_delete = ON")
            with connection:
                yield connection
        finally:
            connection.close()
