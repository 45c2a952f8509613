"""SQLite's FTS5 with tables beside it, as one would build this page on SQLite: Porter stems, bm25, the title counting twice.

What the viewer may see and matches goes into a temporary table once, from which the best and the counts are taken; facet values are
numbers, those that are counted in a table of their own. That was faster than asking anew for each part, than values as words, than FTS5's own
ORDER BY rank, and than the plans that ANALYZE leads to.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.pagework import COUNTED, SIZE, Ask, Page, Question
from kb.domain.query import Filter
from kb.domain.unit import Facet, SearchUnit

_TABLES = """
CREATE VIRTUAL TABLE unit USING fts5(title, body, tokenize = 'porter unicode61');
CREATE TABLE fact (id INTEGER PRIMARY KEY, name TEXT NOT NULL, readers INTEGER NOT NULL, date TEXT NOT NULL);
CREATE TABLE reader (token TEXT, readers INTEGER, PRIMARY KEY (token, readers)) WITHOUT ROWID;
CREATE TABLE code (code INTEGER PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE bearer (code INTEGER, unit INTEGER, PRIMARY KEY (code, unit)) WITHOUT ROWID;
CREATE TABLE counted (unit INTEGER, code INTEGER, PRIMARY KEY (unit, code)) WITHOUT ROWID;
"""
_MEMORY = "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -262144;"
_FOUND = "CREATE TEMP TABLE found (id INTEGER PRIMARY KEY, score REAL, passed INTEGER)"
_FIRST = {facet: place << 24 for place, facet in enumerate(Facet)}
"""The first number that a value of the facet can have."""
_FACETS = tuple(Facet)


class Fts5:
    """One database file."""

    name = "SQLite FTS5"

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path)
        self._database.executescript(_MEMORY + _FOUND)
        self._codes: dict[tuple[Facet, str], int] = {}
        if self._database.execute("SELECT 1 FROM sqlite_master WHERE name = 'code'").fetchone():
            rows = self._database.execute("SELECT code, value FROM code")
            self._codes = {(_facet(code), value): code for code, value in rows}

    def build(self, units: Iterable[SearchUnit]) -> None:
        """Fill an empty file in one transaction."""
        self._database.executescript(_TABLES)
        readers: dict[frozenset[str], int] = {}
        with self._database:
            for number, unit in enumerate(units):
                self._add(number, unit, readers.setdefault(unit.readers, len(readers)))
            tokens = [(token, number) for tokens, number in readers.items() for token in tokens]
            self._database.executemany("INSERT INTO reader VALUES (?, ?)", tokens)
            codes = [(code, value) for (_, value), code in self._codes.items()]
            self._database.executemany("INSERT INTO code VALUES (?, ?)", codes)

    def page(self, question: Question) -> Page:
        """Find, order, count, and cut the snippets of the best."""
        run = self._database.execute
        match = match_of(question)
        run("DELETE FROM found")
        run(*self._finding(question, match))
        whole = (1 << len(question.filters)) - 1
        total = run("SELECT count(*) FROM found WHERE passed = ?", (whole,)).fetchone()[0]
        order = "score" if match else "date DESC"
        best = run(
            f"SELECT id, name FROM found JOIN fact USING (id) WHERE passed = ? ORDER BY {order}, name LIMIT ?",
            (whole, SIZE),
        ).fetchall()
        return Page(
            total,
            tuple(name for _, name in best),
            self._counts(question.filters, whole),
            self._snippets([row for row, _ in best], match),
        )

    def _add(self, number: int, unit: SearchUnit, readers: int) -> None:
        run = self._database.execute
        run("INSERT INTO unit (rowid, title, body) VALUES (?, ?, ?)", (number, unit.title, unit.text))
        run("INSERT INTO fact VALUES (?, ?, ?, ?)", (number, unit.id, readers, unit.date))
        codes = [
            self._codes.setdefault(pair, _FIRST[pair[0]] + len(self._codes)) for pair in sorted(unit.facets)
        ]
        self._database.executemany("INSERT INTO bearer VALUES (?, ?)", [(code, number) for code in codes])
        self._database.executemany(
            "INSERT INTO counted VALUES (?, ?)", [(number, code) for code in codes if _facet(code) in COUNTED]
        )

    def _finding(self, question: Question, match: str) -> tuple[str, Sequence[object]]:
        """Give the statement that puts what the viewer may find into the table; `passed` has a bit for each filter."""
        bits = "".join(
            f" | ((id IN (SELECT unit FROM bearer WHERE code IN ({self._codes_of(each)}))) << {place})"
            for place, each in enumerate(question.filters)
        )
        source = "unit JOIN fact ON id = unit.rowid" if match else "fact"
        score, condition = ("bm25(unit, 2.0, 1.0)", "unit MATCH ? AND") if match else ("0", "")
        tokens = sorted(question.viewer.tokens)
        statement = (
            f"INSERT INTO found SELECT id, {score}, 0{bits} FROM {source} WHERE {condition} "
            f"readers IN (SELECT readers FROM reader WHERE token IN ({', '.join('?' * len(tokens))}))"
        )
        return statement, ([match] if match else []) + tokens

    def _codes_of(self, chosen: Filter) -> str:
        known = (self._codes.get((chosen.facet, value)) for value in sorted(chosen.values))
        return ", ".join(str(code) for code in known if code is not None)

    def _counts(self, filters: Sequence[Filter], whole: int) -> Mapping[Facet, Mapping[str, int]]:
        """Count all facets over what passes, and each that is filtered by again without its own filter."""
        counts: dict[Facet, dict[str, int]] = {facet: {} for facet in COUNTED}
        own = {each.facet: whole & ~(1 << place) for place, each in enumerate(filters)}
        values = {code: value for (_, value), code in self._codes.items()}
        for code, count in self._counted(whole, ""):
            if (facet := _facet(code)) not in own:
                counts[facet][values[code]] = count
        for facet in (each for each in COUNTED if each in own):
            within = f"AND code BETWEEN {_FIRST[facet]} AND {_FIRST[facet] + (1 << 24) - 1}"
            counts[facet] = {values[code]: count for code, count in self._counted(own[facet], within)}
        return counts

    def _counted(self, bits: int, within: str) -> Iterator[tuple[int, int]]:
        return self._database.execute(
            f"SELECT code, count(*) FROM found CROSS JOIN counted ON unit = found.id {within} "
            "WHERE passed & ? = ? GROUP BY code",
            (bits, bits),
        )

    def _snippets(self, rows: Sequence[int], match: str) -> tuple[str, ...]:
        marks = ", ".join("?" * len(rows))
        cut = "substr(body, 1, 240)" if not match else "snippet(unit, 1, '[', ']', '…', 40)"
        condition = "unit MATCH ? AND" if match else ""
        found = self._database.execute(
            f"SELECT rowid, {cut} FROM unit WHERE {condition} rowid IN ({marks})",
            [*([match] if match else []), *rows],
        )
        texts = dict(found.fetchall())
        return tuple(str(texts[row]) for row in rows)


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


def _facet(code: int) -> Facet:
    return _FACETS[code >> 24]
