"""Search in memory: every word of the query must occur in the unit; counted and filtered under the viewer's audience."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from kb.domain.cross_table import CrossQuery, CrossTable, SumQuery, UnitFigures, UnitSum
from kb.domain.errors import SearchUnavailable
from kb.domain.ports import Change, Progress
from kb.domain.query import Hit, IndexReport, IndexState, SearchPage, SearchQuery
from kb.domain.record_units import SEARCHED, group_of
from kb.domain.similarity import SimilarQuery
from kb.domain.unit import Facet, SearchUnit
from tests.fakes.cross import crossed, figured, summed
from tests.fakes.hits import behind, counts, hit_of, suggestion
from tests.fakes.matching import counted_values, matching, passes, shown_values, sort, words_of
from tests.fakes.similarity import ranked
from tests.fakes.standing import rewritten


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
        words = words_of(query.text)
        visible = self._visible(query)
        fitting = matching(visible, query, words)
        found = [unit for unit in fitting if passes(unit, query)]
        sort(found, query, words)
        folded = behind(found, query)
        start = (query.page - 1) * query.size
        return SearchPage(
            query=query,
            total=len(found),
            groups=len(folded) if query.folds else 0,
            hits=tuple(
                hit_of(each[0], query.viewer, words, each[1:]) for each in folded[start : start + query.size]
            ),
            facets=tuple(counts(fitting, query)),
            read_as=" and ".join(words),
            suggestion="" if found or query.wider else suggestion(visible, words),
        )

    def count(self, query: SearchQuery) -> int:
        return self.search(query).total

    def cross(self, query: CrossQuery) -> CrossTable:
        found = self._found(query.asked)
        viewer = query.asked.viewer
        rows = [counted_values(unit, query.rows, viewer) for unit in found]
        columns = [counted_values(unit, query.columns, viewer) for unit in found]
        return crossed(found, rows, columns, dict(query.under))

    def sums(self, query: SumQuery) -> Mapping[str, UnitSum]:
        return summed(self.figures(query.asked, query.told | {query.by}), query)

    def figures(self, query: SearchQuery, facets: frozenset[Facet]) -> tuple[UnitFigures, ...]:
        return figured(
            (unit, {facet: shown_values(unit, facet, query.viewer) for facet in facets})
            for unit in self._found(query)
        )

    def lacking(self, query: SearchQuery, facet: Facet) -> Mapping[str, int]:
        return Counter(
            unit.case for unit in self._found(query) if not shown_values(unit, facet, query.viewer)
        )

    def _found(self, query: SearchQuery) -> list[SearchUnit]:
        self._demand_ready()
        fitting = matching(self._visible(query), query, words_of(query.text))
        return [unit for unit in fitting if passes(unit, query)]

    def _visible(self, query: SearchQuery) -> list[SearchUnit]:
        units = [rewritten(unit, query.standing) for unit in self._units.values()]
        return [unit for unit in units if query.viewer.sees(unit.readers)]

    def similar(self, query: SimilarQuery) -> tuple[Hit, ...]:
        self._demand_ready()
        units = {name: rewritten(unit, query.standing) for name, unit in self._units.items()}
        return tuple(
            hit_of(unit, query.viewer, ()).model_copy(update={"score": float(likeness)})
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
