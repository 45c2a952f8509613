"""Reading tables from files: JSON Lines and CSV, row by row, and the mapping that explains them."""

from __future__ import annotations

import csv
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

from kb.domain.errors import Invalid
from kb.domain.mapping import Row, TableMapping, read_mapping

LONGEST_LINE = 1_000_000
"""Characters; beyond that it is no row of a table that somebody wrote."""


def rows_of(file: Path, form: str | None) -> Iterator[tuple[int, Row | str]]:
    """Give numbered rows, or for a line that is no row the sentence that says why; raises Invalid for no text file."""
    reader = {"jsonl": _json_rows, "csv": _csv_rows}[form or _form_of(file)]
    try:
        yield from reader(file)
    except UnicodeDecodeError:
        raise Invalid(("file", f"{file} is not UTF-8 text. Save it as UTF-8 and import it again.")) from None


def count_lines(file: Path) -> int:
    """Count lines, for a progress bar."""
    with file.open("rb") as stream:
        return sum(1 for _ in stream)


def read_mapping_file(file: Path) -> TableMapping:
    """Read a mapping; raises Invalid with the place that is wrong."""
    try:
        with file.open("rb") as stream:
            document = tomllib.load(stream)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise Invalid(("mapping", f"{file} is not TOML: {wrong}.")) from None
    return read_mapping(document)


def _form_of(file: Path) -> str:
    return "csv" if file.suffix.lower() == ".csv" else "jsonl"


def _json_rows(file: Path) -> Iterator[tuple[int, Row | str]]:
    with file.open(encoding="utf-8-sig") as stream:
        for number, line in enumerate(stream, 1):
            if line.strip():
                yield number, _json_row(line)


def _json_row(line: str) -> Row | str:
    if len(line) > LONGEST_LINE:
        return f"The line has more than {LONGEST_LINE:,} characters."
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as wrong:
        return f"The line is not JSON: {wrong}."
    return row if isinstance(row, dict) else "The line is not a JSON object."


def _csv_rows(file: Path) -> Iterator[tuple[int, Row | str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        if not reader.fieldnames:
            raise Invalid(("file", f"{file} has no header line that names its columns."))
        for number, row in enumerate(reader, 2):
            yield number, _csv_row(row)


def _csv_row(row: dict[str | None, str | list[str] | None]) -> Row | str:
    if None in row:
        return "The row has more cells than the header has columns."
    if None in row.values():
        return "The row has fewer cells than the header has columns."
    return {str(column): cell for column, cell in row.items()}
