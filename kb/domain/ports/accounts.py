"""Accounts, their organisations and their passwords."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol

from kb.domain.account import Account, Role
from kb.domain.identifier import Identifier
from kb.domain.marking import Organisation
from kb.domain.text import Language, Line, Value


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
    """Accounts with their organisations and password hashes. An account brings its organisation where that is new."""

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

    def set_password_hash(self, identifier: str, value: str | None) -> None:
        """Keep a new hash; with None no password is right until a link sets one."""

    def organisations(self) -> tuple[Organisation, ...]:
        """Give all organisations, by name."""

    def rename_organisation(self, identifier: str, name: str) -> None:
        """Keep another name; nothing else renames one, so that an act on an account undoes no renaming."""


class PasswordHasher(Protocol):
    """Hashes passwords."""

    def hash(self, password: str) -> str:
        """Give a salted hash with its parameters in it."""

    def verify(self, hashed: str | None, password: str) -> bool:
        """Say whether they match; with None do the same work and say no."""

    def outdated(self, hashed: str) -> bool:
        """Say whether the hash was made with weaker parameters than those of today."""
