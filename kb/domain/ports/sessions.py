"""Sessions on the server, and one-time links."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Protocol

from pydantic import StringConstraints

from kb.domain.identifier import Identifier
from kb.domain.session import BROWSER_LENGTH, Stage
from kb.domain.text import Value


class Session(Value):
    """A browser that came in, as far as its stage says. Only the token's hash is stored; pages name the id."""

    id: Identifier
    token_hash: str
    account: Identifier
    stage: Stage = Stage.FULL
    browser: Annotated[str, StringConstraints(max_length=BROWSER_LENGTH)] = ""
    started_at: dt.datetime
    seen_at: dt.datetime
    proved_at: dt.datetime


class SessionStore(Protocol):
    """Server-side sessions and one-time links."""

    def open(self, session: Session) -> None:
        """Keep a new session."""

    def get(self, token_hash: str) -> Session | None:
        """Give a session by its token's hash."""

    def of(self, account: str) -> tuple[Session, ...]:
        """Give an account's, the last used first."""

    def touch(self, token_hash: str, seen_at: dt.datetime) -> None:
        """Note that it was used."""

    def end(self, token_hash: str) -> bool:
        """End one; False where it had ended."""

    def end_one(self, account: str, identifier: str) -> bool:
        """End one of an account's by its id; False where it has none such."""

    def end_all(self, account: str, but: str | None = None) -> None:
        """End all sessions of an account, but for the one whose token has this hash."""

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
