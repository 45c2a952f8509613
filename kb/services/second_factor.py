"""The second factor: setting it up, the recovery codes, and doing without it again where the roles allow."""

from __future__ import annotations

from kb.domain.account import Account
from kb.domain.errors import Invalid, NotFound, NotSignedIn, WrongState
from kb.domain.permission import Permission, demand
from kb.domain.ports import (
    AccountStore,
    AuditLog,
    AuditRow,
    Clock,
    OneTimeCodes,
    Randomness,
    SecondFactorStore,
    SessionStore,
)
from kb.domain.second_factor import RECOVERY_CODES, in_groups, normal_code, requires_second_factor
from kb.domain.session import demand_proof
from kb.domain.text import Value
from kb.services.codes import CodeCheck
from kb.services.links import token_hash

BEGIN_AGAIN = "Setting up the second factor was begun anew meanwhile. Scan the code that is shown now."
REQUIRED = "Your roles require a second factor. Set up another one to take its place."
NONE_YET = "You have no second factor. Set one up first."
DEMO_ONLY = "Codes are told for demo accounts alone; everybody else has theirs on a device of their own."


class Enrolment(Value):
    """A secret that waits for its first code, and the address that a phone reads from a QR code."""

    secret: str
    uri: str


class SecondFactorState(Value):
    """What a person is told of their second factor."""

    on: bool
    required: bool
    recovery_left: int


class SecondFactor:
    """An account's own second factor. Who only awaits their enrolment acts here too: their password has just been proved."""

    def __init__(
        self,
        *,
        accounts: AccountStore,
        factors: SecondFactorStore,
        sessions: SessionStore,
        codes: OneTimeCodes,
        check: CodeCheck,
        audit: AuditLog,
        clock: Clock,
        randomness: Randomness,
    ) -> None:
        self._accounts, self._factors, self._sessions = accounts, factors, sessions
        self._codes, self._check, self._audit = codes, check, audit
        self._clock, self._randomness = clock, randomness

    def state(self, actor: Account | None, identifier: str | None = None) -> SecondFactorState:
        """Say whether there is one, whether there must be, and how many recovery codes are left.

        Of one's own account, or for who keeps accounts of another; raises NotSignedIn, Forbidden or NotFound.
        """
        account = self._owner(_somebody(actor), identifier)
        return SecondFactorState(
            on=self._factors.get(account.id) is not None,
            required=requires_second_factor(account),
            recovery_left=self._factors.recovery_left(account.id),
        )

    def begin(self, actor: Account | None) -> Enrolment:
        """Draw a secret, which waits for its first code; raises ProveAgain. A factor that stands goes on till then."""
        account = self._proved(actor)
        secret = self._randomness.secret()
        self._factors.begin(account.id, secret)
        return self._enrolment(account, secret)

    def begun(self, actor: Account | None, shown: str) -> Enrolment:
        """Give the secret that was `shown` to be shown again after a wrong code, or begin; raises ProveAgain.

        One that waits without having been shown here may be known to somebody who has the password: it is never told.
        """
        account = self._proved(actor)
        waiting = self._factors.waiting(account.id)
        return self._enrolment(account, shown) if shown and shown == waiting else self.begin(account)

    def confirm(self, actor: Account | None, code: str, *, address: str = "") -> tuple[str, ...]:
        """Let the waiting secret be the factor, and give the recovery codes, which are never shown again.

        Every session ends, the one that awaits the enrolment too. Raises ProveAgain, TooManyTries or Invalid.
        """
        account = self._proved(actor)
        secret = self._factors.waiting(account.id)
        if secret is None:
            raise Invalid(("code", BEGIN_AGAIN))
        step = self._check.first(account, secret, code, address)
        recovery = self._drawn()
        if not self._factors.confirm(account.id, secret, step, _hashes(recovery)):
            raise Invalid(("code", BEGIN_AGAIN))
        self._sessions.end_all(account.id)
        self._note(account, "second-factor.enrolled")
        return recovery

    def renew_codes(self, actor: Account | None, code: str, *, address: str = "") -> tuple[str, ...]:
        """Give ten new recovery codes for a code; the earlier ones are worthless. Raises TooManyTries or Invalid."""
        account = self._with_factor(actor)
        self._check.prove(account, code, address)
        recovery = self._drawn()
        self._factors.renew_recovery(account.id, _hashes(recovery))
        self._note(account, "second-factor.codes-renewed")
        return recovery

    def remove(self, actor: Account | None, code: str, *, address: str = "") -> SecondFactorState:
        """Do without a second factor again; raises TooManyTries, Invalid, or WrongState where the roles require one."""
        account = self._with_factor(actor)
        if requires_second_factor(account):
            raise WrongState(REQUIRED)
        self._check.prove(account, code, address)
        self._factors.remove(account.id)
        self._note(account, "second-factor.removed")
        return self.state(account)

    def current_code(self, actor: Account | None, identifier: str) -> str:
        """Give a demo account's code of this half minute; raises Forbidden, Invalid, or WrongState where it was used."""
        demand(actor, Permission.OPERATE)
        account, factor = self._accounts.get(identifier), self._factors.get(identifier)
        if account is None or not account.demo:
            raise Invalid(("account", DEMO_ONLY))
        if factor is None:
            raise Invalid(
                ("account", "This account has no second factor; it signs in with its password alone.")
            )
        step, code = self._codes.current(factor.secret, self._clock.now())
        if step <= factor.last_step:
            raise WrongState(
                "The code of this half minute was used already. Ask again when the next one has begun."
            )
        return code

    def _owner(self, actor: Account, identifier: str | None) -> Account:
        if identifier in {None, actor.id}:
            return actor
        demand(actor, Permission.KEEP_ACCOUNTS)
        account = self._accounts.get(str(identifier))
        if account is None:
            raise NotFound
        return account

    def _proved(self, actor: Account | None) -> Account:
        account = _somebody(actor)
        demand_proof(account, self._clock.now())
        return account

    def _with_factor(self, actor: Account | None) -> Account:
        account = _somebody(actor)
        if self._factors.get(account.id) is None:
            raise WrongState(NONE_YET)
        return account

    def _enrolment(self, account: Account, secret: str) -> Enrolment:
        return Enrolment(secret=secret, uri=self._codes.uri(secret, account.email))

    def _drawn(self) -> tuple[str, ...]:
        return tuple(in_groups(self._randomness.recovery_code()) for _ in range(RECOVERY_CODES))

    def _note(self, account: Account, action: str) -> None:
        row = AuditRow(at=self._clock.now(), actor=account.id, action=action, subject=account.id)
        self._audit.append([row])


def _somebody(actor: Account | None) -> Account:
    if actor is None or not actor.active:
        raise NotSignedIn
    return actor


def _hashes(recovery: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(token_hash(normal_code(code)) for code in recovery)
