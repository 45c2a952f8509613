"""The rules as one table, most telling first, and the function that evaluates them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from kb.domain.checks import national, network, numbers, phones, places, references, shapes, wallets
from kb.domain.checks.check import Check, Objection
from kb.domain.checks.plain import Plain, plain

Proof = Callable[[re.Match[str]], int]
"""Says how many characters of the candidate `it` are what the rule looks for; none where they only look like it."""


def by_its_look(match: re.Match[str]) -> int:
    """Take the whole candidate: what looks so is nothing else."""
    return len(match["it"])


class Rule(NamedTuple):
    """What has this shape is objected to where the proof holds."""

    check: Check
    shape: str
    proof: Proof = by_its_look


RULES: tuple[Rule, ...] = (
    Rule(Check.EMAIL, shapes.EMAIL),
    Rule(Check.EMAIL, shapes.EMAIL_SPACED),
    Rule(Check.EMAIL, shapes.EMAIL_IN_WORDS),
    Rule(Check.ONION, shapes.ONION, network.is_onion),
    Rule(Check.MAGNET, shapes.MAGNET),
    Rule(Check.WALLET, shapes.BASE58, wallets.is_base58check),
    Rule(Check.WALLET, shapes.BECH32, wallets.is_bech32),
    Rule(Check.WALLET, shapes.ETHEREUM),
    Rule(Check.WALLET, shapes.MONERO),
    Rule(Check.HASH, shapes.HASH, numbers.is_hexadecimal),
    Rule(Check.IBAN, shapes.IBAN, numbers.is_iban),
    Rule(Check.CARD, shapes.CARD, numbers.is_card),
    Rule(Check.IMEI, shapes.IMEI, numbers.is_imei),
    Rule(Check.NATIONAL_ID, shapes.NATIONAL_ID, national.is_somebodys),
    Rule(Check.MAC, shapes.MAC, network.is_hardware_address),
    Rule(Check.IP, shapes.IPV4, network.is_version_4),
    Rule(Check.IP, shapes.IPV6, network.is_version_6),
    Rule(Check.COORDINATES, shapes.DECIMAL_PLACE, places.is_on_earth),
    Rule(Check.COORDINATES, shapes.SEXAGESIMAL_PLACE),
    Rule(Check.COORDINATES, shapes.PLUS_CODE, places.is_plus_code),
    Rule(Check.PHONE, shapes.PHONE_ABROAD, phones.is_international),
    Rule(Check.PHONE, shapes.PHONE_AMERICAN, phones.is_american),
    Rule(Check.PHONE, shapes.PHONE_RUSSIAN, phones.is_russian),
    Rule(Check.PHONE, shapes.PHONE_NAMED, phones.is_somebodys),
    Rule(Check.PHONE, shapes.PHONE_NATIONAL, phones.is_national),
    Rule(Check.REFERENCE, shapes.NAMED_NUMBER, references.is_named),
    Rule(Check.REFERENCE, shapes.STRUCTURED, references.is_structured),
    Rule(Check.REFERENCE, shapes.NUMBER, references.is_long),
    Rule(Check.REFERENCE, shapes.KEY, references.is_key),
)


_compiled = cache(re.compile)


PLAIN_WORDS = re.compile(r"(?:[^\W\d_]{1,15}\.?(?:[ \n,;]+|\Z))*")
"""Words of letters, none of them long, as most labels and names are: no rule finds anything in them but an address in words."""
_DOT_IN_WORDS = re.compile(r"\bdot\b", re.IGNORECASE)


class Span(NamedTuple):
    """Where a rule found something in the text as it is looked through."""

    start: int
    end: int
    check: Check


def objections(text: str) -> tuple[Objection, ...]:
    """Give what blocks `text`, in its order; of rules that meet in one place the first of the table speaks."""
    read = plain(text)
    if has_only_plain_words(read.text):
        return ()
    return tuple(objection(read, each) for each in sorted(blocking_spans(read.text)))


def has_only_plain_words(text: str) -> bool:
    """Say whether `text` needs no rule: the saves of thousands of labels would look each through for nothing."""
    return bool(PLAIN_WORDS.fullmatch(text)) and not _DOT_IN_WORDS.search(text)


def blocking_spans(text: str, rules: Sequence[Rule] = RULES) -> list[Span]:
    """Give where rules find something; no two of them share a character."""
    taken = bytearray(len(text))
    found: list[Span] = []
    for rule in rules:
        for start, end in _found(rule, text):
            if not any(taken[start:end]):
                taken[start:end] = bytes([1]) * (end - start)
                found.append(Span(start, end, rule.check))
    return found


def objection(read: Plain, span: Span, suggestion: str = "") -> Objection:
    """Give the objection, in places of the text that was given."""
    return Objection(
        check=span.check, start=read.start(span.start), end=read.end(span.end), suggestion=suggestion
    )


def _found(rule: Rule, text: str) -> Iterator[tuple[int, int]]:
    for match in _compiled(rule.shape).finditer(text):
        length = rule.proof(match)
        if length:
            yield match.start("it"), match.start("it") + length
