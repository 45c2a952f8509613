"""Days and ages that stand in one sentence with a place."""

from __future__ import annotations

import re

from kb.domain.checks.plain import before

_MONTHS = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
    r"|januar|jänner|februar|feber|märz|mai|juni|juli|oktober|dezember"
    r"|enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre"
    r"|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre"
    r"|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|novembre|dicembre"
    r"|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?:19|20)\d\d"
DATE = (
    rf"(?i:(?<![\w.,/-])(?P<it>{_DAY}(?:st|nd|rd|th|er|º|°|\.)? (?:of |de |di )?{_MONTHS}\b(?:\.?,? (?:de |del )?{_YEAR}\b)?"
    rf"|{_MONTHS}\.? {_DAY}(?:st|nd|rd|th)?,? {_YEAR}"
    rf"|{_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
    rf"|{_DAY}[./-](?:0?[1-9]|1[0-2])[./-]{_YEAR})(?![\w-]|[./]\d))"
)
"""A day of a month, with its year where the order alone would not tell it from an amount."""
_TEENS = "eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
AGE = (
    rf"(?i:(?<![\w.,/-])(?P<it>(?:\d{{1,2}}|{_TEENS})[- ]years?[- ]old\b|aged? (?:of )?(?:\d{{1,2}}|{_TEENS})\b"
    r"|\d{1,2}[- ]jährig\w{0,3}\b|\d{1,2} jahre alt\w{0,3}\b|(?:âgée?|de) \d{1,2} ans\b|de \d{1,2} años\b|di \d{1,2} anni\b"
    r"|\d{1,2}[- ]летн\w{1,4}\b))"
)
"""How old somebody is, in figures or, for a child, in English words."""

LEGAL = re.compile(
    r"\b(?:convention|treaty|directive|regulation|protocol|statute|decree|(?-i:Act|Law|Code|Bill|Constitution|Court)|official journal|"
    r"judge?ment|signed|adopted|ratified|into force|enacted|repealed|promulgated|amended|applies since|conference|workshop|"
    r"seminar|summit|symposium|übereinkommen|richtlinie|verordnung|gesetz|bundesgesetzblatt|inkraft\w*|convenio|ley|reglamento|"
    r"loi|règlement|décret|legge|decreto|регламент|конвенц\w+|закон\w*|директив\w+)\b",
    re.IGNORECASE,
)
"""What makes a day and a place those of a law or of a public meeting."""
_NO_EXACT_AGE = re.compile(
    r"\b(?:under|over|above|below|at least|than|between|from|minimum|maximum|until|to|up to|or|and|reached?|turn(?:s|ed)?)"
    r"(?: the)?(?: age)? ?$",
    re.IGNORECASE,
)
_AGE_RANGE = re.compile(r" ?(?:-|to|and|or|bis|à|a) ?\d")
_OF_AGES = re.compile(
    r"\b(?:laws?|consent|criminal responsibility|offences?|punish\w+|protects?|survey|statistics)\b",
    re.IGNORECASE,
)
"""What makes an age one of the law."""


def is_of_law(sentence: str) -> bool:
    """Say whether a sentence tells of a law or a public meeting: their days and places are public."""
    return LEGAL.search(sentence) is not None


def is_one_persons(match: re.Match[str], sentence: str) -> bool:
    """Say whether an age is one person's: no limit, no range, and not the law's."""
    limited = _NO_EXACT_AGE.search(before(match)) or _AGE_RANGE.match(match.string, match.end("it"))
    return not limited and not _OF_AGES.search(sentence)
