"""The tables, and the number that tells whether a file has today's."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from zlib import crc32

from kb.domain.entry import Entry

TABLES = ("author", "named", "reader", "unit", "entry", "stamp")
"""In an order in which they can be dropped."""

SCHEMA = (
    """
    CREATE TABLE entry (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        record TEXT NOT NULL,
        revision INTEGER NOT NULL,
        digest TEXT NOT NULL,
        status TEXT NOT NULL,
        title_key TEXT NOT NULL,
        chatham_house INTEGER NOT NULL,
        owner TEXT,
        reviewer TEXT,
        target TEXT,
        event TEXT,
        source_key TEXT NOT NULL,
        review_by TEXT,
        created_at TEXT NOT NULL,
        saved_at TEXT NOT NULL,
        document TEXT NOT NULL,
        UNIQUE (kind, record)
    )
    """,
    "CREATE INDEX entry_queue ON entry (kind, status, saved_at)",
    "CREATE INDEX entry_target ON entry (target) WHERE target IS NOT NULL",
    "CREATE INDEX entry_event ON entry (event) WHERE event IS NOT NULL",
    "CREATE INDEX entry_source ON entry (source_key) WHERE source_key <> ''",
    "CREATE INDEX entry_review ON entry (review_by) WHERE review_by IS NOT NULL",
    """
    CREATE TABLE reader (
        entry INTEGER NOT NULL REFERENCES entry ON DELETE CASCADE,
        token TEXT NOT NULL,
        PRIMARY KEY (entry, token)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE author (
        entry INTEGER NOT NULL REFERENCES entry ON DELETE CASCADE,
        token TEXT NOT NULL,
        PRIMARY KEY (entry, token)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX author_token ON author (token)",
    """
    CREATE TABLE named (
        entry INTEGER NOT NULL REFERENCES entry ON DELETE CASCADE,
        record TEXT NOT NULL,
        PRIMARY KEY (record, entry)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX named_entry ON named (entry)",
    """
    CREATE TABLE unit (
        entry INTEGER NOT NULL REFERENCES entry ON DELETE CASCADE,
        position INTEGER NOT NULL,
        document TEXT NOT NULL,
        PRIMARY KEY (entry, position)
    ) WITHOUT ROWID
    """,
    "CREATE TABLE stamp (kind TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID",
    """
    CREATE TRIGGER entry_came AFTER INSERT ON entry BEGIN
        INSERT OR REPLACE INTO stamp (kind, number) VALUES (new.kind, random());
    END
    """,
    """
    CREATE TRIGGER entry_went AFTER DELETE ON entry BEGIN
        INSERT OR REPLACE INTO stamp (kind, number) VALUES (old.kind, random());
    END
    """,
)
"""`document` is the value whole, as JSON; the other columns are what questions ask by. Authors are kept as reader tokens.

Entries come and go, and are never updated in place. A stamp is random, not counted: the file may be deleted at any time,
and a count that began anew could come back to what somebody has kept.
"""


def sortable(moment: datetime) -> str:
    """Give a time as it stands in the tables: text that sorts as the time does."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


@cache
def fingerprint() -> int:
    """Give a number that changes with the tables, the values in them and the release, so that no file outlives its code."""
    shape = json.dumps(Entry.model_json_schema(mode="serialization"), sort_keys=True)
    return crc32("\n".join((*SCHEMA, shape, _release())).encode()) & 0x7FFF_FFFF


def _release() -> str:
    try:
        return version("casebook")
    except PackageNotFoundError:  # run from a folder that was never installed
        return ""
