"""Second factors in memory, and codes that a test can foresee."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Collection

from kb.domain.second_factor import STEP_SECONDS, Factor


class MemorySecondFactors:
    def __init__(self) -> None:
        self._factors: dict[str, Factor] = {}
        self._waiting: dict[str, str] = {}
        self._recovery: dict[str, set[str]] = {}

    def get(self, account: str) -> Factor | None:
        return self._factors.get(account)

    def begin(self, account: str, secret: str) -> None:
        self._waiting[account] = secret

    def waiting(self, account: str) -> str | None:
        return self._waiting.get(account)

    def confirm(self, account: str, secret: str, step: int, recovery: Collection[str]) -> bool:
        if self._waiting.get(account) != secret:
            return False
        del self._waiting[account]
        self._factors[account] = Factor(account=account, secret=secret, last_step=step)
        self._recovery[account] = set(recovery)
        return True

    def use_step(self, factor: Factor, step: int) -> bool:
        kept = self._factors.get(factor.account)
        if kept is None or kept.secret != factor.secret or kept.last_step >= step:
            return False
        self._factors[factor.account] = kept.model_copy(update={"last_step": step})
        return True

    def use_recovery(self, account: str, code_hash: str) -> bool:
        left = self._recovery.get(account, set())
        used = code_hash in left
        left.discard(code_hash)
        return used

    def recovery_left(self, account: str) -> int:
        return len(self._recovery.get(account, ()))

    def renew_recovery(self, account: str, recovery: Collection[str]) -> None:
        self._recovery[account] = set(recovery)

    def remove(self, account: str) -> None:
        self._factors.pop(account, None)
        self._waiting.pop(account, None)
        self._recovery.pop(account, None)


class CountedCodes:
    """The code of a step is six digits of a checksum, where real ones are of a keyed hash."""

    def uri(self, secret: str, name: str) -> str:
        return f"otpauth://totp/{name}?secret={secret}"

    def step_of(self, secret: str, code: str, at: dt.datetime) -> int | None:
        now, _ = self.current(secret, at)
        return next((step for step in (now, now - 1, now + 1) if _code(secret, step) == code), None)

    def current(self, secret: str, at: dt.datetime) -> tuple[int, str]:
        step = int(at.timestamp()) // STEP_SECONDS
        return step, _code(secret, step)


def _code(secret: str, step: int) -> str:
    return f"{zlib.crc32(f'{secret}/{step}'.encode()) % 1_000_000:06d}"
