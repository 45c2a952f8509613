"""Which units a search in memory finds, for whom, and in which order.

A wider tree is followed as it is: units that have what was said, or what means the same, pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kb.domain.marking import Viewer
from kb.domain.query import KINDS_IN, SearchQuery, Sort
from kb.domain.syntax import About, AllOf, AnyOf, Having, InTitle, Node, Phrase, Prefix, Wider, Word
from kb.domain.unit import MAY_BE_UNSTATED, NOT_STATED, ORIGIN_FACETS, Facet, SearchUnit

_WORD = re.compile(r"\w+")


def matching(visible: Iterable[SearchUnit], query: SearchQuery, words: Sequence[str]) -> list[SearchUnit]:
    kinds = KINDS_IN[query.scope]
    asked = [unit for unit in visible if not query.cases or unit.case in query.cases]
    return [unit for unit in asked if unit.kind in kinds and _finds(unit, query.wider, words)]


def words_of(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def searched_in(unit: SearchUnit) -> str:
    return f"{unit.title}\n{unit.text}".casefold()


def _finds(unit: SearchUnit, wider: Node | None, words: Sequence[str]) -> bool:
    return _fits(unit, wider) if wider else all(word in searched_in(unit) for word in words)


def _fits(unit: SearchUnit, node: Node) -> bool:
    match node:
        case About() | Having():
            return node.value in unit.values(node.facet)
        case Wider():
            return any(_fits(unit, each) for each in (node.said, *node.also))
        case AnyOf():
            return any(_fits(unit, each) for each in node.nodes)
        case AllOf():
            wanted = all(_fits(unit, each) for each in node.nodes)
            return wanted and not any(_fits(unit, each) for each in node.without)
        case _:
            return _says(unit, node)


def _says(unit: SearchUnit, node: Word | Prefix | Phrase | InTitle) -> bool:
    text = node.text if isinstance(node, Word | Prefix) else " ".join(node.words)
    return text.casefold() in (unit.title.casefold() if isinstance(node, InTitle) else searched_in(unit))


def score(unit: SearchUnit, words: Sequence[str]) -> float:
    return float(sum(2 * unit.title.casefold().count(word) + searched_in(unit).count(word) for word in words))


def sort(units: list[SearchUnit], query: SearchQuery, words: Sequence[str]) -> None:
    units.sort(key=lambda unit: unit.id)
    if query.sort is Sort.RELEVANCE:
        units.sort(key=lambda unit: score(unit, words), reverse=True)
    else:
        units.sort(key=lambda unit: unit.date, reverse=query.sort is Sort.NEWEST)


def shown_values(unit: SearchUnit, facet: Facet, viewer: Viewer) -> frozenset[str]:
    """Give the unit's values of a facet as far as the viewer may know of them."""
    return unit.values(facet) if facet not in ORIGIN_FACETS or knows(viewer, unit) else frozenset()


def counted_values(unit: SearchUnit, facet: Facet, viewer: Viewer) -> frozenset[str]:
    """Give what the unit counts under: where nothing is told, of the facets that say so, "not stated"."""
    untold = unit.kind in MAY_BE_UNSTATED.get(facet, ())
    return shown_values(unit, facet, viewer) or frozenset({NOT_STATED} if untold else ())


def knows(viewer: Viewer, unit: SearchUnit) -> bool:
    own = unit.owner is not None and viewer.organisation == unit.owner
    return viewer.unrestricted or not unit.chatham_house or own


def passes(unit: SearchUnit, query: SearchQuery, but: Facet | None = None) -> bool:
    return all(
        each.facet is but or not each.values.isdisjoint(counted_values(unit, each.facet, query.viewer))
        for each in query.filters
    )
