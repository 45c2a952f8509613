"""Snippets in memory."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.domain.query import Snippet

SNIPPET_LENGTH = 160


def snippet(text: str, words: Sequence[str]) -> Snippet:
    """Give the text around the first match, every match in it told apart."""
    if not words:
        return Snippet(runs=((text[:SNIPPET_LENGTH], False),) if text else ())
    pattern = re.compile("|".join(map(re.escape, words)), re.IGNORECASE)
    first = pattern.search(text)
    start = max(0, first.start() - SNIPPET_LENGTH // 2) if first else 0
    part = text[start : start + SNIPPET_LENGTH]
    runs: list[tuple[str, bool]] = []
    end = 0
    for match in pattern.finditer(part):
        runs += [(part[end : match.start()], False), (match.group(), True)]
        end = match.end()
    runs.append((part[end:], False))
    return Snippet(runs=tuple(run for run in runs if run[0]))
