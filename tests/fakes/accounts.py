"""Accounts in memory."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from kb.domain.account import Account
from kb.domain.errors import Invalid
from kb.domain.marking import Organisation
from kb.domain.ports import NewAccount


class MemoryAccounts:
    def __init__(self) -> None:
        self._accounts: dict[str, Account] = {}
        self._hashes: dict[str, str | None] = {}
        self._organisations: dict[str, Organisation] = {}

    def add(self, account: NewAccount) -> Account:
        if self.by_email(account.email):
            raise Invalid(("email", "There is an account with this e-mail address already."))
        made = Account.model_validate(dict(account))
        self._accounts[made.id] = made
        self._bring(made)
        return made

    def get(self, identifier: str) -> Account | None:
        account = self._accounts.get(identifier)
        if account is None or account.organisation is None:
            return account
        return account.model_copy(update={"organisation": self._organisations[account.organisation.id]})

    def by_email(self, email: str) -> Account | None:
        wanted = email.strip().casefold()
        return next((account for account in self.list() if account.email.casefold() == wanted), None)

    def named(self, identifiers: Collection[str]) -> Mapping[str, Account]:
        return {account.id: account for account in self.list() if account.id in identifiers}

    def list(self) -> tuple[Account, ...]:
        accounts = (self.get(identifier) for identifier in self._accounts)
        return tuple(sorted(filter(None, accounts), key=lambda account: account.email.casefold()))

    def set_profile(self, account: Account) -> None:
        self._change(account, "name", "language")

    def set_standing(self, account: Account) -> None:
        self._bring(account)
        self._change(account, "roles", "organisation", "active")

    def password_hash(self, identifier: str) -> str | None:
        return self._hashes.get(identifier)

    def set_password_hash(self, identifier: str, value: str | None) -> None:
        self._hashes[identifier] = value

    def organisations(self) -> tuple[Organisation, ...]:
        return tuple(sorted(self._organisations.values(), key=lambda each: (each.name, each.id)))

    def rename_organisation(self, identifier: str, name: str) -> None:
        if identifier in self._organisations:
            renamed = self._organisations[identifier].model_copy(update={"name": name})
            self._organisations[identifier] = renamed

    def _change(self, account: Account, *fields: str) -> None:
        if account.id in self._accounts:
            changed = {name: getattr(account, name) for name in fields}
            self._accounts[account.id] = self._accounts[account.id].model_copy(update=changed)

    def _bring(self, account: Account) -> None:
        if account.organisation:
            self._organisations.setdefault(account.organisation.id, account.organisation)
