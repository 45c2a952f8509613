"""What people follow, and the feeds of it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from kb.domain.follow import Follow, Target


class FollowStore(Protocol):
    """What people follow. What is asked for by an account gives and changes that account's alone."""

    def add(self, follow: Follow, most: int) -> bool:
        """Keep one; False where its account has `most` others already. One that is kept stays as it is."""

    def drop(self, account: str, targets: Collection[Target]) -> None:
        """Forget these; what is not kept is nothing to forget."""

    def of(self, account: str) -> tuple[Follow, ...]:
        """Give the account's, the last one first, then by kind and id."""

    def followers(self, targets: Collection[Target]) -> tuple[Follow, ...]:
        """Give everybody's follows of any of these."""

    def set_feed(self, account: str, token_hash: str | None) -> None:
        """Keep the hash of the feed's token in place of an earlier one; with None nobody reads the feed any more."""

    def has_feed(self, account: str) -> bool:
        """Say whether the account has a feed."""

    def of_feed(self, token_hash: str) -> str | None:
        """Give the account whose feed is read by the token with this hash."""
