"""Demo accounts: one per role, so that whoever tries the product sees it as each of them does."""

from __future__ import annotations

from typing import NamedTuple

from kb.domain.account import Account, Role
from kb.domain.marking import Organisation
from kb.domain.permission import Permission, demand
from kb.domain.ports import (
    AccountStore,
    AuditLog,
    AuditRow,
    Clock,
    NewAccount,
    PasswordHasher,
    Randomness,
    SecondFactorStore,
)
from kb.domain.second_factor import requires_second_factor
from kb.domain.text import Value

AUSTRIA = Organisation(id="example-unit-at", name="Example unit, Austria", country="AT")
BELGIUM = Organisation(id="example-unit-be", name="Example unit, Belgium", country="BE")
"""The owners of illustrative records have these ids too: demo accounts meet records of their own organisation."""


class _Person(NamedTuple):
    role: Role
    name: str
    organisation: Organisation


PEOPLE = (
    _Person(Role.INVESTIGATOR, "Demo investigator", AUSTRIA),
    _Person(Role.PRESENTER, "Demo presenter", AUSTRIA),
    _Person(Role.COORDINATOR, "Demo coordinator", BELGIUM),
    _Person(Role.ADMINISTRATOR, "Demo administrator", AUSTRIA),
)


class DemoAccount(Value):
    """An account with what was drawn for it, to be printed once; a secret where its role needs a second factor."""

    account: Account
    password: str
    secret: str | None = None


class Demo:
    """Makes demo accounts, and only where there is no account at all."""

    def __init__(
        self,
        *,
        accounts: AccountStore,
        factors: SecondFactorStore,
        audit: AuditLog,
        hasher: PasswordHasher,
        clock: Clock,
        randomness: Randomness,
    ) -> None:
        self._accounts, self._factors = accounts, factors
        self._audit, self._hasher = audit, hasher
        self._clock, self._randomness = clock, randomness

    def create(self, actor: Account | None) -> tuple[DemoAccount, ...]:
        """Make one account per role with a random password, and a second factor where the role needs one.

        None where any account exists. Raises Forbidden.
        """
        actor = demand(actor, Permission.OPERATE)
        if self._accounts.list():
            return ()
        made = tuple(self._make(person) for person in PEOPLE)
        self._audit.append(
            AuditRow(at=self._clock.now(), actor=actor.id, action="account.demo", subject=each.account.id)
            for each in made
        )
        return made

    def _make(self, person: _Person) -> DemoAccount:
        account = self._accounts.add(
            NewAccount(
                id=f"demo-{person.role.value}",
                email=f"{person.role.value}@example.org",
                name=person.name,
                organisation=person.organisation,
                roles=frozenset({person.role}),
                demo=True,
            )
        )
        password = self._randomness.token()[:24]
        self._accounts.set_password_hash(account.id, self._hasher.hash(password))
        secret = self._enrolled(account) if requires_second_factor(account) else None
        return DemoAccount(account=account, password=password, secret=secret)

    def _enrolled(self, account: Account) -> str:
        """Give the secret of a second factor, of which no code has been used."""
        secret = self._randomness.secret()
        self._factors.begin(account.id, secret)
        self._factors.confirm(account.id, secret, step=0, recovery=())
        return secret
