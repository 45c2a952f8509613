"""Searches that people keep."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from kb.domain.saved_search import SavedSearch


class SavedSearchStore(Protocol):
    """Searches that people keep. What is asked for by an account gives and changes that account's alone."""

    def add(self, saved: SavedSearch, most: int) -> bool:
        """Keep a new one; False where its account has `most` already."""

    def get(self, account: str, identifier: str) -> SavedSearch | None:
        """Give one of the account's."""

    def of(self, account: str) -> tuple[SavedSearch, ...]:
        """Give the account's, the last saved first."""

    def of_feed(self, token_hash: str) -> SavedSearch | None:
        """Give the one whose feed is read by the token with this hash."""

    def rename(self, account: str, identifier: str, name: str) -> None:
        """Keep another name."""

    def see(self, account: str, identifier: str, seen_at: dt.datetime) -> None:
        """Keep up to when it was seen; what was seen later stays seen."""

    def set_feed(self, account: str, identifier: str, token_hash: str | None) -> None:
        """Keep the hash of the feed's token in place of an earlier one; with None nobody reads a feed any more."""

    def drop_feeds(self, account: str) -> None:
        """Let nobody read any feed of the account any more; its searches stay."""

    def drop(self, account: str, identifier: str) -> None:
        """Forget one."""
