"""An accounts' side in memory: the services over fakes, with one person of each kind to act."""

from __future__ import annotations

from kb.domain.account import Account, Role
from kb.domain.marking import Organisation
from kb.domain.ports import NewAccount
from kb.domain.second_factor import STEP_SECONDS
from kb.services.accounts import Accounts, Invitation
from kb.services.audit import Audit
from kb.services.codes import CodeCheck
from kb.services.demo import Demo
from kb.services.passwords import Passwords
from kb.services.second_factor import SecondFactor
from kb.services.sessions import Sessions
from kb.services.standing import Standing
from kb.services.throttling import Throttling
from tests.fakes.accounts import MemoryAccounts
from tests.fakes.audit import CHAIN, MemoryAuditLog
from tests.fakes.clock import FakeClock
from tests.fakes.common_passwords import FewPasswords
from tests.fakes.follows import MemoryFollows
from tests.fakes.hasher import PlainHasher
from tests.fakes.randomness import FakeRandomness
from tests.fakes.saved_searches import MemorySavedSearches
from tests.fakes.second_factors import CountedCodes, MemorySecondFactors
from tests.fakes.sessions import MemorySessions
from tests.fakes.throttle import MemoryThrottle

UNIT = Organisation(id="unit-at", name="Unit, Austria", country="AT")
KEY = b"k" * 32
PASSWORD = "four words that last"
INVITATION = Invitation(
    email="new@example.org",
    name="New Person",
    organisation="Unit, France",
    country="fr",
    roles=frozenset({Role.PRESENTER}),
)
STANDING = Standing(roles=frozenset({Role.COORDINATOR}), organisation="Unit, France", country="fr")


class People:
    """`audited()` gives the actions of the log, oldest first."""

    def __init__(self) -> None:
        self.store, self.session_store = MemoryAccounts(), MemorySessions()
        self.saved, self.follows = MemorySavedSearches(), MemoryFollows()
        self.factor_store, self.throttle = MemorySecondFactors(), MemoryThrottle()
        self.log, self.hasher, self.codes = MemoryAuditLog(), PlainHasher(), CountedCodes()
        self.clock, self.randomness = FakeClock(), FakeRandomness()
        self.throttling = Throttling(self.throttle, self.clock, KEY)
        self.check = CodeCheck(
            factors=self.factor_store,
            codes=self.codes,
            throttling=self.throttling,
            audit=self.log,
            clock=self.clock,
        )
        self.accounts = Accounts(
            accounts=self.store,
            sessions=self.session_store,
            factors=self.factor_store,
            saved=self.saved,
            follows=self.follows,
            audit=self.log,
            clock=self.clock,
            randomness=self.randomness,
        )
        self.sessions = Sessions(
            accounts=self.store,
            sessions=self.session_store,
            factors=self.factor_store,
            saved=self.saved,
            follows=self.follows,
            check=self.check,
            throttling=self.throttling,
            audit=self.log,
            hasher=self.hasher,
            clock=self.clock,
            randomness=self.randomness,
        )
        self.second_factor = SecondFactor(
            accounts=self.store,
            factors=self.factor_store,
            sessions=self.session_store,
            codes=self.codes,
            check=self.check,
            audit=self.log,
            clock=self.clock,
            randomness=self.randomness,
        )
        self.passwords = Passwords(
            accounts=self.store,
            sessions=self.session_store,
            common=FewPasswords(),
            throttling=self.throttling,
            audit=self.log,
            hasher=self.hasher,
            clock=self.clock,
        )
        self.demo = Demo(
            accounts=self.store,
            factors=self.factor_store,
            audit=self.log,
            hasher=self.hasher,
            clock=self.clock,
            randomness=self.randomness,
        )
        self.audit = Audit(self.log, self.store, CHAIN, self.clock)

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

    def add_demo(self, name: str, *roles: Role) -> Account:
        """Add a demo account, which signs in with the same password."""
        account = self.store.add(
            NewAccount(
                id=f"demo-{name}",
                email=f"{name}@example.org",
                name=name.capitalize(),
                organisation=UNIT,
                roles=frozenset(roles),
                demo=True,
            )
        )
        self.store.set_password_hash(account.id, self.hasher.hash(PASSWORD))
        return account

    def proved(self, account: Account) -> Account:
        """Give the account as its owner acts who has just signed in."""
        return account.model_copy(update={"proved_at": self.clock.now()})

    def enrol(self, account: Account) -> tuple[str, ...]:
        """Let the account set up a second factor, and give its recovery codes."""
        secret = self.second_factor.begin(self.proved(account)).secret
        recovery = self.second_factor.confirm(self.proved(account), self.code_of(secret))
        self.clock.tick(seconds=STEP_SECONDS)
        return recovery

    def code(self, account: Account) -> str:
        """Give the code that the account's device shows now."""
        factor = self.factor_store.get(account.id)
        assert factor is not None
        return self.code_of(factor.secret)

    def code_of(self, secret: str) -> str:
        """Give the code of a secret at this moment."""
        return self.codes.current(secret, self.clock.now())[1]

    def audited(self) -> list[tuple[str, str, str]]:
        return [(row.actor, row.action, row.subject) for row in self.log.rows]
