"""Proving to be somebody by a code: one that the phone shows, or one that was written down for when it is lost."""

from __future__ import annotations

from kb.domain.account import Account
from kb.domain.errors import Invalid
from kb.domain.ports import AuditLog, AuditRow, Clock, OneTimeCodes, SecondFactorStore
from kb.domain.second_factor import Factor, is_code, is_recovery_code, normal_code
from kb.services.links import token_hash
from kb.services.throttling import Door, Throttling

WRONG_CODE = "This code is not right, or it was used already. Wait until your device shows the next one, and type that."
"""One sentence for both, because each half minute's code is good for one use."""


class CodeCheck:
    """Takes codes, each once."""

    def __init__(
        self,
        *,
        factors: SecondFactorStore,
        codes: OneTimeCodes,
        throttling: Throttling,
        audit: AuditLog,
        clock: Clock,
    ) -> None:
        self._factors, self._codes, self._throttling = factors, codes, throttling
        self._audit, self._clock = audit, clock

    def prove(self, account: Account, typed: str, address: str = "") -> None:
        """Use up the code; raises Invalid where it is not right, and TooManyTries."""
        made = self._throttling.begin(Door.CODE, person=account.id, address=address)
        action = self._used(account, normal_code(typed))
        if action is None:
            raise self._refused(account)
        self._throttling.succeed(made)
        self._note(account, action)

    def first(self, account: Account, secret: str, typed: str, address: str = "") -> int:
        """Give the step of the first code of a secret that is not the account's factor yet; raises as `prove` does."""
        made = self._throttling.begin(Door.CODE, person=account.id, address=address)
        step = self._codes.step_of(secret, normal_code(typed), self._clock.now())
        if step is None:
            raise self._refused(account)
        self._throttling.succeed(made)
        return step

    def _used(self, account: Account, code: str) -> str | None:
        """Use the code up and give what is noted of it; None where it cannot be used."""
        factor = self._factors.get(account.id)
        if factor is None:
            return None
        if is_code(code):
            return "second-factor.proved" if self._used_step(factor, code) else None
        if is_recovery_code(code) and self._factors.use_recovery(account.id, token_hash(code)):
            return "second-factor.recovery-code-used"
        return None

    def _used_step(self, factor: Factor, code: str) -> bool:
        step = self._codes.step_of(factor.secret, code, self._clock.now())
        return step is not None and self._factors.use_step(factor, step)

    def _refused(self, account: Account) -> Invalid:
        self._note(account, "second-factor.refused")
        return Invalid(("code", WRONG_CODE))

    def _note(self, account: Account, action: str) -> None:
        row = AuditRow(at=self._clock.now(), actor=account.id, action=action, subject=account.id)
        self._audit.append([row])
