"""Tables as comma-separated values (RFC 4180), of which no cell is a formula for the spreadsheet that opens them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

FORMULAS = ("=", "+", "-", "@", "\0", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""With what a cell begins that a spreadsheet would calculate, the full-width signs included (OWASP ASVS 5.0, 1.2.10)."""


def inert(cell: str) -> str:
    """Give a cell that a spreadsheet shows as text, whatever it begins with."""
    return f"'{cell}" if cell.startswith(FORMULAS) else cell


def comma_separated(rows: Iterable[Iterable[str]]) -> str:
    """Give rows as one text; every cell is quoted, and none is a formula."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows(map(inert, row) for row in rows)
    return buffer.getvalue()
