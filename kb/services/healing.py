"""Healing: whoever finds search unusable sets the comparison going beside, once at a time, and goes without for now.

So a home whose derived folder was deleted or damaged under a running server comes back without anybody at a terminal.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from kb.domain.errors import SearchUnavailable
from kb.domain.ports import Searcher
from kb.domain.query import SearchPage, SearchQuery
from kb.services.comparison import Comparison


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
        try:
            return self._engine.search(query)
        except SearchUnavailable:
            if self._at_it.acquire(blocking=False):
                self._aside(self._mend)
            raise

    def _mend(self) -> None:
        try:
            self._comparison.run()
        finally:
            self._at_it.release()
