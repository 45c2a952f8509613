"""The engine that ours is measured against: SQLite's FTS5, Porter-stemmed, ranked by its bm25, words joined by OR."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from kb.domain.grammar import words_in
from kb.domain.unit import SearchUnit

_TABLES = """
CREATE VIRTUAL TABLE unit USING fts5(title, body, tokenize = 'porter unicode61');
CREATE TABLE facet (unit INTEGER NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL);
CREATE INDEX facet_by_unit ON facet (unit);
"""
_BEST = "SELECT rowid, snippet(unit, 1, '', '', '…', 40) FROM unit WHERE unit MATCH ? ORDER BY bm25(unit, 2.0, 1.0) LIMIT ?"


class Fts5:
    """An index in one file, or in memory."""

    def __init__(self, path: Path | None = None) -> None:
        self._database = sqlite3.connect(path or ":memory:")
        self._database.executescript(_TABLES)

    def add(self, units: Iterable[SearchUnit]) -> None:
        """Index units in one transaction; rows are numbered from 0 in their order."""
        with self._database:
            for number, unit in enumerate(units):
                self._database.execute(
                    "INSERT INTO unit (rowid, title, body) VALUES (?, ?, ?)", (number, unit.title, unit.text)
                )
                self._database.executemany(
                    "INSERT INTO facet VALUES (?, ?, ?)",
                    [(number, facet.value, value) for facet, value in unit.facets],
                )

    def best(self, query: str, limit: int) -> list[int]:
        """Give the rows of the best units, with a snippet read for each."""
        return [row for row, _ in self._database.execute(_BEST, (query, limit))]


def any_of(text: str) -> str:
    """Give the FTS5 query for any of the words of a text."""
    return " OR ".join(f'"{word}"' for word in words_in(text))
