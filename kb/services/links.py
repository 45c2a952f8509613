"""One-time links: how an account gets its first password, or a new one, without anybody else knowing it."""

from __future__ import annotations

import datetime as dt
import hashlib

from kb.domain.account import Account
from kb.domain.ports import Clock, Randomness, SessionStore
from kb.domain.text import Value

LIFE = dt.timedelta(minutes=30)
"""A link is made for somebody who waits for it; for who comes too late, another is made."""


class OneTimeLink(Value):
    """A link to be handed to its account's owner; the token is shown once and kept nowhere."""

    account: Account
    token: str
    expires_at: dt.datetime

    @property
    def path(self) -> str:
        """Give the path on the site; what stands before it is the site's address."""
        return f"/link/{self.token}"


class LinkMaker:
    """Makes links; who may ask for one is decided before."""

    def __init__(self, sessions: SessionStore, clock: Clock, randomness: Randomness) -> None:
        self._sessions, self._clock, self._randomness = sessions, clock, randomness

    def make(self, account: Account) -> OneTimeLink:
        """Make a link; an earlier one of the same account becomes worthless."""
        token, expires_at = self._randomness.token(), self._clock.now() + LIFE
        self._sessions.put_link(token_hash(token), account.id, expires_at)
        return OneTimeLink(account=account, token=token, expires_at=expires_at)


def token_hash(token: str) -> str:
    """Give what is kept of a token, so that who reads the database cannot use it.

    A plain SHA-256 will do, because nobody guesses 256 random bits.
    """
    return hashlib.sha256(token.encode()).hexdigest()
