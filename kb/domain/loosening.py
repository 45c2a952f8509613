"""Loosening: what can be left out of a search that found nothing, one thing at a time, each as a search of its own.

The text is taken apart roughly, by what a person sees as one part; whether leaving it out helps is for the engine to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from kb.domain.grammar import LONGEST_QUERY, parse
from kb.domain.query import Scope, SearchRequest
from kb.domain.text import Value
from kb.domain.unit import Facet

MOST_PARTS = 12
"""Parts of a text that are looked at; it bounds what any text can cost."""

_PART = re.compile(r'-?\([^()]*\)|-?(?:[A-Za-z]+:)?["“„”][^"“„”]*["“„”]|\S+')
_DANGLING = re.compile(r"^(?:OR(?:\s+|$))+|(?:\s+OR)+$|(?<=\bOR)(?:\s+OR\b)+")


class Left(StrEnum):
    """What kind of thing is left out."""

    FILTER = "filter"
    FILTERS = "filters"
    """All filters, the scope and the choice of cases together."""
    SCOPE = "scope"
    CASES = "cases"
    QUOTATION_MARKS = "quotation-marks"
    """The marks alone: the words stay, in any order."""
    EXCLUSION = "exclusion"
    FIELD = "field"
    QUOTATION = "quotation"
    PART = "part"
    """A part in parentheses, or one that ends in a star."""
    WORD = "word"


class Loosened(Value):
    """A search with one thing less. `part` is that thing as it was typed."""

    left: Left
    request: SearchRequest
    part: str = ""
    facet: Facet | None = None
    values: tuple[str, ...] = ()


def loosened(request: SearchRequest) -> Iterator[Loosened]:
    """Give the searches with one thing less: what narrows without words first, then what requires, then single words."""
    yield from _without_filters(request)
    parts = [
        (match, _kind(match.group()))
        for match in _PART.finditer(request.text[:LONGEST_QUERY])
        if match.group() != "OR"
    ]
    parts.sort(key=lambda each: _ORDER.index(each[1]))
    for match, left in parts[:MOST_PARTS]:
        if left is Left.QUOTATION:
            yield from _retyped(request, match, Left.QUOTATION_MARKS, _bare(match.group()))
        yield from _retyped(request, match, left, "")


_ORDER = (Left.EXCLUSION, Left.FIELD, Left.QUOTATION, Left.PART, Left.WORD)


def _without_filters(request: SearchRequest) -> Iterator[Loosened]:
    ways = [
        Loosened(
            left=Left.FILTER,
            facet=each.facet,
            values=tuple(sorted(each.values)),
            request=_changed(
                request, filters=tuple(other for other in request.filters if other.facet is not each.facet)
            ),
        )
        for each in request.filters
    ]
    if request.cases:
        ways.append(Loosened(left=Left.CASES, request=_changed(request, cases=frozenset())))
    if request.scope is not Scope.ALL:
        ways.append(Loosened(left=Left.SCOPE, request=_changed(request, scope=Scope.ALL)))
    yield from ways
    if len(ways) > 1:
        bare = _changed(request, filters=(), cases=frozenset(), scope=Scope.ALL)
        yield Loosened(left=Left.FILTERS, request=bare)


def _retyped(request: SearchRequest, match: re.Match[str], left: Left, instead: str) -> Iterator[Loosened]:
    """Give the search with other words in place of one part, where that leaves anything to look for."""
    text = " ".join(f"{request.text[: match.start()]} {instead} {request.text[match.end() :]}".split())
    text = _DANGLING.sub("", text).strip()
    node = parse(text).node
    if node is not None and node != parse(request.text).node:
        yield Loosened(left=left, part=match.group(), request=_changed(request, text=text))


def _kind(part: str) -> Left:
    if part.startswith("-") and len(part) > 1:
        return Left.EXCLUSION
    if part[0] in '"“„”' and len(part) > 1:
        return Left.QUOTATION
    if re.match(r"[A-Za-z]+:\S", part):
        return Left.FIELD
    return Left.PART if part.startswith("(") or part.endswith("*") else Left.WORD


def _bare(part: str) -> str:
    return part.strip('"“„”')


def _changed(request: SearchRequest, **changes: object) -> SearchRequest:
    return request.model_copy(update={"page": 1, **changes})
