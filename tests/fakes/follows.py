"""Follows in memory."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kb.domain.follow import Follow, Target


class MemoryFollows:
    def __init__(self) -> None:
        self._kept: dict[tuple[str, Target], Follow] = {}
        self._feeds: dict[str, str] = {}

    def add(self, follow: Follow, most: int) -> bool:
        others = [each for each in self.of(follow.account) if each.target != follow.target]
        if len(others) >= most:
            return False
        self._kept.setdefault((follow.account, follow.target), follow)
        return True

    def drop(self, account: str, targets: Collection[Target]) -> None:
        for target in targets:
            self._kept.pop((account, target), None)

    def of(self, account: str) -> tuple[Follow, ...]:
        return _sorted(each for each in self._kept.values() if each.account == account)

    def followers(self, targets: Collection[Target]) -> tuple[Follow, ...]:
        return _sorted(each for each in self._kept.values() if each.target in targets)

    def set_feed(self, account: str, token_hash: str | None) -> None:
        self._feeds.pop(account, None)
        if token_hash:
            self._feeds[account] = token_hash

    def has_feed(self, account: str) -> bool:
        return account in self._feeds

    def of_feed(self, token_hash: str) -> str | None:
        return next((account for account, feed in self._feeds.items() if feed == token_hash), None)


def _sorted(follows: Iterable[Follow]) -> tuple[Follow, ...]:
    ordered = sorted(follows, key=lambda each: (each.target, each.account))
    return tuple(sorted(ordered, key=lambda each: each.since, reverse=True))
