"""Second factors: what makes their codes, which were used, and the recovery codes in their place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Protocol

from kb.domain.second_factor import Factor


class SecondFactorStore(Protocol):
    """Second factors. A new one waits until its first code has proved that the person has it; the old one stands till then."""

    def get(self, account: str) -> Factor | None:
        """Give the account's factor; None where none is set up."""

    def begin(self, account: str, secret: str) -> None:
        """Keep a secret that waits for its first code, in place of an earlier one that waits."""

    def waiting(self, account: str) -> str | None:
        """Give the secret that waits for its first code."""

    def confirm(self, account: str, secret: str, step: int, recovery: Collection[str]) -> bool:
        """Let the waiting secret be the factor, with hashes of new recovery codes; False where another one waits by now."""

    def use_step(self, factor: Factor, step: int) -> bool:
        """Use up a step and all before it; False where it was used already, so that of two at once one gets in."""

    def use_recovery(self, account: str, code_hash: str) -> bool:
        """Use up a recovery code; False where there is none such (any more)."""

    def recovery_left(self, account: str) -> int:
        """Count the recovery codes that are left."""

    def renew_recovery(self, account: str, recovery: Collection[str]) -> None:
        """Keep these hashes in place of all earlier ones."""

    def remove(self, account: str) -> None:
        """Forget the account's factor, what waits to be one, and the recovery codes."""


class OneTimeCodes(Protocol):
    """Codes of six digits that a phone makes from a secret and the time (RFC 6238)."""

    def uri(self, secret: str, name: str) -> str:
        """Give the address that a phone reads from a QR code; `name` tells people whose it is."""

    def step_of(self, secret: str, code: str, at: dt.datetime) -> int | None:
        """Give the step whose code this is, of now, the one before and the one after; None where it is none of them."""

    def current(self, secret: str, at: dt.datetime) -> tuple[int, str]:
        """Give the step of this moment and its code."""
