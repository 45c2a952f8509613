"""The composition root: the one place that names adapters and joins them to services.

Nothing here decides anything. `services` opens what lies in a home and gives one service per noun; pages and commands
take what they need from the value that it returns.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kb.adapters.accounts.accounts import SqlAccounts
from kb.adapters.accounts.audit import SqlAudit
from kb.adapters.accounts.database import open_database
from kb.adapters.accounts.hasher import Argon2Hasher
from kb.adapters.accounts.secret import secret_key
from kb.adapters.accounts.sessions import SqlSessions
from kb.adapters.system import SystemClock, SystemRandomness
from kb.config import Settings
from kb.domain.ports import Clock, PasswordHasher, Randomness
from kb.services.accounts import AccountsService
from kb.services.audit import AuditService
from kb.services.demo import DemoService
from kb.services.passwords import PasswordsService
from kb.services.sessions import SessionsService


@dataclass(frozen=True)
class Outside:
    """What a service is given of the outside world; tests bring a clock that stands still."""

    clock: Clock = field(default_factory=SystemClock)
    randomness: Randomness = field(default_factory=SystemRandomness)
    hasher: PasswordHasher = field(default_factory=Argon2Hasher)


@dataclass(frozen=True)
class Services:
    """Everything that a page or a command can ask for, one attribute per service."""

    clock: Clock
    secret_key: bytes = field(repr=False)
    accounts: AccountsService
    sessions: SessionsService
    passwords: PasswordsService
    demo: DemoService
    audit: AuditService


def make_home(settings: Settings) -> None:
    """Make an empty home, or complete one: the folders that hold entries and what is derived from them."""
    settings.entries.mkdir(parents=True, exist_ok=True)
    settings.search_index.mkdir(parents=True, exist_ok=True)


def services(settings: Settings, outside: Outside | None = None) -> Services:
    """Open the home that `settings` name; raises BadSetting where there is none."""
    settings.require_home()
    outside = outside or Outside()
    clock, randomness, hasher = outside.clock, outside.randomness, outside.hasher
    engine = open_database(settings.accounts)
    accounts, sessions, audit = SqlAccounts(engine), SqlSessions(engine), SqlAudit(engine)
    return Services(
        clock=clock,
        secret_key=secret_key(settings.secret_key, randomness.token()),
        accounts=AccountsService(
            accounts=accounts, sessions=sessions, audit=audit, clock=clock, randomness=randomness
        ),
        sessions=SessionsService(
            accounts=accounts,
            sessions=sessions,
            audit=audit,
            hasher=hasher,
            clock=clock,
            randomness=randomness,
        ),
        passwords=PasswordsService(
            accounts=accounts, sessions=sessions, audit=audit, hasher=hasher, clock=clock
        ),
        demo=DemoService(accounts=accounts, audit=audit, hasher=hasher, clock=clock, randomness=randomness),
        audit=AuditService(audit, accounts),
    )
