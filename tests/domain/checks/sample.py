"""Texts to try a check on."""

from __future__ import annotations

from typing import NamedTuple


class Samples(NamedTuple):
    """Texts in which a check finds something, and texts in which no check finds anything."""

    found: tuple[str, ...]
    passed: tuple[str, ...]
