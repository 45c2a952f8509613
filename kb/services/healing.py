"""Healing: whoever finds the search index in want of something has it done beside, and goes on without for now.

So a home whose derived folder was deleted or damaged under a running server comes back without anybody at a terminal, and the
many small changes of a busy day are merged without anybody waiting.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from kb.domain.cross_table import CrossQuery, CrossTable, SumQuery, UnitFigures, UnitSum
from kb.domain.errors import SearchUnavailable
from kb.domain.ports import Change, Chore, Chores, SearchEngine, Searcher
from kb.domain.query import Hit, SearchPage, SearchQuery
from kb.domain.similarity import SimilarQuery
from kb.domain.unit import Facet

Answer = TypeVar("Answer")


class HealingSearcher:
    """The search engine as readers meet it."""

    def __init__(self, engine: Searcher, chores: Chores) -> None:
        self._engine = engine
        self._chores = chores

    def search(self, query: SearchQuery) -> SearchPage:
        """Answer; raises SearchUnavailable, and then has begun to mend what is derived."""
        return self._asked(lambda: self._engine.search(query))

    def count(self, query: SearchQuery) -> int:
        """Count; raises SearchUnavailable as `search` does."""
        return self._asked(lambda: self._engine.count(query))

    def similar(self, query: SimilarQuery) -> tuple[Hit, ...]:
        """Give what is similar; raises SearchUnavailable as `search` does, and NotFound."""
        return self._asked(lambda: self._engine.similar(query))

    def cross(self, query: CrossQuery) -> CrossTable:
        """Count two facets against each other; raises SearchUnavailable as `search` does."""
        return self._asked(lambda: self._engine.cross(query))

    def sums(self, query: SumQuery) -> Mapping[str, UnitSum]:
        """Sum up what a search finds by each value of a facet; raises SearchUnavailable as `search` does."""
        return self._asked(lambda: self._engine.sums(query))

    def figures(self, query: SearchQuery, facets: frozenset[Facet]) -> tuple[UnitFigures, ...]:
        """Give the figures of what a query finds; raises SearchUnavailable as `search` does."""
        return self._asked(lambda: self._engine.figures(query, facets))

    def lacking(self, query: SearchQuery, facet: Facet) -> Mapping[str, int]:
        """Count the units without a value of a facet; raises SearchUnavailable as `search` does."""
        return self._asked(lambda: self._engine.lacking(query, facet))

    def _asked(self, question: Callable[[], Answer]) -> Answer:
        try:
            return question()
        except SearchUnavailable:
            self._chores.do(Chore.UPDATE)
            raise


class TendedIndex:
    """The search index as drains meet it."""

    def __init__(self, engine: SearchEngine, chores: Chores) -> None:
        self._engine = engine
        self._chores = chores

    def apply(self, changes: Sequence[Change]) -> None:
        """Index the changes, which is never kept waiting by a merge; raises SearchUnavailable."""
        self._engine.apply(changes)
        self.tend()

    def tend(self) -> None:
        """Have what many changes have left merged beside."""
        if self._engine.is_crowded():
            self._chores.do(Chore.MERGE)
