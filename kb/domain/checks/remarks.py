"""Everything that is to be looked at in a text: what blocks it, what a second person must answer for, and better terms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kb.domain.checks.check import Check, Objection
from kb.domain.checks.names import Names
from kb.domain.checks.plain import plain
from kb.domain.checks.table import Span, blocking_spans, objection
from kb.domain.checks.terms import SHAPE, quotations, term_of
from kb.domain.checks.warnings import ENGLISH, Surroundings, warning_spans

_compiled = cache(re.compile)


def remarks(text: str, names: Names, language: str = "en") -> tuple[Objection, ...]:
    """Give the findings of all severities, in order of start; no two of them share a character.

    `language` is that of the text, as a BCP 47 tag: names of persons and terms are known in English alone.
    """
    read = plain(text)
    around = Surroundings(read.text, language.partition("-")[0], names.words)
    terms = dict(_terms(read.text)) if around.language in ENGLISH else {}
    found = (*blocking_spans(read.text), *warning_spans(around), *terms)
    return tuple(objection(read, span, terms.get(span, "")) for span in sorted(_apart(found, len(read.text))))


def _terms(text: str) -> Iterator[tuple[Span, str]]:
    """Give the terms that are the writer's own, each with what is suggested."""
    others = quotations(text)
    for match in _compiled(SHAPE).finditer(text):
        start, end = match.span("it")
        if any(first <= start and end <= last for first, last in others):
            continue
        if term := term_of(match):
            yield Span(start, end, Check.TERM), term.suggest


def _apart(found: tuple[Span, ...], length: int) -> Iterator[Span]:
    """Give the spans of which none meets an earlier one: what blocks speaks before what warns."""
    taken = bytearray(length)
    for span in found:
        if not any(taken[span.start : span.end]):
            taken[span.start : span.end] = bytes([1]) * (span.end - span.start)
            yield span
