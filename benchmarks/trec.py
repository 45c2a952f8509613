"""Test collections in TREC form: documents, queries, and which document answers which query how well."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from benchmarks.measures import DEPTH, Judgements, Ranking


class BadCollection(Exception):
    """A file is not in the form that it should have; the text names the line."""


class Document(NamedTuple):
    """What is searched for."""

    id: str
    title: str
    text: str


def read_documents(file: Path) -> tuple[Document, ...]:
    """Read JSON Lines with `id`, `title` (may be empty or missing) and `text`; raises BadCollection."""
    found = tuple(_document(place, line) for place, line in _lines(file))
    if len({each.id for each in found}) < len(found):
        raise BadCollection(f"{file}: an id stands there twice.")
    return found


def read_queries(file: Path) -> dict[str, str]:
    """Read queries, one a line: id, tab, text; raises BadCollection."""
    queries: dict[str, str] = {}
    for place, line in _lines(file):
        name, tab, text = line.partition("\t")
        if not tab or not text.strip() or name in queries:
            raise BadCollection(f"{place}: a line is an id that no other line has, a tab and a text.")
        queries[name] = text.strip()
    return queries


def read_qrels(file: Path) -> dict[str, Judgements]:
    """Read judgements, one a line: query, an ignored column, document, grade; raises BadCollection.

    Queries without a relevant document are left out, because no engine can do well or badly at them.
    """
    judged: dict[str, dict[str, int]] = {}
    for place, line in _lines(file):
        match line.split():
            case [query, _, document, grade] if grade.lstrip("-").isdecimal():
                judged.setdefault(query, {})[document] = int(grade)
            case _:
                raise BadCollection(f"{place}: a line is a query, 0, a document and a grade.")
    return {query: grades for query, grades in judged.items() if any(grade > 0 for grade in grades.values())}


def write_run(file: Path, engine: str, run: Mapping[str, Ranking]) -> None:
    """Write what an engine found, so that trec_eval or ir-measures can be asked too; scores only tell the order."""
    with file.open("w", encoding="utf-8") as stream:
        for query, ranking in run.items():
            for rank, document in enumerate(ranking, 1):
                stream.write(f"{query} Q0 {document} {rank} {DEPTH + 1 - rank} {engine}\n")


def write_qrels(file: Path, qrels: Mapping[str, Judgements]) -> None:
    """Write judgements."""
    with file.open("w", encoding="utf-8") as stream:
        for query, judged in qrels.items():
            stream.writelines(f"{query} 0 {document} {grade}\n" for document, grade in judged.items())


def _lines(file: Path) -> Iterator[tuple[str, str]]:
    with file.open(encoding="utf-8-sig") as stream:
        for number, line in enumerate(stream, 1):
            if line.strip():
                yield f"{file}, line {number}", line.rstrip("\n")


def _document(place: str, line: str) -> Document:
    try:
        row = json.loads(line)
        return Document(str(row["id"]), str(row.get("title") or ""), str(row["text"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BadCollection(f"{place}: a line is a JSON object with id, title and text.") from None
