"""Rows of one entry: put whole, dropped whole."""

from __future__ import annotations

import sqlite3

from kb.adapters.catalogue.schema import sortable
from kb.domain.entry import Entry
from kb.domain.marking import of_account
from kb.domain.ports import Change
from kb.domain.revision import RecordRef

INSERT = """
    INSERT INTO entry (
        kind, record, revision, digest, status, title_key, chatham_house, owner, reviewer, target, event, source_key, review_by,
        created_at, saved_at, document
    ) VALUES (
        :kind, :record, :revision, :digest, :status, :title_key, :chatham_house, :owner, :reviewer, :target, :event, :source_key, :review_by,
        :created_at, :saved_at, :document
    )"""


def write(connection: sqlite3.Connection, change: Change) -> None:
    """Put or drop one entry inside the caller's transaction; an older revision never replaces a newer one."""
    if change.entry is None:
        _drop(connection, change.ref)
    elif _revision(connection, change.ref) <= change.entry.revision:
        _drop(connection, change.ref)
        _insert(connection, change.entry)


def _revision(connection: sqlite3.Connection, ref: RecordRef) -> int:
    row = connection.execute(
        "SELECT revision FROM entry WHERE kind = ? AND record = ?", (ref.kind.value, ref.id)
    ).fetchone()
    return int(row[0]) if row else 0


def _drop(connection: sqlite3.Connection, ref: RecordRef) -> None:
    connection.execute("DELETE FROM entry WHERE kind = ? AND record = ?", (ref.kind.value, ref.id))


def _insert(connection: sqlite3.Connection, entry: Entry) -> None:
    number = connection.execute(INSERT, _row(entry)).lastrowid
    authors = {of_account(person) for person in (entry.author, *entry.co_authors) if person}
    connection.executemany(
        "INSERT INTO reader (entry, token) VALUES (?, ?)", [(number, token) for token in entry.readers]
    )
    connection.executemany(
        "INSERT INTO author (entry, token) VALUES (?, ?)", [(number, token) for token in authors]
    )
    connection.executemany(
        "INSERT INTO named (entry, record) VALUES (?, ?)", [(number, record) for record in entry.names]
    )
    connection.executemany(
        "INSERT INTO unit (entry, position, document) VALUES (?, ?, ?)",
        [(number, position, unit.model_dump_json()) for position, unit in enumerate(entry.units)],
    )


def _row(entry: Entry) -> dict[str, object]:
    return {
        "kind": entry.kind.value,
        "record": entry.id,
        "revision": entry.revision,
        "digest": entry.digest,
        "status": entry.status,
        "title_key": entry.title.casefold(),
        "chatham_house": entry.chatham_house,
        "owner": entry.owner,
        "reviewer": entry.reviewer,
        "target": entry.target,
        "event": entry.event,
        "source_key": entry.source_key,
        "review_by": entry.review_by.isoformat() if entry.review_by else None,
        "created_at": sortable(entry.created_at),
        "saved_at": sortable(entry.saved_at),
        "document": entry.model_dump_json(exclude={"units", "names"}),
    }
