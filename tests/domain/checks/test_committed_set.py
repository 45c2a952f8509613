"""What the checks find of the committed set, and what they find that is none, held at what was reached.

The figures stand in docs/quality.md. Who makes a rule better raises them; who makes one worse is told here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

import pytest

from kb.domain.checks import Check, Severity
from kb.domain.checks.plain import plain
from kb.domain.checks.table import RULES, blocking_spans
from kb.domain.checks.terms import TERMS
from kb.domain.checks.warnings import WARNINGS, Surroundings, warning_spans
from tests.checks.rows import NAMES, Row, found, passed

FOUND, PASSED = found(), passed()
ENOUGH_OF_ALL, ENOUGH_OF_EACH = 150, 8

HELD: dict[Check, tuple[str, str]] = {
    Check.EMAIL: ("13/15", "1"),
    Check.ONION: ("1", "1"),
    Check.MAGNET: ("1", "1"),
    Check.WALLET: ("1", "1"),
    Check.HASH: ("1", "1"),
    Check.IBAN: ("1", "1"),
    Check.CARD: ("1", "1"),
    Check.IMEI: ("1", "1"),
    Check.NATIONAL_ID: ("1", "35/36"),
    Check.MAC: ("1", "1"),
    Check.IP: ("18/19", "1"),
    Check.COORDINATES: ("1", "1"),
    Check.PHONE: ("20/21", "20/21"),
    Check.REFERENCE: ("1", "8/9"),
    Check.LINK: ("14/15", "1"),
    Check.HANDLE: ("11/13", "1"),
    Check.DATE_AND_PLACE: ("14/15", "14/15"),
    Check.AGE_AND_TOWN: ("11/12", "1"),
    Check.FILE_NAME: ("11/12", "11/12"),
    Check.NAME: ("16/19", "16/17"),
    Check.TERM: ("16/17", "1"),
}
"""Recall and precision of each check: found of what must be found, and right of what was found, over the whole set."""


def rate(part: int, whole: int) -> Fraction:
    return Fraction(part, whole)


def measured() -> dict[Check, tuple[Fraction, Fraction]]:
    wanted: Counter[Check] = Counter()
    right: Counter[Check] = Counter()
    told: Counter[Check] = Counter()
    for row in (*FOUND, *PASSED):
        wanted[row.check] += len(row.places)
        for each in row.findings():
            told[each.check] += 1
            right[each.check] += each.check is row.check and (each.start, each.end) in row.places
    return {check: (rate(right[check], wanted[check]), rate(right[check], told[check])) for check in Check}


def test_the_set_is_large_enough_and_each_text_stands_in_it_once() -> None:
    texts = [row.text for row in (*FOUND, *PASSED)]

    assert len(texts) == len(set(texts))
    for rows in (FOUND, PASSED):
        assert len(rows) >= ENOUGH_OF_ALL
        assert min(Counter(row.check for row in rows).values()) >= ENOUGH_OF_EACH
        assert {row.check for row in rows} == set(Check)


def test_recall_and_precision_of_each_check_are_those_that_were_reached() -> None:
    figures = measured()

    assert {check: tuple(map(str, each)) for check, each in figures.items()} == HELD


def test_what_blocks_is_found_in_a_sentence_as_well() -> None:
    for row in FOUND:
        if row.check.severity is Severity.BLOCK and row.findings():
            inside = row._replace(text=f"We wrote this down:\n{row.text}\nand went on.")
            assert row.check in {each.check for each in inside.findings()}, row


@pytest.mark.parametrize("place", range(len(RULES)), ids=lambda place: f"{place}-{RULES[place].check}")
def test_without_a_rule_that_blocks_something_would_be_missed(place: int) -> None:
    fewer = (*RULES[:place], *RULES[place + 1 :])
    rows = [row for row in FOUND if row.check is RULES[place].check]

    assert any(blocking_spans(text, fewer) != blocking_spans(text) for text in texts_of(rows))


@pytest.mark.parametrize("place", range(len(WARNINGS)), ids=lambda place: f"{place}-{WARNINGS[place].check}")
def test_without_a_rule_that_warns_something_would_be_missed(place: int) -> None:
    fewer = (*WARNINGS[:place], *WARNINGS[place + 1 :])
    rows = [row for row in FOUND if row.check is WARNINGS[place].check]
    texts = (Surroundings(text, "en", NAMES.words) for text in texts_of(rows))

    assert any(set(warning_spans(each, fewer)) != set(warning_spans(each)) for each in texts)


def test_each_term_is_met_and_explained() -> None:
    met = {each.suggestion for row in FOUND for each in row.findings() if each.check is Check.TERM}

    assert met == {term.suggest for term in TERMS}


def texts_of(rows: Sequence[Row]) -> list[str]:
    return [plain(row.text).text for row in rows]
