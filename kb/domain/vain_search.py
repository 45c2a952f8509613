"""Searches in vain: what was looked for and not found, or found and not opened, counted without who looked.

Whether a search was in vain shows only later, so its browser keeps it until then: until something is opened, or somebody
searches for something else or signs out. What differs only in how far it is typed is one search.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

from kb.domain.checks import objections
from kb.domain.period import YearMonth
from kb.domain.text import Line, Value, normal_line

ENOUGH_ACCOUNTS = 2
"""A text is kept, and shown to coordinators, from so many accounts on."""
MONTHS = 12
"""How long anything about a search is remembered after the last time that it was counted."""
MOST_ALONE = 20_000
"""So many texts that one account alone typed are remembered; then each new one drives out another, so that a program that
types without end can fill neither the disk nor the list."""
CORRECTED = 0.9
"""Two texts that share so much of their letters are one, with a typing error put right: one letter in ten may differ."""
SHORTEST, LONGEST, MOST_WORDS, MOST_SIGNS = 3, 120, 12, 8

_SIGNS = re.compile(r"[^\w\s.,'’/-]|(?<!\S)-(?=\S)|(?<!\S)OR(?!\S)")
_WORD = re.compile(r"[^\W\d_]{3}")
_TELLING = re.compile(r"@|\d{6}")
"""Handles and numbers that no check blocks in a case, where a reviewer reads what stands around them."""


class Reason(StrEnum):
    """Why a search was in vain."""

    NOTHING_FOUND = "nothing-found"
    NONE_OPENED = "none-opened"


class PendingSearch(Value):
    """A search of which nobody knows yet whether it was in vain, as it was typed. Only the browser keeps it."""

    text: str
    found: bool

    @property
    def reason(self) -> Reason:
        """Give why it was in vain, once it was."""
        return Reason.NONE_OPENED if self.found else Reason.NOTHING_FOUND


class Turn(NamedTuple):
    """What a browser keeps after a search, and what has turned out to be in vain by it."""

    pending: PendingSearch | None
    settled: PendingSearch | None = None


class MarkedSearch(Value):
    """One search to be counted. Both marks are keyed hashes: of the text, and of text and account together."""

    text: str
    mark: str
    account_mark: str
    reason: Reason
    month: YearMonth


class VainSearch(Value):
    """What enough accounts looked for in vain; `dealt_with` is the month in which a coordinator did, if any."""

    mark: str
    text: str
    nothing_found: int = 0
    none_opened: int = 0
    month: YearMonth
    note: Line = ""
    dealt_with: YearMonth | None = None

    @property
    def searches(self) -> int:
        """Give how often it was counted since it was dealt with last."""
        return self.nothing_found + self.none_opened


def normal_text(text: str) -> str:
    """Give a search in the form in which it is compared and kept: words in their order, without case and odd blanks."""
    return unicodedata.normalize("NFC", normal_line(text).casefold())


def turn(pending: PendingSearch | None, text: str, *, found: bool) -> Turn:
    """Say what becomes of a browser's pending search when `text` was answered.

    Hardly any text says nothing. The same text is the same search, on whatever page or filter: it found something if it
    ever did. What goes on typing, takes some of it back or corrects it takes its place. Anything else settles it.
    """
    typed = normal_line(text)
    if len(typed) < SHORTEST:
        return Turn(pending)
    new = PendingSearch(text=typed, found=found) if len(typed) <= LONGEST else None
    if pending is None:
        return Turn(new)
    before, now = normal_text(pending.text), normal_text(typed)
    if before == now:
        return Turn(PendingSearch(text=typed, found=found or pending.found))
    if before.startswith(now) or now.startswith(before) or _is_corrected(before, now):
        return Turn(new)
    return Turn(new, settled=pending)


def _is_corrected(before: str, now: str) -> bool:
    return SequenceMatcher(None, before, now, autojunk=False).ratio() >= CORRECTED


def may_be_kept(text: str) -> bool:
    """Say whether a search may be counted at all: short words that can be read, and nothing in them that leads to anybody.

    What fails leaves no trace, not even a keyed hash. Both forms are checked: some checksums need the case as typed.
    """
    if not SHORTEST <= len(text) <= LONGEST or not _WORD.search(text) or _TELLING.search(text):
        return False
    if len(text.split()) > MOST_WORDS or len(_SIGNS.findall(text)) > MOST_SIGNS:
        return False
    return not objections(text) and not objections(normal_text(text))


def months_before(month: YearMonth, count: int) -> YearMonth:
    """Give the month `count` months before; all are written `2026-09`, which sorts as text."""
    months = int(month[:4]) * 12 + int(month[5:]) - 1 - count
    return f"{months // 12:04d}-{months % 12 + 1:02d}"
