"""SQLite's FTS5 with tables beside it, as one would build this page on SQLite: Porter stems, bm25, the title counting twice.

What passes the audience and matches goes into a temporary table once, from which the best and the counts are taken; that was faster
than asking for each anew. A snippet is cut for the best alone: in one statement with ORDER BY, SQLite cuts one for every match.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from benchmarks.pagework import COUNTED, SIZE, Ask, Page, Question
from kb.domain.query import Filter
from kb.domain.unit import Facet, SearchUnit

_TABLES = """
CREATE VIRTUAL TABLE unit USING fts5(title, body, tokenize = 'porter unicode61');
CREATE TABLE fact (id INTEGER PRIMARY KEY, name TEXT NOT NULL, readers INTEGER NOT NULL, date TEXT NOT NULL);
CREATE INDEX fact_by_date ON fact (date);
CREATE TABLE reader (token TEXT, readers INTEGER, PRIMARY KEY (token, readers)) WITHOUT ROWID;
CREATE TABLE facet (unit INTEGER, facet INTEGER, value TEXT, PRIMARY KEY (unit, facet, value)) WITHOUT ROWID;
CREATE INDEX facet_by_value ON facet (facet, value, unit);
"""
_MEMORY = "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -262144;"
_FOUND = "CREATE TEMP TABLE found (id INTEGER PRIMARY KEY, score REAL, passed INTEGER)"
_CODES = {facet: code for code, facet in enumerate(Facet)}


class Fts5:
    """One database file."""

    name = "SQLite FTS5"

    def __init__(self, path: Path) -> None:
        self._path = path
        self._database = sqlite3.connect(path)
        self._database.executescript(_MEMORY + _FOUND)

    def build(self, units: Iterable[SearchUnit]) -> None:
        """Fill an empty file in one transaction."""
        self._database.executescript(_TABLES)
        readers: dict[frozenset[str], int] = {}
        with self._database:
            for number, unit in enumerate(units):
                self._add(number, unit, readers.setdefault(unit.readers, len(readers)))
            self._database.executemany(
                "INSERT INTO reader VALUES (?, ?)",
                [(token, code) for tokens, code in readers.items() for token in tokens],
            )
        self._database.execute("ANALYZE")

    def page(self, question: Question) -> Page:
        """Find, order, count, and cut the snippets of the best."""
        match = match_of(question)
        self._database.execute("DELETE FROM found")
        statement, values = _finding(question, match)
        self._database.execute(statement, values)
        whole = (1 << len(question.filters)) - 1
        total = self._database.execute("SELECT count(*) FROM found WHERE passed = ?", (whole,)).fetchone()[0]
        order = "score" if match else "date DESC"
        best = self._database.execute(
            f"SELECT found.id, name FROM found JOIN fact USING (id) WHERE passed = ? ORDER BY {order}, name LIMIT ?",
            (whole, SIZE),
        ).fetchall()
        return Page(
            total,
            tuple(name for _, name in best),
            self._counts(question.filters, whole),
            tuple(self._snippet(row, match) for row, _ in best),
        )

    def _add(self, number: int, unit: SearchUnit, readers: int) -> None:
        run = self._database.execute
        run("INSERT INTO unit (rowid, title, body) VALUES (?, ?, ?)", (number, unit.title, unit.text))
        run("INSERT INTO fact VALUES (?, ?, ?, ?)", (number, unit.id, readers, unit.date))
        self._database.executemany(
            "INSERT INTO facet VALUES (?, ?, ?)",
            sorted((number, _CODES[facet], value) for facet, value in unit.facets),
        )

    def _counts(self, filters: Sequence[Filter], whole: int) -> Mapping[Facet, Mapping[str, int]]:
        """Count the facets together where the same units count, and one that is filtered by alone, without its own filter."""
        own = {each.facet: 1 << place for place, each in enumerate(filters)}
        groups: dict[int, list[Facet]] = defaultdict(list)
        for facet in COUNTED:
            groups[whole & ~own.get(facet, 0)].append(facet)
        counts: dict[Facet, dict[str, int]] = {facet: {} for facet in COUNTED}
        by_code = {_CODES[facet]: counts[facet] for facet in COUNTED}
        for bits, facets in groups.items():
            codes = ", ".join(str(_CODES[facet]) for facet in facets)
            rows = self._database.execute(
                f"SELECT facet, value, count(*) FROM found CROSS JOIN facet ON unit = found.id AND facet IN ({codes}) "
                "WHERE passed & ? = ? GROUP BY facet, value",
                (bits, bits),
            )
            for code, value, count in rows:
                by_code[code][value] = count
        return counts

    def _snippet(self, row: int, match: str) -> str:
        if not match:
            return str(
                self._database.execute(
                    "SELECT substr(body, 1, 240) FROM unit WHERE rowid = ?", (row,)
                ).fetchone()[0]
            )
        cut = "SELECT snippet(unit, 1, '[', ']', '…', 40) FROM unit WHERE unit MATCH ? AND rowid = ?"
        return str(self._database.execute(cut, (match, row)).fetchone()[0])


def match_of(question: Question) -> str:
    """Give the words in FTS5's query language; each in quotes, so that none is an operator."""
    quoted = [f'"{word}"' for word in question.words]
    match question.ask:
        case Ask.PHRASE:
            return f'"{" ".join(question.words)}"'
        case Ask.PREFIX:
            return f"{quoted[0]} *"
        case Ask.TITLE:
            return f"title : {quoted[0]}"
    return (" AND " if question.ask is Ask.ALL else " OR ").join(quoted)


def _finding(question: Question, match: str) -> tuple[str, list[object]]:
    """Give the statement that puts what the viewer may find into the table; `passed` has a bit for each filter."""
    tokens = sorted(question.viewer.tokens)
    values: list[object] = []
    bits = ["0"]
    for place, each in enumerate(question.filters):
        chosen = sorted(each.values)
        marks = ", ".join("?" * len(chosen))
        bits.append(
            f"((fact.id IN (SELECT unit FROM facet WHERE facet = {_CODES[each.facet]} AND value IN ({marks}))) << {place})"
        )
        values += chosen
    source = "unit JOIN fact ON fact.id = unit.rowid" if match else "fact"
    score, condition = ("bm25(unit, 2.0, 1.0)", "unit MATCH ? AND") if match else ("0", "")
    marks = ", ".join("?" * len(tokens))
    statement = (
        f"INSERT INTO found SELECT fact.id, {score}, {' | '.join(bits)} FROM {source} "
        f"WHERE {condition} fact.readers IN (SELECT readers FROM reader WHERE token IN ({marks}))"
    )
    return statement, [*values, *([match] if match else []), *tokens]
