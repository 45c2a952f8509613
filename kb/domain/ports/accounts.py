"""Who may come in: accounts, sessions, passwords, and the audit log of what they did."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from kb.domain.account import Account, Role
from kb.domain.identifier import Identifier
from kb.domain.marking import Organisation
from kb.domain.saved_search import SavedSearch
from kb.domain.text import Language, Line, Value


class AuditRow(Value):
    """One line of the append-only audit log. `subject` names a record or account; no text of a record stands in it."""

    at: dt.datetime
    actor: str
    action: str
    subject: str = ""
    detail: str = ""
    key: str | None = None
    """For saves: `kind/id/revision`, unique, so that a drain that runs twice writes one row."""


class AuditLog(Protocol):
    """Appends; never changes or removes."""

    def append(self, rows: Iterable[AuditRow]) -> None:
        """Write rows durably; a row whose key stands already is skipped."""

    def read(self, *, subject: str | None = None, limit: int = 200) -> tuple[AuditRow, ...]:
        """Give the newest rows first."""


class NewAccount(Value):
    """An account to be made; the store gives it no password until its link is used."""

    id: Identifier
    email: str
    name: Line
    organisation: Organisation | None
    roles: frozenset[Role]
    language: Language = "en"
    demo: bool = False


class AccountStore(Protocol):
    """Accounts with their organisations and password hashes."""

    def add(self, account: NewAccount) -> Account:
        """Add an account; raises Invalid where the e-mail address is taken."""

    def get(self, identifier: str) -> Account | None:
        """Give one by id."""

    def by_email(self, email: str) -> Account | None:
        """Give one by e-mail address, compared without case."""

    def named(self, identifiers: Collection[str]) -> Mapping[str, Account]:
        """Give those of these ids that exist."""

    def list(self) -> tuple[Account, ...]:
        """Give all, by e-mail address."""

    def set_profile(self, account: Account) -> None:
        """Keep name and language, which its owner decides, and nothing else: it must not undo an administrator's act."""

    def set_standing(self, account: Account) -> None:
        """Keep roles, organisation and activity, which administrators decide, and nothing else."""

    def password_hash(self, identifier: str) -> str | None:
        """Give the hash, or None where no password was set."""

    def set_password_hash(self, identifier: str, value: str) -> None:
        """Keep a new hash."""

    def organisations(self) -> tuple[Organisation, ...]:
        """Give all organisations, by name."""


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

    def drop(self, account: str, identifier: str) -> None:
        """Forget one."""


class PasswordHasher(Protocol):
    """Hashes passwords."""

    def hash(self, password: str) -> str:
        """Give a salted hash with its parameters in it."""

    def verify(self, hashed: str | None, password: str) -> bool:
        """Say whether they match; with None do the same work and say no."""

    def outdated(self, hashed: str) -> bool:
        """Say whether the hash was made with weaker parameters than those of today."""
