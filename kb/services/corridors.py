"""Corridors: what was reported of requests between two countries, with the law of both and the channels that there are.

Numbers come from the columns of the index; no case is opened. Each is what the search that it leads to returns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from kb.domain.account import Account
from kb.domain.concept import Scheme
from kb.domain.corridor import (
    SUMMED,
    Circle,
    Corridor,
    CorridorTable,
    Summary,
    circles,
    most_reported_first,
)
from kb.domain.errors import SearchUnavailable
from kb.domain.instrument import Instrument, Need
from kb.domain.jurisdiction import Jurisdiction
from kb.domain.lesson import Outcome
from kb.domain.marking import Marking, highest
from kb.domain.open_channel import Between, OpenChannel, channels_between
from kb.domain.permission import Permission, demand
from kb.domain.ports import Clock
from kb.domain.query import Filter, Scope, SearchPage, SearchRequest, Sort
from kb.domain.unit import NOT_STATED, Facet, UnitKind
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
    """The highest of what is told here."""

    @property
    def illustrative(self) -> bool:
        """Say whether made-up examples are among the reports."""
        return any(summary.illustrative for way in self.ways for _, summary in way.experience)


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
        cases = self._cases(account, corridor)
        lessons = self._lessons(account, cases) if cases else None
        start, end = (self._references.jurisdiction(account, country) for country in corridor)
        shown = (Marking(hit.marking) for page in lessons or () for hit in page.hits)
        return PairView(
            directions=(there, back),
            lessons=lessons,
            laws=(start, end),
            questions=self._references.questions(account),
            channels=self._channels(account, corridor),
            marking=highest(there.summary.marking, back.summary.marking, *shown),
        )

    def ways(self, actor: Account | None, corridor: Corridor, need: Need) -> WaysView:
        """Give the channels between two countries that serve a need, with the experience of others; raises SearchUnavailable."""
        account = demand(actor, Permission.READ)
        channels = self._channels(account, corridor, need)
        summed = {
            circle: self._summed(account, Facet.CHANNEL, *_using(channels), *_along(circle.corridor))
            for circle in (circles(corridor) if channels else ())
        }
        ways = tuple(Way(each, tuple(self._experience(account, each.key, summed))) for each in channels)
        told = (summary for way in ways for _, summary in way.experience)
        return WaysView(
            corridor=corridor, need=need, ways=ways, marking=highest(*(each.marking for each in told))
        )

    def _experience(
        self, account: Account, channel: str, summed: Mapping[Circle, Mapping[str, Summary]]
    ) -> Iterator[tuple[Circle, Summary]]:
        """Give what was reported of one channel, under whichever name it is counted; circles without any go."""
        standing = self._insights.standing(account, Scheme.CHANNEL, channel)
        yield from ((circle, using[standing]) for circle, using in summed.items() if standing in using)

    def using(self, actor: Account | None, channel: str) -> Summary | None:
        """Sum up the reports of a channel, as the search for it finds them; None while search is being rebuilt."""
        account = demand(actor, Permission.READ)
        try:
            return self._whole(account, Filter(facet=Facet.CHANNEL, values=frozenset({channel})))
        except SearchUnavailable:
            return None

    def _direction(self, account: Account, corridor: Corridor) -> Direction:
        along = _along(corridor.value)
        newest = _border(*along).model_copy(update={"sort": Sort.NEWEST, "size": MOST_SHOWN})
        return Direction(
            corridor=corridor,
            summary=self._whole(account, *along),
            channels=self._summed(account, Facet.CHANNEL, *along),
            obstacles=self._summed(account, Facet.DIFFICULTY, *along),
            newest=self._searching.search(account, newest),
        )

    def _whole(self, account: Account, *filters: Filter) -> Summary:
        """Sum all up: each report is of the one kind that is asked for."""
        return self._summed(account, Facet.KIND, *filters).get(UnitKind.CROSS_BORDER_ISSUE.value, Summary())

    def _summed(self, account: Account, by: Facet, *filters: Filter) -> dict[str, Summary]:
        found = self._insights.sums(account, _border(*filters), by, SUMMED)
        return most_reported_first({value: Summary.of(each) for value, each in found.items()})

    def _cases(self, account: Account, corridor: Corridor) -> frozenset[str]:
        """Give the cases that report of two countries, whichever asked."""
        both = Filter(facet=Facet.CORRIDOR, values=frozenset({corridor.value, corridor.back.value}))
        figures = self._insights.figures(account, _border(both), ())
        return frozenset(each.case for each in figures)

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

    def _values(self, account: Account, facet: Facet) -> tuple[str, ...]:
        """Give the values of a facet that occur among all reports."""
        counted = self._insights.cross(account, _border(), facet, Facet.ORIGIN)
        return tuple(sorted(counted.rows))


def _border(*filters: Filter) -> SearchRequest:
    return SearchRequest(scope=Scope.CROSS_BORDER, filters=filters)


def _using(channels: Iterable[OpenChannel]) -> tuple[Filter, ...]:
    return (Filter(facet=Facet.CHANNEL, values=frozenset(each.key for each in channels)),)


def _along(corridor: str) -> tuple[Filter, ...]:
    """Give what finds the reports of what the index calls so, and of nothing all."""
    return (Filter(facet=Facet.CORRIDOR, values=frozenset({corridor})),) if corridor else ()
