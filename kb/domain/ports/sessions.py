"""Sessions on the server, and one-time links."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from kb.domain.text import Value


class Session(Value):
    """A signed-in browser. Only the token's hash is stored."""

    token_hash: str
    account: str
    started_at: dt.datetime
    seen_at: dt.datetime


class SessionStore(Protocol):
    """Server-side sessions and one-time links."""

    def open(self, session: Session) -> None:
        """Keep a new session."""

    def get(self, token_hash: str) -> Session | None:
        """Give a session by its token's hash."""

    def touch(self, token_hash: str, seen_at: dt.datetime) -> None:
        """Note that it was used."""

    def end(self, token_hash: str) -> None:
        """End one."""

    def end_all(self, account: str) -> None:
        """End all sessions of an account."""

    def end_before(self, started_at: dt.datetime, seen_at: dt.datetime) -> None:
        """Forget sessions started before the one or last used before the other: nobody can use them again."""

    def put_link(self, token_hash: str, account: str, expires_at: dt.datetime) -> None:
        """Keep a one-time link; an account has one at a time."""

    def link(self, token_hash: str) -> tuple[str, dt.datetime] | None:
        """Give (account, expiry) of an unused link without using it."""

    def use_link(self, token_hash: str) -> bool:
        """Use a link up; False where it was used already (two clicks at once: one wins)."""

    def drop_link(self, account: str) -> None:
        """Make the account's link worthless, if there is one."""
