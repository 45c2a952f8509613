"""Insights: what the cases have in common, counted from the columns of the index and never from files.

Everything is as the actor may see and know it; a number is what the search that it leads to returns.
"""

from __future__ import annotations

from collections.abc import Collection

from kb.domain.account import Account
from kb.domain.cross_table import CrossQuery, CrossTable, UnitFigures
from kb.domain.permission import Permission, demand
from kb.domain.ports import Searcher
from kb.domain.query import SearchQuery, SearchRequest
from kb.domain.unit import Facet


class Insights:
    """Counts for pages and commands."""

    def __init__(self, engine: Searcher) -> None:
        self._engine = engine

    def cross(self, actor: Account | None, request: SearchRequest, rows: Facet, columns: Facet) -> CrossTable:
        """Count two facets against each other over what the actor finds; raises SearchUnavailable."""
        account = demand(actor, Permission.READ)
        asked = SearchQuery(viewer=account.viewer, **dict(request))
        return self._engine.cross(CrossQuery(asked=asked, rows=rows, columns=columns))

    def figures(
        self, actor: Account | None, request: SearchRequest, facets: Collection[Facet]
    ) -> tuple[UnitFigures, ...]:
        """Give the figures of all units that the actor finds, by id; raises SearchUnavailable."""
        account = demand(actor, Permission.READ)
        asked = SearchQuery(viewer=account.viewer, **dict(request))
        return self._engine.figures(asked, frozenset(facets))
