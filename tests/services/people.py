"""An accounts' side in memory: the services over fakes, with one person of each kind to act."""

from __future__ import annotations

from kb.domain.account import Account, Role
from kb.domain.marking import Organisation
from kb.domain.ports import NewAccount
from kb.services.accounts import Accounts
from kb.services.audit import Audit
from kb.services.demo import Demo
from kb.services.passwords import Passwords
from kb.services.sessions import Sessions
from tests.fakes.accounts import MemoryAccounts
from tests.fakes.audit import MemoryAuditLog
from tests.fakes.clock import FakeClock
from tests.fakes.hasher import PlainHasher
from tests.fakes.randomness import FakeRandomness
from tests.fakes.sessions import MemorySessions

UNIT = Organisation(id="unit-at", name="Unit, Austria", country="AT")
PASSWORD = "four words that last"


class People:
    """`audited()` gives the actions of the log, oldest first."""

    def __init__(self) -> None:
        self.store, self.session_store = MemoryAccounts(), MemorySessions()
        self.log, self.hasher = MemoryAuditLog(), PlainHasher()
        self.clock, self.randomness = FakeClock(), FakeRandomness()
        self.accounts = Accounts(
            accounts=self.store,
            sessions=self.session_store,
            audit=self.log,
            clock=self.clock,
            randomness=self.randomness,
        )
        self.sessions = Sessions(
            accounts=self.store,
            sessions=self.session_store,
            audit=self.log,
            hasher=self.hasher,
            clock=self.clock,
            randomness=self.randomness,
        )
        self.passwords = Passwords(
            accounts=self.store,
            sessions=self.session_store,
            audit=self.log,
            hasher=self.hasher,
            clock=self.clock,
        )
        self.demo = Demo(
            accounts=self.store,
            audit=self.log,
            hasher=self.hasher,
            clock=self.clock,
            randomness=self.randomness,
        )
        self.audit = Audit(self.log, self.store)

    def add(self, name: str, *roles: Role, password: str | None = PASSWORD) -> Account:
        account = self.store.add(
            NewAccount(
                id=name,
                email=f"{name}@example.org",
                name=name.capitalize(),
                organisation=UNIT,
                roles=frozenset(roles),
            )
        )
        if password:
            self.store.set_password_hash(name, self.hasher.hash(password))
        return account

    def audited(self) -> list[tuple[str, str, str]]:
        return [(row.actor, row.action, row.subject) for row in self.log.rows]
