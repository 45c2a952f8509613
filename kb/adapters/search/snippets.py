"""Snippets: the passage of a text that tells best why it was found, as runs of text without markup."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence, Set

from kb.adapters.search.analysis import Place, places
from kb.domain.query import Snippet

LENGTH = 240
"""Characters of a snippet, about."""
LEAD = 50
"""Characters shown before the first match."""
ELLIPSIS = "…"

_MARKS = (
    (re.compile(r"^(?:```|~~~).*$", re.MULTILINE), " "),
    (re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)"), r"\1"),
    (re.compile(r"^[ \t]{0,3}(?:#{1,6}|>+|[-*+]|\d{1,3}[.)])[ \t]+", re.MULTILINE), ""),
    (re.compile(r"(?<!\w)[*_~`]+(?=\S)|(?<=\S)[*_~`]+(?!\w)"), ""),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
    (re.compile(r"\s+"), " "),
)
"""Markdown's signs, taken away in this order; what is not one stays as it was typed."""


def plain(markdown: str) -> str:
    """Give a text on one line without Markdown's signs; it is not HTML, whoever shows it escapes it."""
    for pattern, replacement in _MARKS:
        markdown = pattern.sub(replacement, markdown)
    return markdown.strip()


def snippet(markdown: str, family: str, wanted: Set[str]) -> Snippet:
    """Give the passage with most of the wanted terms, or the text's beginning where it has none."""
    text = plain(markdown)
    found = [place for place in places(family, text) if place.term in wanted] if wanted else []
    start, end = _bounds(text, found)
    runs: list[tuple[str, bool]] = [(ELLIPSIS, False)] if start else []
    at = start
    for place in found:
        if start <= place.start and place.end <= end:
            runs += [(text[at : place.start], False), (text[place.start : place.end], True)]
            at = place.end
    runs += [(text[at:end], False), (ELLIPSIS if end < len(text) else "", False)]
    return Snippet(runs=tuple(run for run in runs if run[0]))


def _bounds(text: str, found: Sequence[Place]) -> tuple[int, int]:
    """Give where the passage begins and ends, at the borders of words."""
    if len(text) <= LENGTH:
        return 0, len(text)
    start = max(0, _best(found) - LEAD) if found else 0
    start = min(start, len(text) - LENGTH)
    if start:
        blank = text.find(" ", start, start + LEAD)
        start = blank + 1 if blank >= 0 else start
    end = start + LENGTH
    if end < len(text):
        blank = text.rfind(" ", start + LENGTH // 2, end + 1)
        end = blank if blank >= 0 else end
    return start, min(end, len(text))


def _best(found: Sequence[Place]) -> int:
    """Give the start of the first match from which on most different terms follow, then most matches."""
    starts = [place.start for place in found]
    room = LENGTH - LEAD - 20

    def richness(number: int) -> tuple[int, int, int]:
        within = found[number : bisect_right(starts, starts[number] + room)]
        return len({place.term for place in within}), len(within), -number

    return starts[max(range(len(found)), key=richness)]
