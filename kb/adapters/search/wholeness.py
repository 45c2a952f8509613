"""Whether every text is there as it was indexed: the seal does not tell, because texts come and go between two seals."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from kb.adapters.search.texts import NAME


def settle(folder: Path) -> None:
    """Let SQLite take back what a killed commit left half done; raises sqlite3.Error.

    It does so before it reads, by the journal beside the file: whoever links the file elsewhere leaves that behind.
    """
    with closing(sqlite3.connect(folder / NAME, timeout=30)) as database:
        database.execute("SELECT 1 FROM unit LIMIT 1").fetchall()


def has_texts(folder: Path, digests: Iterable[str]) -> bool:
    """Say whether the folder has a sound text under each of these digests; one that cannot be read now has none."""
    missing = set(digests)
    try:
        with closing(sqlite3.connect(folder / NAME, timeout=30)) as database:
            for digest, text in database.execute("SELECT digest, text FROM unit"):
                if hashlib.sha256(text.encode()).hexdigest() == digest:
                    missing.discard(digest)
    except sqlite3.Error:
        return False
    return not missing
