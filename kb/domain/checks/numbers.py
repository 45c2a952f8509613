"""Proofs of numbers that carry a check digit of their own."""

from __future__ import annotations

import re

SCHEMES = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|220[0-4]\d{12}"
    r"|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11}|35(?:2[89]|[3-8]\d)\d{12}|6(?:011|4[4-9]\d|5\d\d)\d{12}"
    r"|62\d{14,17}|(?:50|5[6-9]|6[0-9])\d{14}|9792\d{12}"
)
"""Numbers as the payment schemes give them out: Visa, Mastercard, Mir, American Express, Diners, JCB, Discover, UnionPay,
Maestro and Troy."""
_BLANKS = re.compile(r"[ -]")


def is_hexadecimal(match: re.Match[str]) -> int:
    """Prove a hash: letters and digits."""
    text = match["it"].lower()
    return len(text) if not text.isalpha() and not text.isdigit() else 0


def is_iban(match: re.Match[str]) -> int:
    """Prove an account by its check digits and its country's structure; words that follow are not part of it."""
    from stdnum import iban

    return next(
        (end for end in _ends(match["it"]) if iban.is_valid(match["it"][:end], check_country=False)), 0
    )


def is_card(match: re.Match[str]) -> int:
    """Prove a payment card by scheme and Luhn's check digit (ISO/IEC 7812)."""
    digits = _BLANKS.sub("", match["it"])
    return len(match["it"]) if SCHEMES.fullmatch(digits) and _is_luhn(digits) else 0


def is_imei(match: re.Match[str]) -> int:
    """Prove a telephone's serial number by Luhn's check digit (3GPP TS 23.003)."""
    digits = _BLANKS.sub("", match["it"])
    return len(match["it"]) if _is_luhn(digits) and len(set(digits)) > 1 else 0


def _is_luhn(digits: str) -> bool:
    from stdnum import luhn

    return luhn.is_valid(digits)


def _ends(text: str) -> list[int]:
    """Give where a number inside `text` may end, longest first: before a blank or a hyphen, or at the very end."""
    return [len(text), *reversed([each.start() for each in _BLANKS.finditer(text)])]
