"""Persons: whom a record may name as its readers, and how a form finds them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from kb.domain.account import Account, Role
from kb.domain.identifier import Identifier
from kb.domain.permission import Permission, demand
from kb.domain.ports import AccountStore
from kb.domain.text import Value


class Person(Value):
    """An officer as a form shows them; addresses are told to nobody who does not know them."""

    id: Identifier
    name: str
    organisation: str = ""
    coordinator: bool = False


class Persons:
    """Finds officers. Who has no officer role, or a disabled account, is as unknown as who has none."""

    def __init__(self, accounts: AccountStore) -> None:
        self._accounts = accounts

    def nameable(self, actor: Account | None, also: Collection[str] = ()) -> tuple[Person, ...]:
        """Give the coordinators, one of whom a RED record must name, and those of `also` that a form names already."""
        account = demand(actor, Permission.SUBMIT)
        return tuple(
            person_of(each)
            for each in sorted(self._accounts.list(), key=lambda each: (each.name.casefold(), each.id))
            if each.is_officer
            and each.id != account.id
            and (Role.COORDINATOR in each.roles or each.id in also)
        )

    def by_address(self, actor: Account | None, addresses: Collection[str]) -> Mapping[str, str]:
        """Give the account id for each of these addresses that an officer signs in with."""
        demand(actor, Permission.SUBMIT)
        found = {address: self._accounts.by_email(address) for address in addresses}
        return {address: each.id for address, each in found.items() if each and each.is_officer}


def person_of(account: Account) -> Person:
    """Give an officer as forms show them."""
    return Person(
        id=account.id,
        name=account.name,
        organisation=account.organisation.name if account.organisation else "",
        coordinator=Role.COORDINATOR in account.roles,
    )
