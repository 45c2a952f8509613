"""Connections to a file that anyone may delete at any time: one per thread and process, made anew when the file is another."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from kb.adapters.catalogue.schema import SCHEMA, TABLES, fingerprint
from kb.adapters.sqlite import OwnConnection

BUSY_TIMEOUT = 10.0
"""Seconds for which a statement waits for another process."""
PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # markers are released once this is on the disk
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
)
_CORRUPT = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


class _Open(NamedTuple):
    """A connection with what it belongs to: after a fork, or when the file was replaced, it is no longer ours."""

    connection: sqlite3.Connection
    process: int
    file: tuple[int, int] | None


class Connections:
    """Gives the calling thread its connection."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        self._inherited: list[_Open] = []
        """Connections of the parent process, kept from being closed: closing them would drop locks of this one."""

    def get(self) -> sqlite3.Connection:
        """Give a connection to the file that lies there now, with today's tables."""
        held: _Open | None = getattr(self._local, "open", None)
        if held and held.file and held.process == os.getpid() and held.file == self._file():
            return held.connection
        if held and held.process != os.getpid():
            self._inherited.append(held)
        connection = self._connect()
        self._local.open = _Open(connection, os.getpid(), self._file())
        return connection

    def discard(self) -> None:
        """Remove a file that cannot be read; other processes notice and follow."""
        self._local.open = None
        for suffix in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                self._path.with_name(self._path.name + suffix).unlink()

    def _file(self) -> tuple[int, int] | None:
        try:
            status = self._path.stat()
        except FileNotFoundError:
            return None
        return status.st_dev, status.st_ino

    def _connect(self) -> sqlite3.Connection:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self._path.exists():
            _make_private(self._path)
        try:
            return self._opened()
        except sqlite3.DatabaseError as error:
            if not is_corrupt(error):
                raise
        self.discard()
        return self._opened()

    def _opened(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._path,
            timeout=BUSY_TIMEOUT,
            isolation_level=None,
            check_same_thread=False,
            factory=OwnConnection,
        )
        try:
            _prepare(connection)
        except sqlite3.Error:
            connection.close()
            raise
        return connection


def _make_private(path: Path) -> None:
    """Make an empty file that this user alone can read, and its log after it: texts of every marking are in there.

    Linked, not opened, into its place: closing a file that another thread has open as a database drops that thread's locks.
    """
    with suppress(OSError):  # another process was quicker, or SQLite will tell what is wrong with the folder
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        os.close(descriptor)
        try:
            os.link(name, path)
        finally:
            Path(name).unlink()


def is_corrupt(error: sqlite3.Error) -> bool:
    """Say whether the file, not the moment, is at fault."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK)
    return (code & 0xFF) in _CORRUPT


def _prepare(connection: sqlite3.Connection) -> None:
    for pragma in PRAGMAS:
        _patiently(connection, pragma)
    if _version(connection) == fingerprint():
        return
    connection.execute("BEGIN IMMEDIATE")
    if _version(connection) != fingerprint():  # else another process was quicker
        _make_tables(connection)
    connection.execute("COMMIT")


def _patiently(connection: sqlite3.Connection, pragma: str) -> None:
    """Run a pragma; changing the journal mode refuses at once, whatever the timeout, where another process opens too."""
    until = time.monotonic() + BUSY_TIMEOUT
    while True:
        try:
            connection.execute(pragma)
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.02)


def _version(connection: sqlite3.Connection) -> int:
    (number,) = connection.execute("PRAGMA user_version").fetchone()
    return int(number)


def _make_tables(connection: sqlite3.Connection) -> None:
    for table in TABLES:
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    for statement in SCHEMA:
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {fingerprint():d}")
