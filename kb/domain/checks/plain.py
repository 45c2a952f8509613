"""Text as a person reads it: digits, dashes and blanks of every script as plain ones, invisible characters left out.

Somebody who pastes from a PDF or a chat pastes these too, and a number is the same number with them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

SENTENCE = 300
"""How far the sentence around a candidate is looked for to either side."""
LOOK_BACK = 48
"""Characters before a candidate that may say what it is."""
_MINUS = "\u2212"
_SENTENCE_ENDS = re.compile(r"(?<=[^\W\d]{3}[.!?])[\s\"”»)]|(?<=[\d)\"”][.!?])\s+(?=[A-ZÄÖÜА-Я])|\n")
"""After a word of some letters: behind "No." or "St." a sentence goes on."""


class Plain(NamedTuple):
    """The text to look through, and for each of its characters where it stands in the text that was given."""

    text: str
    places: Sequence[int]

    def start(self, at: int) -> int:
        """Give where the character at `at` stands in the given text."""
        return self.places[at]

    def end(self, at: int) -> int:
        """Give the end, in the given text, of what ends before `at` here."""
        return self.places[at - 1] + 1


def plain(text: str) -> Plain:
    """Give `text` as it is looked through."""
    if text.isascii():
        return Plain(text, range(len(text)))
    kept = [(place, read) for place, read in enumerate(map(_read, text)) if read]
    return Plain("".join(read for _, read in kept), tuple(place for place, _ in kept))


@lru_cache(maxsize=4096)
def _read(character: str) -> str:
    """Give the one character that is read, or the empty string for one that nobody sees."""
    category = unicodedata.category(character)
    if category == "Cf":
        return ""
    if category == "Nd":
        return str(unicodedata.digit(character))
    if category == "Pd" or character == _MINUS:
        return "-"
    if category == "Zs":
        return " "
    wide = unicodedata.normalize("NFKC", character)
    return wide if len(wide) == 1 else character


def before(match: re.Match[str], length: int = LOOK_BACK) -> str:
    """Give what stands before the candidate: a word that says what it is, or what it is not."""
    start = match.start("it")
    return match.string[max(0, start - length) : start]


def sentence_at(match: re.Match[str]) -> str:
    """Give the sentence in which the candidate stands."""
    start, end = sentence_around(match)
    return match.string[start:end]


def sentence_around(match: re.Match[str]) -> tuple[int, int]:
    """Give where the sentence begins and ends in which the candidate stands, SENTENCE characters to either side at most."""
    start, end = match.span("it")
    earliest, latest = max(0, start - SENTENCE), end + SENTENCE
    begins = [each.end() for each in _SENTENCE_ENDS.finditer(match.string, earliest, start)]
    ends = _SENTENCE_ENDS.search(match.string, end, latest)
    return begins[-1] if begins else earliest, ends.start() if ends else latest
