"""Searches in vain: counted without the person, read by coordinators.

Nothing here keeps who searched for what. The keyed hashes that tell two accounts apart are explained, with what they still
tell to somebody who holds both the database and the key, in docs/security.md.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from contextlib import suppress

from kb.domain.account import OFFICER_WITHOUT_ORGANISATION, Account
from kb.domain.errors import Invalid, NotFound, SearchUnavailable, StoreFailure
from kb.domain.guard import demand_clean
from kb.domain.period import YearMonth
from kb.domain.permission import Permission, demand, permits
from kb.domain.ports import AuditLog, AuditRow, Clock, VainSearchStore
from kb.domain.query import SearchPage, SearchRequest
from kb.domain.text import LINE_LENGTH, Value, normal_line
from kb.domain.vain_search import (
    MONTHS,
    MarkedSearch,
    PendingSearch,
    VainSearch,
    may_be_kept,
    months_before,
    normal_text,
    turn,
)
from kb.services.searching import Searching

MOST_SHOWN = 40
"""Each is searched for again under the reader's audience; what is dealt with makes room."""
TEXTS, ACCOUNTS = b"casebook: texts searched in vain", b"casebook: accounts that searched in vain"
"""What the two keys drawn from the installation's key are for, so that no other hash of it fits."""


class ToldSearch(Value):
    """A search in vain as one coordinator is told of it; `today` is what they would find, None while search is rebuilt.

    That others found something which they did not open is told only where any officer anywhere finds something: else it
    would tell of records that do not exist for this reader, who may find other ones.
    """

    search: VainSearch
    today: int | None
    illustrative: bool = False
    for_all: bool = False
    """Whether an officer without organisation finds something today."""

    @property
    def none_opened(self) -> int:
        """Give how many found something and opened nothing, as far as this reader may know."""
        return self.search.none_opened if self.for_all else 0

    @property
    def nothing_found(self) -> int:
        """Give the others."""
        return self.search.searches - self.none_opened


class VainSearchPage(Value):
    """What coordinators see: the open ones by how often they were typed, how many more there are, and what was dealt with."""

    open: tuple[ToldSearch, ...]
    more: int
    dealt_with: tuple[VainSearch, ...]

    @property
    def search_works(self) -> bool:
        """Say whether it is known what each finds today."""
        return all(each.today is not None for each in self.open)

    @property
    def illustrative(self) -> bool:
        """Say whether illustrative records are among what is found today: whoever counts them must say so."""
        return any(each.illustrative for each in self.open)


class VainSearches:
    """Counts searches in vain, and shows those that two accounts or more had in common."""

    def __init__(
        self, store: VainSearchStore, searching: Searching, audit: AuditLog, clock: Clock, key: bytes
    ) -> None:
        self._store, self._searching, self._audit, self._clock = store, searching, audit, clock
        self._texts, self._accounts = _hash(key, TEXTS), _hash(key, ACCOUNTS)

    def note(
        self, actor: Account | None, pending: PendingSearch | None, text: str, *, found: bool
    ) -> PendingSearch | None:
        """Take note that `text` was answered: settle what is thereby in vain, and give what is pending now."""
        account = demand(actor, Permission.READ)
        after = turn(pending, text, found=found)
        if after.settled:
            self._count(account, after.settled)
        return after.pending

    def settle(self, actor: Account | None, pending: PendingSearch) -> None:
        """Count a pending search as in vain, because nothing follows it any more."""
        self._count(demand(actor, Permission.READ), pending)

    def list(self, actor: Account | None) -> VainSearchPage:
        """Give what was searched in vain by two accounts or more, most often first."""
        account = demand(actor, Permission.WATCH_SEARCHES)
        kept = self._kept()
        waiting = sorted(
            (each for each in kept if each.dealt_with is None),
            key=lambda each: (-each.searches, each.text),
        )
        dealt = sorted((each for each in kept if each.dealt_with), key=lambda each: each.text)
        return VainSearchPage(
            open=tuple(self._told(account, waiting[:MOST_SHOWN])),
            more=max(0, len(waiting) - MOST_SHOWN),
            dealt_with=tuple(sorted(dealt, key=lambda each: each.dealt_with or "", reverse=True)),
        )

    def waiting(self, actor: Account | None) -> int:
        """Say how many are open, for the home page; 0 for who does not watch them."""
        if not permits(actor, Permission.WATCH_SEARCHES):
            return 0
        return sum(each.dealt_with is None for each in self._kept())

    def get(self, actor: Account | None, mark: str) -> VainSearch:
        """Give one, open or dealt with; raises NotFound."""
        demand(actor, Permission.WATCH_SEARCHES)
        found = next((each for each in self._kept() if each.mark == mark), None)
        if found is None:
            raise NotFound
        return found

    def deal_with(self, actor: Account | None, mark: str, note: str) -> VainSearch:
        """Put it aside, saying what was done; two more accounts bring it back.

        Raises Invalid for a note that says nothing, too much, or what must not be kept, and NotFound where it is not open
        (any more). The audit log gets neither text.
        """
        account = demand(actor, Permission.WATCH_SEARCHES)
        search, said = self.get(account, mark), normal_line(note)
        if not 0 < len(said) <= LINE_LENGTH:
            raise Invalid(("note", f"Say in a sentence of at most {LINE_LENGTH} characters what was done."))
        demand_clean([("note", said)])
        now = self._clock.now()
        if not self._store.deal_with(mark, said, _month(now.year, now.month)):
            raise NotFound
        self._note(account, "search-in-vain.dealt-with", mark)
        return search

    def forget(self, actor: Account | None, mark: str) -> VainSearch:
        """Remove its words for good: a name passes all checks. Two accounts that type them anew bring them back."""
        account = demand(actor, Permission.WATCH_SEARCHES)
        search = self.get(account, mark)
        self._store.forget(mark)
        self._note(account, "search-in-vain.forgotten", mark)
        return search

    def _note(self, account: Account, action: str, mark: str) -> None:
        row = AuditRow(at=self._clock.now(), actor=account.id, action=action, subject=mark)
        self._audit.append([row])

    def _count(self, account: Account, pending: PendingSearch) -> None:
        if not may_be_kept(pending.text):
            return
        text, now = normal_text(pending.text), self._clock.now()
        mark = _hash(self._texts, text.encode()).hex()
        if self._is_looked_into(account, mark):
            return
        month = _month(now.year, now.month)
        search = MarkedSearch(
            text=text,
            mark=mark,
            account_mark=_hash(self._accounts, f"{mark} {account.id}".encode()).hex(),
            reason=pending.reason,
            month=month,
        )
        with suppress(StoreFailure):  # a full disk must not keep anybody from searching
            self._store.count(search, forget_before=months_before(month, MONTHS))

    def _is_looked_into(self, account: Account, mark: str) -> bool:
        """Say whether the search stands in the list of the one who searched: its words lead there, so that nothing is missed."""
        return permits(account, Permission.WATCH_SEARCHES) and any(each.mark == mark for each in self._kept())

    def _kept(self) -> tuple[VainSearch, ...]:
        now = self._clock.now()
        return self._store.list(since=months_before(_month(now.year, now.month), MONTHS))

    def _told(self, account: Account, searches: Sequence[VainSearch]) -> Iterator[ToldSearch]:
        requests = [SearchRequest(text=each.text, size=1) for each in searches]
        pages: list[SearchPage | None] = [None] * len(searches)
        for_all = [0] * len(searches)
        with suppress(SearchUnavailable):
            pages = [*self._searching.batch(account, requests)]
            for_all = [*self._searching.counts(OFFICER_WITHOUT_ORGANISATION, requests)]
        for search, page, any_officer in zip(searches, pages, for_all, strict=True):
            found = {"today": page.total, "illustrative": page.illustrative} if page else {"today": None}
            yield ToldSearch(search=search, for_all=any_officer > 0, **found)


def _month(year: int, month: int) -> YearMonth:
    return f"{year:04d}-{month:02d}"


def _hash(key: bytes, what: bytes) -> bytes:
    return hmac.new(key, what, hashlib.sha256).digest()
