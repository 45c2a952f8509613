"""Proofs of telephone numbers by the numbering plans that phonenumbers carries; it is loaded when the first candidate comes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.domain.checks.plain import before

REGIONS = tuple(
    """
    AD AL AM AT AZ BA BE BG BY CA CH CY CZ DE DK EE ES FI FR GB GE GR HR HU IE IS IT KG KZ LI LT LU LV MC MD ME MK MN MT
    NL NO PL PT RO RS RU SE SI SK SM TJ TM TR UA US UZ VA XK
    """.split()  # noqa: SIM905 - 57 quoted codes would be unreadable
)
"""Where a number without a country's code is looked up: the states of the community."""
FEWEST, MOST = 9, 12
"""Digits of a national number that no word announces."""
NAMED = re.compile(
    r"\b(?:tel|telephone|telefon[eo]?|téléphone|phone|mobile|mobil|handy|cell|fax|whatsapp|signal|viber|sms|gsm|"
    r"cellulare|portable|m[óo]vil|тел|телефон)\b(?:[\s.:#()-]|no\b|nr\b|number\b|nummer\b|numéro\b|is\b){0,6}$",
    re.IGNORECASE,
)
"""What stands before a number that rings somewhere."""
_DATE = re.compile(r"\(?(?:0[1-9]|[12]\d|3[01])[ /-](?:0[1-9]|1[0-2])[ /-](?:19|20)\d\d(?!\d)")
_PART = re.compile(
    r"\b(?:part|model|serial|item|drawing|order|stock|article) (?:no|nr|number)\b[.: #]{0,3}$", re.IGNORECASE
)
_NO_DIGIT = re.compile(r"\D+")


def is_international(match: re.Match[str]) -> int:
    """Prove a number with its country's code; what follows after a blank may be another one."""
    return next((end for end in _ends(match["it"]) if _is_valid(_with_plus(match["it"][:end]), None)), 0)


def is_american(match: re.Match[str]) -> int:
    """Prove a number of the North American plan, as it is grouped there."""
    return len(match["it"]) if _is_valid(match["it"], "US") else 0


def is_russian(match: re.Match[str]) -> int:
    """Prove a number as it is dialled inside Russia."""
    return len(match["it"]) if _is_valid(match["it"], "RU") else 0


def is_somebodys(match: re.Match[str]) -> int:
    """Prove a number that a word like "phone" announces: it is one somewhere in the community."""
    if not NAMED.search(before(match)):
        return 0
    return next((end for end in _ends(match["it"]) if _is_valid_somewhere(match["it"][:end])), 0)


def is_national(match: re.Match[str]) -> int:
    """Prove a number in groups with a leading zero: long enough, no date, and one somewhere in the community."""
    text = match["it"]
    if not FEWEST <= len(_NO_DIGIT.sub("", text)) <= MOST or _DATE.match(text) or _PART.search(before(match)):
        return 0
    return len(text) if _is_valid_somewhere(text) else 0


def _with_plus(text: str) -> str:
    return "+" + text[2:] if text.startswith("00") else text


def _is_valid_somewhere(text: str) -> bool:
    return any(_is_valid(text, region) for region in REGIONS)


def _is_valid(text: str, region: str | None) -> bool:
    import phonenumbers

    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(text, region))
    except phonenumbers.NumberParseException:
        return False


def _ends(text: str) -> Iterator[int]:
    """Give where a number inside `text` may end, longest first."""
    yield len(text)
    yield from (each.start() for each in reversed([*_NO_DIGIT.finditer(text)]) if each.start() > 0)
