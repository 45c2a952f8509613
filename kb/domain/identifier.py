"""Identifiers: they tell nothing about what they name, not even in which order it came."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import StringConstraints

ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
"""RFC 4648 base32 in lower case: no look-alikes of 0, 1, 8 and 9."""
LENGTH = 10

LONGEST = 80
PATTERN = r"^[a-z0-9]+(?:[.-][a-z0-9]+)*$"

Identifier = Annotated[str, StringConstraints(pattern=PATTERN, min_length=1, max_length=LONGEST)]
"""A record's or account's id: a safe folder name and URL part. New ones are ten random letters; seed ones are readable."""

LessonKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
"""A lesson's key inside its case; it never changes, because links and applications name it."""

UNIT_PATTERN = r"^[a-z0-9]+(?:[.-][a-z0-9]+)*/[a-z][a-z0-9-]{0,39}$"

UnitId = Annotated[str, StringConstraints(pattern=UNIT_PATTERN, max_length=LONGEST + 41)]
"""A lesson named from outside its case: `CASE/KEY`, as search names it."""

ConceptKey = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=60)]
"""A concept's key inside its scheme; the scheme is known from the field that refers to it."""


def is_identifier(text: str) -> bool:
    """Say whether a text could be an id, before anything is asked for by it."""
    return len(text) <= LONGEST and re.fullmatch(PATTERN.strip("^$"), text) is not None


def is_unit(text: str) -> bool:
    """Say whether a text could name a lesson from outside its case."""
    return len(text) <= LONGEST + 41 and re.fullmatch(UNIT_PATTERN.strip("^$"), text) is not None
