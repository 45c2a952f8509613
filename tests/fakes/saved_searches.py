"""Saved searches in memory."""

from __future__ import annotations

import datetime as dt

from kb.domain.saved_search import SavedSearch


class MemorySavedSearches:
    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], SavedSearch] = {}

    def add(self, saved: SavedSearch, most: int) -> bool:
        if len(self.of(saved.account)) >= most:
            return False
        self._kept[saved.account, saved.id] = saved
        return True

    def get(self, account: str, identifier: str) -> SavedSearch | None:
        return self._kept.get((account, identifier))

    def of(self, account: str) -> tuple[SavedSearch, ...]:
        own = sorted(
            (each for each in self._kept.values() if each.account == account), key=lambda each: each.id
        )
        return tuple(sorted(own, key=lambda each: each.created_at, reverse=True))

    def of_feed(self, token_hash: str) -> SavedSearch | None:
        return next((each for each in self._kept.values() if each.feed == token_hash), None)

    def rename(self, account: str, identifier: str, name: str) -> None:
        self._change(account, identifier, name=name)

    def see(self, account: str, identifier: str, seen_at: dt.datetime) -> None:
        saved = self.get(account, identifier)
        if saved and saved.seen_at < seen_at:
            self._change(account, identifier, seen_at=seen_at)

    def set_feed(self, account: str, identifier: str, token_hash: str | None) -> None:
        self._change(account, identifier, feed=token_hash)

    def drop_feeds(self, account: str) -> None:
        for saved in self.of(account):
            self.set_feed(account, saved.id, None)

    def drop(self, account: str, identifier: str) -> None:
        self._kept.pop((account, identifier), None)

    def _change(self, account: str, identifier: str, **values: object) -> None:
        saved = self.get(account, identifier)
        if saved:
            self._kept[account, identifier] = saved.model_copy(update=values)
