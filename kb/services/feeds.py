"""Feeds: what a saved search finds, told to whoever holds the feed's address.

A feed reader is no session: the address may lie on another machine for years. So a feed tells titles alone, of what any
officer anywhere may read, and only while its owner is one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from kb.domain.account import OFFICER_WITHOUT_ORGANISATION, Account
from kb.domain.entry import Listing, Order
from kb.domain.errors import NotFound
from kb.domain.follow import search_of
from kb.domain.identifier import Identifier
from kb.domain.marking import Viewer
from kb.domain.permission import Permission, demand, permits
from kb.domain.ports import (
    AccountStore,
    AuditLog,
    AuditRow,
    Catalogue,
    Clock,
    FollowStore,
    Randomness,
    SavedSearchStore,
)
from kb.domain.query import LARGEST_PAGE, Hit, SearchRequest
from kb.domain.record import Origin
from kb.domain.record_units import SEARCHED, group_of
from kb.domain.saved_search import SavedSearch
from kb.domain.text import Value
from kb.domain.unit import GroupId
from kb.services.links import token_hash
from kb.services.searching import Searching
from kb.services.vocabulary import Vocabularies

MOST_ENTRIES = 50
NEWEST = 500
"""Among how many cases and other records, the last changed first, a feed looks; readers keep what they were told before."""
FEWER = 5
"""By what these are divided where they have more results than one page of search holds."""


NOTHING_YET = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
FOLLOWED = "What you follow"
"""The name of the feed of all that an account follows."""


class _Told(NamedTuple):
    """What a feed is made of."""

    account: str
    id: str
    name: str
    requests: tuple[SearchRequest, ...]
    since: dt.datetime
    """What it was last changed at where it tells nothing."""


class FeedEntry(Value):
    """One result, as a feed may tell it: no snippet, no country, no marking."""

    id: str
    title: str
    illustrative: bool
    updated: dt.datetime


class Feed(Value):
    """What a feed tells: the search's name, and the titles of what it finds, last changed first."""

    search: Identifier
    name: str
    entries: tuple[FeedEntry, ...]
    updated: dt.datetime


class Feeds:
    """Makes, revokes and answers feeds."""

    def __init__(
        self,
        *,
        saved: SavedSearchStore,
        follows: FollowStore,
        accounts: AccountStore,
        searching: Searching,
        catalogue: Catalogue,
        vocabularies: Vocabularies,
        audit: AuditLog,
        clock: Clock,
        randomness: Randomness,
    ) -> None:
        self._saved, self._accounts, self._audit = saved, accounts, audit
        self._follows, self._vocabularies = follows, vocabularies
        self._searching, self._catalogue = searching, catalogue
        self._clock, self._randomness = clock, randomness

    def make(self, actor: Account | None, identifier: str) -> str:
        """Make a feed and give its token, which is kept nowhere; an earlier one is worthless from now on."""
        account = demand(actor, Permission.FOLLOW)
        saved, token = owned(self._saved, account, identifier), self._randomness.token()
        self._saved.set_feed(account.id, saved.id, token_hash(token))
        self._note(account, "feed.renewed" if saved.feed else "feed.made", saved)
        return token

    def revoke(self, actor: Account | None, identifier: str) -> None:
        """Let nobody read the feed any more; a search without one stays as it is."""
        account = demand(actor, Permission.FOLLOW)
        saved = owned(self._saved, account, identifier)
        if saved.feed:
            self._saved.set_feed(account.id, saved.id, None)
            self._note(account, "feed.revoked", saved)

    def answer(self, token: str) -> Feed:
        """Give the feed of a token; raises NotFound, whether it is unknown, revoked, or its owner no officer any more."""
        told = self._told(token_hash(token))
        owner = self._accounts.get(told.account) if told else None
        if told is None or owner is None or not permits(owner, Permission.FOLLOW):
            raise NotFound
        reader = OFFICER_WITHOUT_ORGANISATION.model_copy(update={"language": owner.language})
        entries = self._entries(reader, told.requests)
        updated = entries[0].updated if entries else told.since
        return Feed(search=told.id, name=told.name, entries=entries, updated=updated)

    def _told(self, token: str) -> _Told | None:
        """Give what the feed tells that is read by the token with this hash."""
        if saved := self._saved.of_feed(token):
            return _Told(saved.account, saved.id, saved.name, (saved.request,), saved.created_at)
        account = self._follows.of_feed(token)
        if account is None:
            return None
        thesaurus, followed = self._vocabularies.thesaurus(), self._follows.of(account)
        requests = filter(None, (search_of(each.target, thesaurus) for each in followed))
        since = followed[0].since if followed else NOTHING_YET
        return _Told(account, account, FOLLOWED, tuple(requests), since)

    def _entries(self, reader: Account, requests: Iterable[SearchRequest]) -> tuple[FeedEntry, ...]:
        newest = searched(reader.viewer, order=Order.CHANGED, limit=NEWEST)
        changed = {group_of(ref): moment for ref, moment in self._catalogue.saved_at(newest).items()}
        hits = {
            hit.id: hit
            for request in requests
            for hit in self._hits(reader, request, among(request, changed))
        }
        entries = sorted((_entry(hit, changed) for hit in hits.values()), key=lambda each: each.id)
        return tuple(sorted(entries, key=lambda each: each.updated, reverse=True)[:MOST_ENTRIES])

    def _hits(self, reader: Account, request: SearchRequest, groups: Sequence[GroupId]) -> tuple[Hit, ...]:
        """Give every result in these records, or in as many of the first as have no more than a page can hold."""
        if not groups:
            return ()
        asked = request.model_copy(update={"cases": frozenset(groups), "size": LARGEST_PAGE})
        found = next(self._searching.counts(reader, [asked]))
        if found > LARGEST_PAGE and len(groups) > 1:
            return self._hits(reader, request, groups[: max(1, len(groups) // FEWER)])
        return self._searching.search(reader, asked).hits if found else ()

    def _note(self, account: Account, action: str, saved: SavedSearch) -> None:
        row = AuditRow(
            at=self._clock.now(), actor=account.id, action=action, subject=account.id, detail=saved.id
        )
        self._audit.append([row])


def searched(viewer: Viewer, **narrower: object) -> Listing:
    """Ask for the records of the kinds that search finds; of what is retired or superseded it finds nothing."""
    return Listing.model_validate({"viewer": viewer, "kinds": SEARCHED, **narrower})


def among(request: SearchRequest, groups: Iterable[GroupId]) -> tuple[GroupId, ...]:
    """Give those of these, in their order, that the request does not leave out itself."""
    return tuple(each for each in groups if not request.cases or each in request.cases)


def owned(store: SavedSearchStore, account: Account, identifier: str) -> SavedSearch:
    """Give the account's own saved search; another person's is as unknown as one that is missing."""
    saved = store.get(account.id, identifier)
    if saved is None:
        raise NotFound
    return saved


def _entry(hit: Hit, changed: Mapping[str, dt.datetime]) -> FeedEntry:
    return FeedEntry(
        id=hit.id,
        title=hit.title,
        illustrative=hit.origin == Origin.ILLUSTRATIVE,
        updated=changed[hit.case],
    )
