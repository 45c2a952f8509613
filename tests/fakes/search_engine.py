"""Search in memory: every word of the query must occur in the unit; counted and filtered under the viewer's audience.

A wider tree is followed as it is: units that have what was said, or what means the same, pass.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from difflib import get_close_matches

from kb.domain.cross_table import CrossQuery, CrossTable, UnitFigures
from kb.domain.errors import SearchUnavailable
from kb.domain.marking import Viewer
from kb.domain.ports import Change, Progress
from kb.domain.query import (
    KINDS_IN,
    MOST_SIBLINGS,
    FacetCount,
    Hit,
    IndexReport,
    IndexState,
    SearchPage,
    SearchQuery,
    Sibling,
    Sort,
)
from kb.domain.record_units import SEARCHED, group_of
from kb.domain.similarity import SimilarQuery
from kb.domain.syntax import About, AllOf, AnyOf, Having, InTitle, Node, Phrase, Prefix, Wider, Word
from kb.domain.unit import ASIDE, MAY_BE_UNSTATED, NOT_STATED, ORIGIN_FACETS, Facet, SearchUnit
from tests.fakes.cross import crossed, figured
from tests.fakes.similarity import ranked
from tests.fakes.snippets import snippet
from tests.fakes.standing import rewritten

_WORD = re.compile(r"\w+")


class MemorySearchEngine:
    def __init__(self) -> None:
        self._units: dict[str, SearchUnit] = {}
        self.state = IndexState.READY
        self.rebuilds = 0
        self.crowded = False
        self.merges = 0
        self._making = False

    def apply(self, changes: Sequence[Change]) -> None:
        self._demand_ready()
        for change in changes:
            if change.ref.kind in SEARCHED:
                self._drop(group_of(change.ref))
                self._add(change.entry.units if change.entry else ())

    def search(self, query: SearchQuery) -> SearchPage:
        self._demand_ready()
        words = _words(query.text)
        visible = self._visible(query)
        matching = _matching(visible, query, words)
        found = [unit for unit in matching if _passes(unit, query)]
        _sort(found, query, words)
        behind = _behind(found, query)
        start = (query.page - 1) * query.size
        return SearchPage(
            query=query,
            total=len(found),
            groups=len(behind) if query.folds else 0,
            hits=tuple(
                _hit(each[0], query.viewer, words, each[1:]) for each in behind[start : start + query.size]
            ),
            facets=tuple(_counts(matching, query)),
            read_as=" and ".join(words),
            suggestion="" if found or query.wider else _suggestion(visible, words),
        )

    def count(self, query: SearchQuery) -> int:
        return self.search(query).total

    def cross(self, query: CrossQuery) -> CrossTable:
        found = self._found(query.asked)
        viewer = query.asked.viewer
        rows = [_counted_values(unit, query.rows, viewer) for unit in found]
        columns = [_counted_values(unit, query.columns, viewer) for unit in found]
        return crossed(found, rows, columns, dict(query.under))

    def figures(self, query: SearchQuery, facets: frozenset[Facet]) -> tuple[UnitFigures, ...]:
        return figured(
            (unit, {facet: _shown_values(unit, facet, query.viewer) for facet in facets})
            for unit in self._found(query)
        )

    def _found(self, query: SearchQuery) -> list[SearchUnit]:
        self._demand_ready()
        matching = _matching(self._visible(query), query, _words(query.text))
        return [unit for unit in matching if _passes(unit, query)]

    def _visible(self, query: SearchQuery) -> list[SearchUnit]:
        units = [rewritten(unit, query.standing) for unit in self._units.values()]
        return [unit for unit in units if query.viewer.sees(unit.readers)]

    def similar(self, query: SimilarQuery) -> tuple[Hit, ...]:
        self._demand_ready()
        units = {name: rewritten(unit, query.standing) for name, unit in self._units.items()}
        return tuple(
            _hit(unit, query.viewer, ()).model_copy(update={"score": float(likeness)})
            for unit, likeness in ranked(units, query)
        )

    def manifest(self) -> Mapping[str, int]:
        return {unit.case: unit.revision for unit in self._units.values()}

    def report(self) -> IndexReport:
        return IndexReport(
            state=self.state,
            units=len(self._units),
            records=len(self.manifest()),
            renewing=self._making,
        )

    @contextmanager
    def beside(self) -> Iterator[MemoryFreshIndex | None]:
        if self._making or self.state is IndexState.REBUILDING:
            yield None
            return
        self._making = True
        try:
            yield MemoryFreshIndex(self)
        finally:
            self._making = False

    def rebuild(self, units: Iterable[SearchUnit], total: int, progress: Progress | None = None) -> None:
        held: dict[str, SearchUnit] = {}
        for number, unit in enumerate(units, 1):
            held[unit.id] = unit
            if progress:
                progress(number, total)
        self.replace(held)

    def replace(self, units: dict[str, SearchUnit]) -> None:
        self._units = units
        self.state = IndexState.READY
        self.rebuilds += 1

    def is_crowded(self) -> bool:
        return self.crowded

    def merge(self) -> bool:
        merged, self.crowded = self.crowded, False
        self.merges += merged
        return merged

    def _demand_ready(self) -> None:
        if self.state is not IndexState.READY:
            raise SearchUnavailable

    def _add(self, units: Iterable[SearchUnit]) -> None:
        self._units.update({unit.id: unit for unit in units})

    def _drop(self, case: str) -> None:
        self._units = {name: unit for name, unit in self._units.items() if unit.case != case}


class MemoryFreshIndex:
    def __init__(self, engine: MemorySearchEngine) -> None:
        self._engine = engine
        self._units: dict[str, SearchUnit] = {}
        self._rebuilds = engine.rebuilds

    def fill(self, units: Iterable[SearchUnit]) -> None:
        self._units = {unit.id: unit for unit in units}
        self._demand_unswept()

    def apply(self, changes: Sequence[Change]) -> None:
        self._demand_unswept()
        for change in changes:
            kept = {name: unit for name, unit in self._units.items() if unit.case != group_of(change.ref)}
            units = change.entry.units if change.entry else ()
            self._units = kept | {unit.id: unit for unit in units}

    def take_over(self) -> None:
        self._demand_unswept()
        self._engine.replace(self._units)

    def _demand_unswept(self) -> None:
        if self._engine.rebuilds != self._rebuilds:
            raise SearchUnavailable


def _matching(visible: Iterable[SearchUnit], query: SearchQuery, words: Sequence[str]) -> list[SearchUnit]:
    kinds = KINDS_IN[query.scope]
    asked = [unit for unit in visible if not query.cases or unit.case in query.cases]
    return [unit for unit in asked if unit.kind in kinds and _finds(unit, query.wider, words)]


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _searched(unit: SearchUnit) -> str:
    return f"{unit.title}\n{unit.text}".casefold()


def _finds(unit: SearchUnit, wider: Node | None, words: Sequence[str]) -> bool:
    return _fits(unit, wider) if wider else all(word in _searched(unit) for word in words)


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
    return text.casefold() in (unit.title.casefold() if isinstance(node, InTitle) else _searched(unit))


def _score(unit: SearchUnit, words: Sequence[str]) -> float:
    return float(sum(2 * unit.title.casefold().count(word) + _searched(unit).count(word) for word in words))


def _sort(units: list[SearchUnit], query: SearchQuery, words: Sequence[str]) -> None:
    units.sort(key=lambda unit: unit.id)
    if query.sort is Sort.RELEVANCE:
        units.sort(key=lambda unit: _score(unit, words), reverse=True)
    else:
        units.sort(key=lambda unit: unit.date, reverse=query.sort is Sort.NEWEST)


def _shown_values(unit: SearchUnit, facet: Facet, viewer: Viewer) -> frozenset[str]:
    """Give the unit's values of a facet as far as the viewer may know of them."""
    return unit.values(facet) if facet not in ORIGIN_FACETS or _knows(viewer, unit) else frozenset()


def _counted_values(unit: SearchUnit, facet: Facet, viewer: Viewer) -> frozenset[str]:
    """Give what the unit counts under: where nothing is told, of the facets that say so, "not stated"."""
    untold = unit.kind in MAY_BE_UNSTATED.get(facet, ())
    return _shown_values(unit, facet, viewer) or frozenset({NOT_STATED} if untold else ())


def _knows(viewer: Viewer, unit: SearchUnit) -> bool:
    own = unit.owner is not None and viewer.organisation == unit.owner
    return viewer.unrestricted or not unit.chatham_house or own


def _passes(unit: SearchUnit, query: SearchQuery, but: Facet | None = None) -> bool:
    return all(
        each.facet is but or not each.values.isdisjoint(_counted_values(unit, each.facet, query.viewer))
        for each in query.filters
    )


def _counts(matching: Sequence[SearchUnit], query: SearchQuery) -> Iterator[FacetCount]:
    """Count each facet under the filters of all others: what choosing that value alone returns."""
    for facet in Facet:
        chosen = query.chosen(facet)
        if facet in ASIDE and all(each.facet is not facet for each in query.filters):
            continue
        counter = Counter(
            value
            for unit in matching
            if _passes(unit, query, facet)
            for value in _counted_values(unit, facet, query.viewer)
        )
        counter.update(dict.fromkeys(chosen, 0))
        for value, count in sorted(counter.items(), key=lambda item: (-item[1], item[0])):
            yield FacetCount(facet=facet, value=value, count=count, chosen=value in chosen)


def _behind(found: Sequence[SearchUnit], query: SearchQuery) -> list[list[SearchUnit]]:
    """Give each result with the units that fold behind it."""
    if not query.folds:
        return [[unit] for unit in found]
    by_case: dict[str, list[SearchUnit]] = {}
    for unit in found:
        by_case.setdefault(unit.case, []).append(unit)
    return list(by_case.values())


def _hit(unit: SearchUnit, viewer: Viewer, words: Sequence[str], behind: Sequence[SearchUnit] = ()) -> Hit:
    def values(facet: Facet) -> tuple[str, ...]:
        return tuple(sorted(_shown_values(unit, facet, viewer)))

    return Hit(
        id=unit.id,
        case=unit.case,
        kind=unit.kind,
        title=unit.title,
        snippet=snippet(unit.text, words),
        case_title=unit.case_title,
        score=_score(unit, words),
        revision=unit.revision,
        countries=values(Facet.COUNTRY),
        year="".join(values(Facet.YEAR)),
        stages=values(Facet.STAGE),
        outcome="".join(values(Facet.OUTCOME)),
        marking="".join(values(Facet.MARKING)),
        origin="".join(values(Facet.ORIGIN)),
        source_key=unit.source_key if _knows(viewer, unit) else "",
        more=len(behind),
        siblings=tuple(
            Sibling(id=each.id, kind=each.kind, title=each.title, outcome="".join(each.values(Facet.OUTCOME)))
            for each in behind[:MOST_SIBLINGS]
        ),
    )


def _suggestion(visible: Sequence[SearchUnit], words: Sequence[str]) -> str:
    known = sorted({word for unit in visible for word in _words(_searched(unit))})
    better = [next(iter(get_close_matches(word, known, 1)), word) for word in words]
    return "" if better == list(words) else " ".join(better)
