"""Experience with a channel: what cross-border issues tell of it, counted as the search that the numbers lead to counts."""

from __future__ import annotations

from kb.domain.account import Account
from kb.domain.corridor import SUMMED, Summary
from kb.domain.errors import SearchUnavailable
from kb.domain.permission import Permission, demand
from kb.domain.query import Filter, Scope, SearchRequest
from kb.domain.unit import Facet, UnitKind
from kb.services.insights import Insights


class ChannelExperience:
    """Sums up what exists for a reader."""

    def __init__(self, insights: Insights) -> None:
        self._insights = insights

    def of(self, actor: Account | None, channel: str) -> Summary | None:
        """Sum up the cross-border issues that used a channel; None while search is being rebuilt."""
        account = demand(actor, Permission.READ)
        using = Filter(facet=Facet.CHANNEL, values=frozenset({channel}))
        request = SearchRequest(scope=Scope.CROSS_BORDER, filters=(using,))
        try:
            summed = self._insights.sums(account, request, Facet.KIND, SUMMED)
        except SearchUnavailable:
            return None
        found = summed.get(UnitKind.CROSS_BORDER_ISSUE.value)
        return Summary.of(found) if found else Summary()
