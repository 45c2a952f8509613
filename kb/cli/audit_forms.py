"""The forms in which the audit log is taken out: CSV for a spreadsheet, lines of JSON for a program."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping

from kb.domain.audit import AuditLine
from kb.domain.spreadsheet import inert

COLUMNS = ("number", "at", "actor", "action", "subject", "result", "detail", "key", "mac")
assert set(COLUMNS) == set(AuditLine.model_fields)


def csv_texts(lines: Iterable[AuditLine]) -> Iterator[str]:
    """Give a line of headings, then one per line of the log; every cell is quoted, and none is a formula."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\n")
    for cells in _rows(lines):
        writer.writerow(map(inert, cells))
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def json_texts(lines: Iterable[AuditLine]) -> Iterator[str]:
    """Give one object per line of the log."""
    for line in lines:
        yield f"{json.dumps(line.model_dump(mode='json'), ensure_ascii=False)}\n"


def _rows(lines: Iterable[AuditLine]) -> Iterator[Iterable[str]]:
    yield COLUMNS
    for line in lines:
        plain = line.model_dump(mode="json")
        yield ("" if plain[name] is None else str(plain[name]) for name in COLUMNS)


FORMS: Mapping[str, Callable[[Iterable[AuditLine]], Iterator[str]]] = {"csv": csv_texts, "jsonl": json_texts}
