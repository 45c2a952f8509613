"""Home: what greets somebody who has just signed in."""

from __future__ import annotations

from kb.domain.account import Account
from kb.domain.entry import Entry, Listing, Order
from kb.domain.errors import SearchUnavailable
from kb.domain.permission import Permission, demand, permits
from kb.domain.ports import Catalogue, Searcher
from kb.domain.query import FacetCount, Scope, SearchPage, SearchQuery
from kb.domain.record import Kind
from kb.domain.text import Value
from kb.domain.unit import Facet
from kb.domain.workflow import SubmissionStatus
from kb.services.review_queue import ReviewQueue

MOST = 8


class HomeView(Value):
    """The home page for one person; every count is theirs."""

    difficulties: tuple[FacetCount, ...]
    """Most reported difficulty categories; a count equals what its search returns in the scope of difficulties."""
    illustrative: bool
    """Whether illustrative records are among those counted."""
    newest: tuple[Entry, ...]
    cases: int
    writing: tuple[Entry, ...]
    """The actor's drafts, and what was sent back to them."""
    waiting: int
    """How many submissions wait for this coordinator; 0 for others."""
    search_works: bool = True


class Home:
    """Gathers the home page."""

    def __init__(self, catalogue: Catalogue, engine: Searcher, queue: ReviewQueue) -> None:
        self._catalogue = catalogue
        self._engine = engine
        self._queue = queue

    def view(self, actor: Account | None) -> HomeView:
        """Give the home page; search being rebuilt empties its part alone."""
        account = demand(actor, Permission.READ)
        published = Listing(
            viewer=account.viewer,
            kinds=frozenset({Kind.CASE_STUDY}),
            statuses=frozenset({"published"}),
            order=Order.NEWEST,
        )
        writing = Listing(
            viewer=account.viewer,
            kinds=frozenset({Kind.SUBMISSION}),
            statuses=frozenset({SubmissionStatus.DRAFT.value, SubmissionStatus.CHANGES_REQUESTED.value}),
            author=account.id,
        )
        found = self._difficulties(account)
        return HomeView(
            difficulties=found.counts(Facet.DIFFICULTY)[:MOST] if found else (),
            illustrative=found is not None and found.illustrative,
            newest=self._catalogue.list(published.model_copy(update={"limit": MOST})),
            cases=self._catalogue.count(published),
            writing=self._catalogue.list(writing),
            waiting=self._queue.count(account) if permits(account, Permission.REVIEW) else 0,
            search_works=found is not None,
        )

    def _difficulties(self, account: Account) -> SearchPage | None:
        query = SearchQuery(viewer=account.viewer, scope=Scope.DIFFICULTIES, size=1)
        try:
            return self._engine.search(query)
        except SearchUnavailable:
            return None
