"""In common: which difficulties the case studies of an event share, and which lessons and practices came of them.

The figures come from the index's columns under the reader's audience; each is what the search behind it returns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from kb.domain.account import Account
from kb.domain.case_links import case_of
from kb.domain.cross_table import CrossQuery, CrossTable
from kb.domain.entry import Entry, Listing, Order
from kb.domain.insight import SHARED_BY
from kb.domain.marking import Marking, highest
from kb.domain.permission import Permission, demand
from kb.domain.ports import Catalogue, Searcher
from kb.domain.practice import Practice, PracticeStatus
from kb.domain.query import Filter, Scope, SearchPage, SearchQuery
from kb.domain.record import Kind
from kb.domain.unit import Facet
from kb.services.events import Events, EventView
from kb.services.kept_bodies import KeptBodies

MOST_LESSONS = 50
"""That are shown; the rest is a search away."""
TOLD = frozenset({PracticeStatus.PROPOSED.value, PracticeStatus.ENDORSED.value})


@dataclass(frozen=True)
class Common:
    """What an event's cases have in common, as one reader may know it."""

    view: EventView
    table: CrossTable
    """Case studies by difficulty and country."""
    lessons: SearchPage
    """Good practices that its cases tell."""
    practices: tuple[Entry, ...]
    """Practices of the register that rest on a lesson of its cases."""
    reported_by: Mapping[str, frozenset[str]]
    """By difficulty the countries whose units report it; a country that is only involved reports nothing."""

    @property
    def marking(self) -> Marking:
        """Give the narrowest marking of all that is shown or counted."""
        told = (Marking(hit.marking) for hit in self.lessons.hits)
        return highest(self.view.marking, *(entry.marking for entry in self.practices), *told)

    @property
    def countries(self) -> tuple[str, ...]:
        """Give the countries that are involved, those in most case studies first."""
        return _ordered(self.table.columns)

    @property
    def difficulties(self) -> tuple[str, ...]:
        """Give the difficulties, those with most case studies first."""
        return _ordered(self.table.rows)

    @property
    def shared(self) -> tuple[str, ...]:
        """Give the difficulties that units of several countries report."""
        by = self.reported_by
        return tuple(each for each in self.difficulties if len(by.get(each, ())) >= SHARED_BY)


class InCommon:
    """Looks at an event afterwards."""

    def __init__(self, events: Events, catalogue: Catalogue, kept: KeptBodies, searcher: Searcher) -> None:
        self._events = events
        self._catalogue = catalogue
        self._kept = kept
        self._searcher = searcher

    def get(self, actor: Account | None, identifier: str) -> Common:
        """Say what the cases of an event have in common; raises NotFound, and SearchUnavailable."""
        account = demand(actor, Permission.READ)
        view = self._events.get(account, identifier)
        held = (Filter(facet=Facet.EVENT, values=frozenset({view.id})),)
        asked = SearchQuery(viewer=account.viewer, scope=Scope.CASES, filters=held)
        lessons = SearchQuery(viewer=account.viewer, scope=Scope.PRACTICES, filters=held, size=MOST_LESSONS)
        return Common(
            view=view,
            table=self._searcher.cross(CrossQuery(asked=asked, rows=Facet.DIFFICULTY, columns=Facet.COUNTRY)),
            lessons=self._searcher.search(lessons),
            practices=self._practices(account, view),
            reported_by=self._reported_by(asked),
        )

    def _reported_by(self, asked: SearchQuery) -> Mapping[str, frozenset[str]]:
        table = self._searcher.cross(CrossQuery(asked=asked, rows=Facet.DIFFICULTY, columns=Facet.REPORTER))
        found: defaultdict[str, set[str]] = defaultdict(set)
        for difficulty, country in table.cells:
            found[difficulty].add(country)
        return {difficulty: frozenset(codes) for difficulty, codes in found.items()}

    def _practices(self, account: Account, view: EventView) -> tuple[Entry, ...]:
        cases = {entry.id for entry in view.presented}
        listing = Listing(
            viewer=account.viewer, kinds=frozenset({Kind.PRACTICE}), statuses=TOLD, order=Order.TITLE
        )
        return tuple(entry for entry in self._catalogue.list(listing) if self._rests_on(entry, cases))

    def _rests_on(self, entry: Entry, cases: set[str]) -> bool:
        body = self._kept.of(entry)
        return isinstance(body, Practice) and any(case_of(each) in cases for each in body.rests_on)


def _ordered(counts: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(sorted(counts, key=lambda each: (-counts[each], each)))
