"""Signing in and out: server-side sessions that end by themselves.

Durations follow OWASP ASVS 5.0, 7.3: half an hour without use, twelve hours in all. The token is known to the browser
alone; the database keeps its hash.
"""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

from kb.domain.account import Account
from kb.domain.errors import Invalid, StoreFailure
from kb.domain.ports import (
    AccountStore,
    AuditLog,
    AuditRow,
    Clock,
    PasswordHasher,
    Randomness,
    Session,
    SessionStore,
)
from kb.domain.text import Value
from kb.services.links import token_hash
from kb.services.passwords import normal_password

IDLE = dt.timedelta(minutes=30)
LONGEST = dt.timedelta(hours=12)
TOUCH = dt.timedelta(minutes=1)
"""How often at most a session's use is written down: reading pages must not mean writing to the disk."""
VISITOR = "visitor"
"""Who has not proved to be anybody, in the audit log. A refusal is noted for unknown addresses too: writing takes time."""
REFUSED = (
    "The e-mail address or the password is not right. Try again, or ask an administrator for a new link."
)
"""One sentence for every reason, so that it does not tell which addresses have accounts."""


class SignedIn(Value):
    """A new session: whose, and the token that the browser keeps."""

    account: Account
    token: str


class Sessions:
    """Who is behind a token, and how one is had."""

    def __init__(
        self,
        *,
        accounts: AccountStore,
        sessions: SessionStore,
        audit: AuditLog,
        hasher: PasswordHasher,
        clock: Clock,
        randomness: Randomness,
    ) -> None:
        self._accounts, self._sessions, self._audit = accounts, sessions, audit
        self._hasher, self._clock, self._randomness = hasher, clock, randomness

    def sign_in(self, email: str, password: str) -> SignedIn:
        """Open a session; raises Invalid with one sentence for whatever was wrong."""
        account = self._accounts.by_email(email)
        hashed = self._accounts.password_hash(account.id) if account else None
        password = normal_password(password)
        right = self._hasher.verify(hashed, password)
        if not account or not hashed or not right or not account.active:
            self._note(VISITOR, "sign-in.refused", subject=account.id if account else "")
            raise Invalid(("password", REFUSED))
        if self._hasher.outdated(hashed):
            self._accounts.set_password_hash(account.id, self._hasher.hash(password))
        return self.open(account)

    def open(self, account: Account) -> SignedIn:
        """Open a session for an account that has proved itself."""
        now = self._clock.now()
        token = self._randomness.token()
        self._sessions.end_before(started_at=now - LONGEST, seen_at=now - IDLE)
        self._sessions.open(
            Session(token_hash=token_hash(token), account=account.id, started_at=now, seen_at=now)
        )
        self._note(account.id, "sign-in")
        return SignedIn(account=account, token=token)

    def resolve(self, token: str) -> Account | None:
        """Give whose session this is, as the account stands now; None where it has ended."""
        session = self._sessions.get(token_hash(token))
        now = self._clock.now()
        if session is None or now - session.seen_at >= IDLE or now - session.started_at >= LONGEST:
            return None
        account = self._accounts.get(session.account)
        if account is None or not account.active:
            return None
        if now - session.seen_at >= TOUCH:
            with suppress(StoreFailure):  # a full disk must not keep anybody from reading
                self._sessions.touch(session.token_hash, now)
        return account

    def sign_out(self, token: str) -> None:
        """End a session; one that has ended already does not matter."""
        session = self._sessions.get(token_hash(token))
        if session is not None:
            self._sessions.end(session.token_hash)
            self._note(session.account, "sign-out")

    def _note(self, actor: str, action: str, subject: str = "") -> None:
        self._audit.append([AuditRow(at=self._clock.now(), actor=actor, action=action, subject=subject)])
