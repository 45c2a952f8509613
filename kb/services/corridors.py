"""Corridors: what was reported of requests between two countries, with the law of both and the channels that there are.

Numbers come from the columns of the index; no case is opened. Each is what the search that it leads to returns.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kb.domain.account import Account
from kb.domain.corridor import (
    BorderReport,
    Circle,
    Corridor,
    CorridorTable,
    Summary,
    by_channel,
    by_obstacle,
    circles,
    naming_channel,
)
from kb.domain.cross_table import UnitFigures
from kb.domain.instrument import Instrument, Need
from kb.domain.jurisdiction import Jurisdiction
from kb.domain.lesson import Outcome
from kb.domain.marking import Marking, highest
from kb.domain.open_channel import Between, OpenChannel, channels_between
from kb.domain.permission import Permission, demand
from kb.domain.ports import Clock
from kb.domain.query import Filter, Scope, SearchPage, SearchRequest, Sort
from kb.domain.record import Origin
from kb.domain.unit import NOT_STATED, Facet
from kb.services.insights import Insights
from kb.services.reference import References
from kb.services.reference_view import ReferenceView
from kb.services.searching import Searching

NARROWED_BY = (Facet.YEAR, Facet.PHENOMENON, Facet.CHANNEL)
"""By what the table can be filtered."""
MOST_SHOWN = 5
"""Lessons of one sort that a page shows; the rest is a search away."""
_LESSONS = (
    (Scope.SOLUTIONS, (Filter(facet=Facet.OUTCOME, values=frozenset({Outcome.WORKED.value})),)),
    (Scope.SOLUTIONS, (Filter(facet=Facet.OUTCOME, values=frozenset({Outcome.FAILED.value})),)),
    (Scope.PRACTICES, ()),
)
_MADE_UP = Origin.ILLUSTRATIVE.value
_MARKINGS = {marking.value: marking for marking in Marking}
_TOLD = frozenset({Facet.CORRIDOR, Facet.CHANNEL, Facet.OUTCOME, Facet.ORIGIN, Facet.MARKING})
"""What a page asks of every report; of thousands, what met them is asked only where it is shown."""


class CorridorsView(NamedTuple):
    """The table of countries, with all that it could be filtered by."""

    table: CorridorTable
    choices: dict[Facet, tuple[str, ...]]
    marking: Marking
    """The highest of what is counted."""


class Direction(NamedTuple):
    """What was reported of requests in one direction."""

    corridor: Corridor
    summary: Summary
    channels: dict[str, Summary]
    obstacles: dict[str, Summary]
    newest: SearchPage


class Lessons(NamedTuple):
    """What the cases with these reports tell beside them."""

    worked: SearchPage
    """Solutions that worked."""
    failed: SearchPage
    """Those that did not: they save others the same way."""
    practices: SearchPage


class PairView(NamedTuple):
    """Everything about two countries: both directions, what helped, the law of both, and the channels."""

    directions: tuple[Direction, Direction]
    lessons: Lessons | None
    """None where nothing was reported."""
    laws: tuple[ReferenceView[Jurisdiction], ReferenceView[Jurisdiction]]
    questions: tuple[str, ...]
    channels: tuple[OpenChannel, ...]
    marking: Marking
    """The highest of what is told here, for every page of a print."""

    @property
    def checklists(self) -> tuple[OpenChannel, ...]:
        """Give the channels that exist between the two and say what a request must say."""
        return tuple(
            each for each in self.channels if each.between is Between.OPEN and each.instrument.requirements
        )

    @property
    def illustrative(self) -> bool:
        """Say whether made-up examples are among the reports."""
        return any(each.summary.illustrative for each in self.directions)


class Way(NamedTuple):
    """A channel that serves a need, with what others reported of it, nearest first."""

    channel: OpenChannel
    experience: tuple[tuple[Circle, Summary], ...]


class WaysView(NamedTuple):
    """The answer to who asks for something across a border."""

    corridor: Corridor
    need: Need
    ways: tuple[Way, ...]
    marking: Marking


class Corridors:
    """Answers what was reported at which border."""

    def __init__(
        self, insights: Insights, searching: Searching, references: References, clock: Clock
    ) -> None:
        self._insights = insights
        self._searching = searching
        self._references = references
        self._clock = clock

    def table(self, actor: Account | None, filters: tuple[Filter, ...] = ()) -> CorridorsView:
        """Count reports from country to country; raises SearchUnavailable."""
        account = demand(actor, Permission.READ)
        asked = _border(*filters)
        counted = self._insights.cross(account, asked, Facet.CORRIDOR, Facet.MARKING)
        unstated = counted.rows.get(NOT_STATED, 0)
        counts = {value: count for value, count in counted.rows.items() if value != NOT_STATED}
        return CorridorsView(
            table=CorridorTable.of(counts, counted.total, unstated, illustrative=counted.illustrative),
            choices={facet: self._values(account, facet) for facet in NARROWED_BY},
            marking=highest(*map(Marking, counted.columns)),
        )

    def pair(self, actor: Account | None, corridor: Corridor) -> PairView:
        """Tell of two countries, asking and asked; raises SearchUnavailable."""
        account = demand(actor, Permission.READ)
        there, back = (self._direction(account, each) for each in (corridor, corridor.back))
        reports = (*there[1], *back[1])
        cases = frozenset(each.case for each in reports)
        lessons = self._lessons(account, cases) if cases else None
        start, end = (self._references.jurisdiction(account, country) for country in corridor)
        shown = (Marking(hit.marking) for page in lessons or () for hit in page.hits)
        return PairView(
            directions=(there[0], back[0]),
            lessons=lessons,
            laws=(start, end),
            questions=self._references.questions(account),
            channels=self._channels(account, corridor),
            marking=highest(*(each.marking for each in reports), *shown),
        )

    def ways(self, actor: Account | None, corridor: Corridor, need: Need) -> WaysView:
        """Give the channels between two countries that serve a need, with the experience of others; raises SearchUnavailable."""
        account = demand(actor, Permission.READ)
        channels = self._channels(account, corridor, need)
        keys = frozenset(each.key for each in channels)
        reports = self._reports(account, Filter(facet=Facet.CHANNEL, values=keys)) if keys else ()
        using = naming_channel(reports)
        return WaysView(
            corridor=corridor,
            need=need,
            ways=tuple(Way(each, _experience(corridor, using.get(each.key, ()))) for each in channels),
            marking=highest(*(each.marking for each in reports)),
        )

    def _direction(self, account: Account, corridor: Corridor) -> tuple[Direction, tuple[BorderReport, ...]]:
        along = Filter(facet=Facet.CORRIDOR, values=frozenset({corridor.value}))
        reports = self._reports(account, along, _TOLD | {Facet.DIFFICULTY})
        newest = _border(along).model_copy(update={"sort": Sort.NEWEST, "size": MOST_SHOWN})
        found = Direction(
            corridor=corridor,
            summary=Summary.of(reports),
            channels=by_channel(reports),
            obstacles=by_obstacle(reports),
            newest=self._searching.search(account, newest),
        )
        return found, reports

    def _lessons(self, account: Account, cases: frozenset[str]) -> Lessons:
        pages = self._searching.batch(
            account,
            (
                SearchRequest(scope=scope, filters=filters, cases=cases, sort=Sort.NEWEST, size=MOST_SHOWN)
                for scope, filters in _LESSONS
            ),
        )
        return Lessons(*pages)

    def _channels(
        self, account: Account, corridor: Corridor, need: Need | None = None
    ) -> tuple[OpenChannel, ...]:
        kept: list[tuple[str, Instrument]] = [
            (each.id, each.record) for each in self._references.instruments(account)
        ]
        return channels_between(corridor, kept, self._clock.now().date(), need)

    def _reports(
        self, account: Account, among: Filter, told: frozenset[Facet] = _TOLD
    ) -> tuple[BorderReport, ...]:
        figures = self._insights.figures(account, _border(among), told)
        return tuple(map(_report, figures))

    def _values(self, account: Account, facet: Facet) -> tuple[str, ...]:
        """Give the values of a facet that occur among all reports."""
        counted = self._insights.cross(account, _border(), facet, Facet.ORIGIN)
        return tuple(sorted(counted.rows))


def _border(*filters: Filter) -> SearchRequest:
    return SearchRequest(scope=Scope.CROSS_BORDER, filters=filters)


def _report(figures: UnitFigures) -> BorderReport:
    told = figures.values
    return BorderReport(
        id=figures.id,
        case=figures.case,
        corridors=frozenset(told[Facet.CORRIDOR]),
        channels=frozenset(told[Facet.CHANNEL]),
        obstacles=frozenset(told.get(Facet.DIFFICULTY, ())),
        outcome=next(iter(told[Facet.OUTCOME]), ""),
        days=figures.days,
        illustrative=_MADE_UP in told[Facet.ORIGIN],
        marking=_MARKINGS[told[Facet.MARKING][0]],
    )


def _experience(corridor: Corridor, reports: Iterable[BorderReport]) -> tuple[tuple[Circle, Summary], ...]:
    return tuple((circle, Summary.of(circle.reports)) for circle in circles(corridor, reports))
