"""The second factor: who needs one, and the form of its codes.

Codes follow RFC 6238 (six digits, half a minute each). Recovery codes have 120 random bits, so that a plain hash of
them can be kept (OWASP ASVS 5.0, 6.5.2 asks for 112).
"""

from __future__ import annotations

import re

from kb.domain.account import Account, Role
from kb.domain.identifier import ALPHABET, Identifier
from kb.domain.text import Value

REQUIRED_FOR = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})
"""Roles that do not come in by a password alone."""
RECOVERY_CODES = 10
RECOVERY_LENGTH = 24
GROUP = 4
"""Letters that are shown together, because nobody types twenty-four in a row."""
STEP_SECONDS = 30

_CODE = re.compile("[0-9]{6}")
_RECOVERY = re.compile(f"[{ALPHABET}]{{{RECOVERY_LENGTH}}}")
_BETWEEN = re.compile(r"[\s-]+")


class Factor(Value):
    """An account's second factor: what makes its codes, and the last half minute whose code was used."""

    account: Identifier
    secret: str
    last_step: int


def requires_second_factor(account: Account) -> bool:
    """Say whether any role of the account needs one."""
    return not REQUIRED_FOR.isdisjoint(account.roles)


def normal_code(typed: str) -> str:
    """Give a code as it is compared: blanks, hyphens and case do not matter."""
    return _BETWEEN.sub("", typed).lower()


def is_code(text: str) -> bool:
    """Say whether a normal code has the form of those that a phone shows."""
    return _CODE.fullmatch(text) is not None


def is_recovery_code(text: str) -> bool:
    """Say whether a normal code has the form of those that were written down."""
    return _RECOVERY.fullmatch(text) is not None


def in_groups(code: str) -> str:
    """Give a recovery code as people read it."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))
