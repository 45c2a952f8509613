"""The QR code from which an app reads the secret of a second factor.

Drawn on the server, because a secret is sent to no other site, and as one path, because the content security policy
allows no style in a page.
"""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

import segno

QUIET = 4
"""Light modules around the symbol, without which cameras do not find it (ISO/IEC 18004)."""


class QrCode(NamedTuple):
    """A symbol as a page draws it: `side` in modules with the quiet zone, and the path of its dark modules."""

    side: int
    path: str


def qr_code(text: str) -> QrCode:
    """Draw `text`; a level of correction that survives a smudge on the screen."""
    symbol = segno.make_qr(text, error="m", boost_error=False, encoding="utf-8")
    runs = (run for y, row in enumerate(symbol.matrix, QUIET) for run in _runs(row, y))
    return QrCode(side=len(symbol.matrix) + 2 * QUIET, path="".join(runs))


def _runs(row: bytearray, y: int) -> list[str]:
    """Give a rectangle for each row of dark modules that stand side by side."""
    runs, x = [], QUIET
    for dark, modules in groupby(row):
        width = len(list(modules))
        if dark:
            runs.append(f"M{x} {y}h{width}v1h-{width}z")
        x += width
    return runs
