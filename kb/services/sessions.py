"""Signing in and out: server-side sessions that end by themselves.

The token is known to the browser alone; the database keeps its hash. Whoever comes one step further in gets a new token,
so that one which was planted or seen before is worth nothing afterwards (OWASP ASVS 5.0, V7.2).
"""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

from kb.domain.account import Account
from kb.domain.errors import Invalid, NotFound, NotSignedIn, StoreFailure
from kb.domain.identifier import Identifier
from kb.domain.permission import Permission, demand
from kb.domain.ports import (
    AccountStore,
    AuditLog,
    AuditRow,
    Clock,
    FollowStore,
    PasswordHasher,
    Randomness,
    SavedSearchStore,
    SecondFactorStore,
    Session,
    SessionStore,
)
from kb.domain.second_factor import requires_second_factor
from kb.domain.session import BROWSER_LENGTH, IDLE, LONGEST, TOUCH, Stage, lasts
from kb.domain.text import Value, normal_line
from kb.services.codes import CodeCheck
from kb.services.links import token_hash
from kb.services.passwords import normal_password
from kb.services.throttling import Door, Throttling

VISITOR = "visitor"
"""Who has not proved to be anybody, in the audit log. A refusal is noted for unknown addresses too: writing takes time."""
REFUSED = (
    "The e-mail address or the password is not right. Try again, or ask an administrator for a new link."
)
"""One sentence for every reason, so that it does not tell which addresses have accounts."""
OPENED: dict[Stage, str] = {
    Stage.FULL: "sign-in",
    Stage.CODE: "sign-in.awaits-code",
    Stage.ENROLMENT: "sign-in.awaits-enrolment",
}
"""What is noted when a session of each stage opens."""


class SignedIn(Value):
    """A new session: whose, how far it has come in, and the token that the browser keeps."""

    account: Account
    token: str
    stage: Stage = Stage.FULL


class Awaiting(Value):
    """Who has proved their password, and what is awaited of them."""

    account: Account
    stage: Stage


class SessionLine(Value):
    """One session as its owner or an administrator sees it; `current` is the one that asks."""

    id: Identifier
    browser: str
    started_at: dt.datetime
    seen_at: dt.datetime
    current: bool = False


class Sessions:
    """Who is behind a token, and how one is had."""

    def __init__(
        self,
        *,
        accounts: AccountStore,
        sessions: SessionStore,
        factors: SecondFactorStore,
        saved: SavedSearchStore,
        follows: FollowStore,
        check: CodeCheck,
        throttling: Throttling,
        audit: AuditLog,
        hasher: PasswordHasher,
        clock: Clock,
        randomness: Randomness,
    ) -> None:
        self._accounts, self._sessions, self._factors = accounts, sessions, factors
        self._follows = follows
        self._saved, self._check, self._throttling, self._audit = saved, check, throttling, audit
        self._hasher, self._clock, self._randomness = hasher, clock, randomness

    def sign_in(self, email: str, password: str, *, address: str = "", browser: str = "") -> SignedIn:
        """Open a session as far as the password leads; raises TooManyTries, or Invalid with one sentence for all else."""
        made = self._throttling.begin(Door.SIGN_IN, person=email.strip().casefold(), address=address)
        account = self._accounts.by_email(email)
        hashed = self._accounts.password_hash(account.id) if account else None
        password = normal_password(password)
        right = self._hasher.verify(hashed, password)
        if not account or not hashed or not right or not account.active:
            raise self._refused(account)
        self._throttling.succeed(made)
        signed_in = self._open(account, self._stage(account), browser)
        if not self._stands(account, hashed):
            self._sessions.end(token_hash(signed_in.token))
            raise self._refused(account)
        if self._hasher.outdated(hashed):
            self._accounts.set_password_hash(account.id, self._hasher.hash(password))
        return signed_in

    def prove(self, token: str, code: str, *, address: str = "", browser: str = "") -> SignedIn:
        """Come in fully by a code, with a new token in place of the one that awaited it.

        Raises NotSignedIn where nothing is awaited any more, TooManyTries, or Invalid.
        """
        waiting = self.awaiting(token)
        if waiting is None or waiting.stage is not Stage.CODE:
            raise NotSignedIn
        self._check.prove(waiting.account, code, address)
        signed_in = self._open(waiting.account, Stage.FULL, browser)
        if not self._sessions.end(token_hash(token)):  # all sessions were ended at the same moment
            self._sessions.end(token_hash(signed_in.token))
            raise NotSignedIn
        return signed_in

    def open(self, account: Account, browser: str = "") -> SignedIn:
        """Open a full session for an account that has proved itself."""
        return self._open(account, Stage.FULL, browser)

    def resolve(self, token: str) -> Account | None:
        """Give whose session this is, as the account stands now; None where it has ended, or is not fully in."""
        found = self._found(token)
        if found is None or found[0].stage is not Stage.FULL:
            return None
        session, account = found
        now = self._clock.now()
        if now - session.seen_at >= TOUCH:
            with suppress(StoreFailure):  # a full disk must not keep anybody from reading
                self._sessions.touch(session.token_hash, now)
        return _proved(account, session.proved_at)

    def awaiting(self, token: str) -> Awaiting | None:
        """Give who is half-way in by this token, and what is awaited; None where nothing is.

        Who awaits their enrolment counts as just proved for as long as that may take: they may do nothing else. Who
        awaits a code has proved nothing that lets them do anything.
        """
        found = self._found(token)
        if found is None or found[0].stage is Stage.FULL:
            return None
        session, account = found
        proved = _proved(account, self._clock.now()) if session.stage is Stage.ENROLMENT else account
        return Awaiting(account=proved, stage=session.stage)

    def sign_out(self, token: str) -> None:
        """End a session; one that has ended already does not matter."""
        session = self._sessions.get(token_hash(token))
        if session is not None and self._sessions.end(session.token_hash):
            self._note(session.account, "sign-out")

    def list(
        self, actor: Account | None, identifier: str | None = None, *, token: str = ""
    ) -> tuple[SessionLine, ...]:
        """Give one's own sessions, or for who keeps accounts another's; the last used first. Raises Forbidden."""
        _, owner = _acting(actor, identifier)
        now, current = self._clock.now(), token_hash(token)
        return tuple(
            SessionLine(
                id=each.id,
                browser=each.browser,
                started_at=each.started_at,
                seen_at=each.seen_at,
                current=each.token_hash == current,
            )
            for each in self._sessions.of(owner)
            if each.stage is Stage.FULL and lasts(each.stage, each.started_at, each.seen_at, now)
        )

    def end(self, actor: Account | None, session_id: str, identifier: str | None = None) -> None:
        """End one session of one's own, or for who keeps accounts of another; raises Forbidden or NotFound."""
        who, owner = _acting(actor, identifier)
        if not self._sessions.end_one(owner, session_id):
            raise NotFound
        self._note(who, "session.ended", subject=owner)

    def end_others(self, actor: Account | None, token: str) -> None:
        """End all one's own sessions but the one with this token, and one's feeds; raises NotSignedIn."""
        owner, _ = _acting(actor)
        self._sessions.end_all(owner, but=token_hash(token))
        self._saved.drop_feeds(owner)
        self._follows.set_feed(owner, None)
        self._note(owner, "session.others-ended", subject=owner)

    def _refused(self, account: Account | None) -> Invalid:
        self._note(VISITOR, "sign-in.refused", subject=account.id if account else "")
        return Invalid(("password", REFUSED))

    def _stands(self, account: Account, hashed: str) -> bool:
        """Say whether account and password are still those that were proved.

        Asked when the session is there: who changes them ends all sessions afterwards, so one of the two finds it.
        """
        return (self._accounts.get(account.id), self._accounts.password_hash(account.id)) == (account, hashed)

    def _stage(self, account: Account) -> Stage:
        if self._factors.get(account.id):
            return Stage.CODE
        return Stage.ENROLMENT if requires_second_factor(account) else Stage.FULL

    def _open(self, account: Account, stage: Stage, browser: str) -> SignedIn:
        now, token = self._clock.now(), self._randomness.token()
        self._sessions.end_before(started_at=now - LONGEST, seen_at=now - IDLE)
        self._sessions.open(
            Session(
                id=self._randomness.identifier(),
                token_hash=token_hash(token),
                account=account.id,
                stage=stage,
                browser=normal_line(browser)[:BROWSER_LENGTH],
                started_at=now,
                seen_at=now,
                proved_at=now,
            )
        )
        self._note(account.id, OPENED[stage])
        return SignedIn(
            account=_proved(account, now if stage is Stage.FULL else None), token=token, stage=stage
        )

    def _found(self, token: str) -> tuple[Session, Account] | None:
        session = self._sessions.get(token_hash(token))
        if session is None or not lasts(
            session.stage, session.started_at, session.seen_at, self._clock.now()
        ):
            return None
        account = self._accounts.get(session.account)
        return (session, account) if account and account.active else None

    def _note(self, actor: str, action: str, subject: str = "") -> None:
        self._audit.append([AuditRow(at=self._clock.now(), actor=actor, action=action, subject=subject)])


def _proved(account: Account, at: dt.datetime | None) -> Account:
    return account.model_copy(update={"proved_at": at})


def _acting(actor: Account | None, identifier: str | None = None) -> tuple[str, str]:
    """Give who acts, and whose sessions are meant, where they may ask for them; raises NotSignedIn or Forbidden."""
    if actor is None or not actor.active:
        raise NotSignedIn
    if identifier not in {None, actor.id}:
        demand(actor, Permission.KEEP_ACCOUNTS)
    return actor.id, identifier or actor.id
