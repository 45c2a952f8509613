"""Saved searches: what an officer follows, and what is new in it.

A result is new whose case, or other record, was published or changed since its owner said to have seen what there was. Counts are made
when they are asked for, under the audience of today, so that they are always what opening the list shows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Mapping
from typing import NamedTuple

from kb.domain.account import Account
from kb.domain.errors import Invalid, SearchUnavailable
from kb.domain.permission import Permission, demand
from kb.domain.ports import Catalogue, Clock, Randomness, SavedSearchStore
from kb.domain.query import Filter, SearchPage, SearchRequest
from kb.domain.record import Origin
from kb.domain.record_units import group_of
from kb.domain.saved_search import LONGEST_NAME, MOST_SAVED, SavedSearch, lasting, name_of
from kb.domain.text import Value, normal_line
from kb.domain.unit import Facet, GroupId
from kb.services.feeds import Feeds, among, owned, searched
from kb.services.searching import Searching

Times = Mapping[GroupId, dt.datetime]
"""When each record was last saved, by the group of its units."""
Requests = Mapping[str, SearchRequest]
"""What is asked for each saved search, by its id."""


class News(NamedTuple):
    """How much of a search is new, and whether made-up examples are among it."""

    total: int
    illustrative: bool


class Followed(Value):
    """A saved search with the number of its new results; None while search is being rebuilt."""

    saved: SavedSearch
    new: int | None = 0
    illustrative: bool = False
    """Whether illustrative records are among those counted."""


class Following(Value):
    """Everything that an account follows."""

    searches: tuple[Followed, ...] = ()

    @property
    def new(self) -> int:
        """Give the number of new results, as far as search can tell now."""
        return sum(each.new or 0 for each in self.searches)

    @property
    def search_works(self) -> bool:
        """Say whether every count is known."""
        return all(each.new is not None for each in self.searches)

    @property
    def illustrative(self) -> bool:
        """Say whether illustrative records are among those counted."""
        return any(each.illustrative for each in self.searches)


class NewResults(Value):
    """What is new in one search: a page of it, or None where there is nothing; `until` is when this was asked."""

    saved: SavedSearch
    found: SearchPage | None
    until: dt.datetime


class SavedSearches:
    """Keeps an account's searches and tells what is new in them."""

    def __init__(
        self,
        *,
        saved: SavedSearchStore,
        feeds: Feeds,
        searching: Searching,
        catalogue: Catalogue,
        clock: Clock,
        randomness: Randomness,
    ) -> None:
        self._saved, self._feeds = saved, feeds
        self._searching, self._catalogue = searching, catalogue
        self._clock, self._randomness = clock, randomness

    def save(self, actor: Account | None, request: SearchRequest, name: str = "") -> SavedSearch:
        """Keep a search; one that is kept already is given back. Raises Forbidden, or Invalid where there are too many."""
        account = demand(actor, Permission.FOLLOW)
        if known := self.find(account, request):
            return known
        called = name_of(name) or name_of(request.text)
        if not called:
            raise Invalid(("name", "Give this search a name; it has no words of its own."))
        now = self._clock.now()
        saved = SavedSearch(
            id=self._randomness.identifier(),
            account=account.id,
            name=called,
            request=lasting(request),
            created_at=now,
            seen_at=now,
        )
        if not self._saved.add(saved, MOST_SAVED):
            raise Invalid(
                ("name", f"You keep {MOST_SAVED} searches, which is the most. Delete one, then save this.")
            )
        return saved

    def find(self, actor: Account | None, request: SearchRequest) -> SavedSearch | None:
        """Give the actor's saved search that asks the same, if there is one."""
        account = demand(actor, Permission.FOLLOW)
        asked = lasting(request)
        return next((each for each in self._saved.of(account.id) if each.request == asked), None)

    def get(self, actor: Account | None, identifier: str) -> SavedSearch:
        """Give one of the actor's own; raises NotFound."""
        account = demand(actor, Permission.FOLLOW)
        return owned(self._saved, account, identifier)

    def rename(self, actor: Account | None, identifier: str, name: str) -> SavedSearch:
        """Give it another name; raises NotFound or Invalid."""
        account = demand(actor, Permission.FOLLOW)
        saved, line = owned(self._saved, account, identifier), normal_line(name)
        if not 0 < len(line) <= LONGEST_NAME:
            raise Invalid(("name", f"Give it a name of up to {LONGEST_NAME} characters."))
        self._saved.rename(account.id, saved.id, line)
        return saved.model_copy(update={"name": line})

    def delete(self, actor: Account | None, identifier: str) -> None:
        """Forget a search, and revoke its feed; raises NotFound."""
        account = demand(actor, Permission.FOLLOW)
        self._feeds.revoke(account, identifier)
        self._saved.drop(account.id, identifier)

    def list(self, actor: Account | None) -> Following:
        """Give the actor's searches, the last saved first, each with the number of its new results."""
        account = demand(actor, Permission.FOLLOW)
        kept = self._saved.of(account.id)
        changed = self._changed(account, min(each.seen_at for each in kept)) if kept else {}
        asked = {each.id: request for each in kept if (request := _of_new(each, changed))}
        news = self._news(account, asked)
        return Following(searches=tuple(_followed(each, asked, news) for each in kept))

    def show_new(self, actor: Account | None, identifier: str, page: int = 1) -> NewResults:
        """Give what is new in one search; raises NotFound or SearchUnavailable."""
        account = demand(actor, Permission.FOLLOW)
        saved, until = owned(self._saved, account, identifier), self._clock.now()
        request = _of_new(saved, self._changed(account, saved.seen_at))
        found = (
            self._searching.search(account, request.model_copy(update={"page": page})) if request else None
        )
        return NewResults(saved=saved, found=found, until=until)

    def see(self, actor: Account | None, identifier: str, until: dt.datetime | None = None) -> None:
        """Count what came before `until`, or before now, as seen; raises NotFound.

        Whoever read a list gives the moment in which it was made, so that nothing that came meanwhile is lost.
        """
        account = demand(actor, Permission.FOLLOW)
        saved, now = owned(self._saved, account, identifier), self._clock.now()
        self._saved.see(account.id, saved.id, min(until or now, now))

    def _changed(self, account: Account, since: dt.datetime) -> Times:
        listing = searched(account.viewer, changed_since=since)
        return {group_of(ref): moment for ref, moment in self._catalogue.saved_at(listing).items()}

    def _news(self, account: Account, asked: Requests) -> Mapping[str, News] | None:
        """Count what each of these finds; None while search is being rebuilt."""
        try:
            totals = self._totals(account, asked)
            among_found = {each: _examples(asked[each]) for each, total in totals.items() if total}
            examples = self._totals(
                account, {each: request for each, request in among_found.items() if request}
            )
        except SearchUnavailable:
            return None
        return {each: News(total, illustrative=examples.get(each, 0) > 0) for each, total in totals.items()}

    def _totals(self, account: Account, asked: Requests) -> Mapping[str, int]:
        return dict(zip(asked, self._searching.counts(account, asked.values()), strict=True))


def _of_new(saved: SavedSearch, changed: Times) -> SearchRequest | None:
    """Give the search among what changed since it was seen; None where nothing did, and so nothing can be found."""
    since = [group for group, moment in changed.items() if moment >= saved.seen_at]
    groups = frozenset(among(saved.request, since))
    return saved.request.model_copy(update={"cases": groups}) if groups else None


def _examples(request: SearchRequest) -> SearchRequest | None:
    """Give the search among made-up examples alone; None where it leaves these out itself."""
    others = tuple(each for each in request.filters if each.facet is not Facet.ORIGIN)
    chosen = [each.values for each in request.filters if each.facet is Facet.ORIGIN]
    if chosen and not any(Origin.ILLUSTRATIVE in values for values in chosen):
        return None
    made_up = Filter(facet=Facet.ORIGIN, values=frozenset({Origin.ILLUSTRATIVE.value}))
    return request.model_copy(update={"filters": (*others, made_up)})


def _followed(saved: SavedSearch, asked: Container[str], news: Mapping[str, News] | None) -> Followed:
    if saved.id not in asked:
        return Followed(saved=saved)
    if news is None:
        return Followed(saved=saved, new=None)
    return Followed(saved=saved, new=news[saved.id].total, illustrative=news[saved.id].illustrative)
