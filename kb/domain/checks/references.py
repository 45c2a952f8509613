"""Proofs of report and case numbers, which have no checksum: they are long, and no date, law, standard or amount."""

from __future__ import annotations

import datetime as dt
import re

from kb.domain.checks.plain import before

LONG_WHEN_NAMED = 6
"""Digits after a word like "report" or "case"."""
LONG_ALONE = 8
"""Digits in a number of several groups, one of them at least LONG_GROUP."""
LONG_GROUP = 5
ZEROS = re.compile(r"\d{1,4}0{5,}")
PUBLIC = re.compile(
    r"(?:\b(?:ISBN|ISSN|DOI|CELEX|arXiv|PMID|ORCID|ISO|IEC|EN|DIN|RFC|CVE|ECLI|CETS|OJ|ZIP|CAS)\b[-:/ \w.]{0,12}"
    r"|\b(?:part|model|drawing|piece) (?:no|nr|number)\b[.: #]{0,3}|https?://\S{0,300}|www\.\S{0,300}|[$€£¥]\s?)$",
    re.IGNORECASE,
)
"""What stands before a number that everybody may know: a book, a standard, a law, an address of the web, a price, a part of a machine."""
NO_REFERENCE = re.compile(
    r"(?:19|20)\d\d[-/](?:19|20)?\d\d|\d{5}-\d{4}|(?:CVE|ISO|IEC|RFC|EN|DIN|ISBN|ISSN)[-/].*"
    r"|\d{1,2}[-/]\d{1,2}[-/]\d{2,4}|\d{4}[-/]\d{1,2}[-/]\d{1,2}(?:T.*)?|(?:19|20)\d{6}[-_t]\d{4,6}",
    re.IGNORECASE,
)
"""Years, American postcodes, standards and dates."""
LONGEST_ADDRESS = 320
KEY_DIGITS, KEY_SWITCHES = 4, 5
"""A key mixes letters and digits; a word with a year behind it does not."""
NAMED = re.compile(
    r"\b(?:report|reports|case|file|dossier|docket|incident|ticket|reference|ref|cybertip|cybertipline|ncmec|warrant|"
    r"akte|aktenzeichen|az|fall|vorgang|gz|js|ujs|proc[ée]dure|affaire|procedimento|fascicolo|expediente|causa|дело|кусп)\b"
    r"(?:[\s.:#()№°-]|no\b|nr\b|n\b|number\b|nummer\b|id\b){1,6}(?:[a-z]{1,4}[-/ ]?)?$",
    re.IGNORECASE,
)
"""What stands before a number that leads to one file."""

_GROUPS = re.compile(r"\d+")
_SWITCH = re.compile(r"(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)", re.IGNORECASE)


def is_long(match: re.Match[str]) -> int:
    """Prove a number by its length: no date, no round amount, nothing published."""
    text = match["it"]
    return 0 if ZEROS.fullmatch(text) or _is_day(text) or _is_public(match) else len(text)


def is_named(match: re.Match[str]) -> int:
    """Prove what a word like "report" announces by its digits."""
    text = match["it"].rstrip(".-/_")
    enough = len(_digits(text)) >= LONG_WHEN_NAMED and NAMED.search(before(match))
    known = NO_REFERENCE.fullmatch(text) or _is_range(text) or _is_day(text)
    return len(text) if enough and not known else 0


def is_structured(match: re.Match[str]) -> int:
    """Prove a number in groups by its digits, one group being long."""
    text = match["it"]
    groups = _GROUPS.findall(text)
    if len(_digits(text)) < LONG_ALONE or max(map(len, groups)) < LONG_GROUP:
        return 0
    known = NO_REFERENCE.fullmatch(text) or _is_range(text) or _is_public(match)
    return 0 if known else len(text)


def is_key(match: re.Match[str]) -> int:
    """Prove a long word by how often letters and digits take turns: an address of a wallet in small letters, a token."""
    text = match["it"]
    mixed = len(_SWITCH.findall(text)) >= KEY_SWITCHES and len(_digits(text)) >= KEY_DIGITS
    return len(text) if mixed and not _is_public(match) else 0


def _digits(text: str) -> str:
    return "".join(_GROUPS.findall(text))


def _is_day(text: str) -> bool:
    try:
        return (
            1900 <= dt.datetime.strptime(text, "%Y%m%d").replace(tzinfo=dt.UTC).year <= 2099
            and len(text) == 8
        )
    except ValueError:
        return False


def _is_range(text: str) -> bool:
    low, hyphen, high = text.partition("-")
    both = bool(hyphen) and low.isdigit() and high.isdigit()
    return both and len(low) <= len(high) <= len(low) + 1 and int(low) < int(high)


def _is_public(match: re.Match[str]) -> bool:
    return PUBLIC.search(before(match, LONGEST_ADDRESS)) is not None
