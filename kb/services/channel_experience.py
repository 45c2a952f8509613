"""Experience with a channel: what cross-border issues tell of it, counted as the search that the numbers lead to counts."""

from __future__ import annotations

from typing import NamedTuple

from kb.domain.account import Account
from kb.domain.corridor import UNTOLD, BorderReport, Summary
from kb.domain.cross_table import UnitFigures
from kb.domain.errors import SearchUnavailable
from kb.domain.marking import Marking, highest
from kb.domain.permission import Permission, demand
from kb.domain.query import Filter, Scope, SearchRequest
from kb.domain.record import Origin
from kb.domain.unit import Facet
from kb.services.insights import Insights

TOLD = frozenset({Facet.OUTCOME, Facet.ORIGIN, Facet.MARKING})


class Experience(NamedTuple):
    """What the issues come to, and the narrowest marking among them: whoever shows the numbers bears it."""

    summary: Summary
    marking: Marking


class ChannelExperience:
    """Sums up what exists for a reader."""

    def __init__(self, insights: Insights) -> None:
        self._insights = insights

    def of(self, actor: Account | None, channel: str) -> Experience | None:
        """Sum up the cross-border issues that used a channel; None while search is being rebuilt."""
        account = demand(actor, Permission.READ)
        request = SearchRequest(
            scope=Scope.CROSS_BORDER,
            filters=(Filter(facet=Facet.CHANNEL, values=frozenset({channel})),),
        )
        try:
            figures = self._insights.figures(account, request, TOLD)
        except SearchUnavailable:
            return None
        reports = tuple(map(_report, figures))
        return Experience(Summary.of(reports), highest(*(each.marking for each in reports)))


def _report(figures: UnitFigures) -> BorderReport:
    outcomes = figures.values.get(Facet.OUTCOME, ())
    return BorderReport(
        id=figures.id,
        case=figures.case,
        corridors=frozenset(),
        outcome=next(iter(outcomes), UNTOLD),
        days=figures.days,
        marking=Marking(figures.values[Facet.MARKING][0]),
        illustrative=Origin.ILLUSTRATIVE in figures.values.get(Facet.ORIGIN, ()),
    )
