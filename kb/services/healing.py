"""Healing: whoever finds search unusable sets the comparison going beside, once at a time, and goes without for now.

So a home whose derived folder was deleted or damaged under a running server comes back without anybody at a terminal.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TypeVar

from kb.domain.errors import SearchUnavailable
from kb.domain.ports import Searcher
from kb.domain.query import Hit, SearchPage, SearchQuery
from kb.domain.similarity import SimilarQuery
from kb.services.comparison import Comparison

Answer = TypeVar("Answer")


class HealingSearcher:
    """The search engine as readers meet it; `aside` runs work beside the request."""

    def __init__(
        self, engine: Searcher, comparison: Comparison, aside: Callable[[Callable[[], None]], None]
    ) -> None:
        self._engine = engine
        self._comparison = comparison
        self._aside = aside
        self._at_it = Lock()

    def search(self, query: SearchQuery) -> SearchPage:
        """Answer; raises SearchUnavailable, and then has begun to mend what is derived."""
        return self._asked(lambda: self._engine.search(query))

    def count(self, query: SearchQuery) -> int:
        """Count; raises SearchUnavailable as `search` does."""
        return self._asked(lambda: self._engine.count(query))

    def similar(self, query: SimilarQuery) -> tuple[Hit, ...]:
        """Give what is similar; raises SearchUnavailable as `search` does, and NotFound."""
        return self._asked(lambda: self._engine.similar(query))

    def _asked(self, question: Callable[[], Answer]) -> Answer:
        try:
            return question()
        except SearchUnavailable:
            if self._at_it.acquire(blocking=False):
                self._aside(self._mend)
            raise

    def _mend(self) -> None:
        try:
            self._comparison.run()
        finally:
            self._at_it.release()
