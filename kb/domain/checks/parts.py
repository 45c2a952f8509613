"""A text cut at its findings, so that a page can mark them in their place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kb.domain.checks.check import Objection


class Part(NamedTuple):
    """A piece of a text, and what was found in it; None where nothing was."""

    text: str
    objection: Objection | None = None


def parts(text: str, objections: Iterable[Objection]) -> tuple[Part, ...]:
    """Give the pieces of which `text` is made, in order; of findings that meet the first is marked."""
    return tuple(_parts(text, sorted(objections, key=lambda each: (each.start, each.end))))


def _parts(text: str, found: Iterable[Objection]) -> Iterator[Part]:
    reached = 0
    for each in found:
        if reached <= each.start < each.end <= len(text):
            if each.start > reached:
                yield Part(text[reached : each.start])
            yield Part(text[each.start : each.end], each)
            reached = each.end
    if reached < len(text):
        yield Part(text[reached:])
