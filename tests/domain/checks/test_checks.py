"""Every check finds what it is for, where it stands, and lets pass what only looks like it."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import corpus
from kb.domain.checks import Check, objections
from kb.domain.checks.plain import plain
from kb.domain.checks.table import blocking_spans, has_only_plain_words

ROOT = Path(__file__).parents[3]


def test_several_are_told_in_their_order() -> None:
    text = "from 203.0.113.7 to anna@unit.example, then 203.0.113.8"

    assert [(text[each.start : each.end], each.check) for each in objections(text)] == [
        ("203.0.113.7", Check.IP),
        ("anna@unit.example", Check.EMAIL),
        ("203.0.113.8", Check.IP),
    ]


def test_an_objection_holds_no_value() -> None:
    (found,) = objections("203.0.113.7")

    assert found.model_dump() == {"check": Check.IP, "start": 0, "end": 11, "suggestion": ""}


@pytest.mark.parametrize(
    "text",
    [
        "+43\u00a0664\u20111234567",
        "２０３.０.１１３.７",
        "203\u200b.0.113\u00ad.7",
        "AT61\u202f1904\u202f3002\u202f3457\u202f3201",
    ],
)
def test_odd_blanks_dashes_digits_and_invisible_letters_hide_nothing(text: str) -> None:
    (found,) = objections(f"É {text} é")

    assert (found.start, found.end) == (2, 2 + len(text))


WORDS = "a at dot onion magnet btih report case phone file bc deadbeef cafe fox ABCDEFGHJKLMNPQ Ⅷ ² é ß ж 8 0x _ - @ : [.]"
PIECES = st.sampled_from(WORDS.split())
BETWEEN = st.sampled_from(["", " ", "  ", ", ", ". ", ".", "\n", "; "])


@given(st.lists(st.tuples(PIECES, BETWEEN), max_size=30).map(lambda parts: "".join(map("".join, parts))))
def test_where_words_are_plain_no_rule_finds_anything(text: str) -> None:
    read = plain(text).text

    assert not (has_only_plain_words(read) and blocking_spans(read))


def test_plain_words_are_told_from_an_address_in_words() -> None:
    assert has_only_plain_words("Grooming of children, by chat. La preuve")
    assert not has_only_plain_words("anna at unit Dot example")
    assert objections("write to anna at unit dot example dot org")


@given(st.text(max_size=400))
def test_any_text_is_looked_through_and_objections_lie_inside_it(text: str) -> None:
    ends = 0
    for each in objections(text):
        assert ends <= each.start < each.end <= len(text)
        ends = each.end


@pytest.mark.parametrize(
    "piece",
    ["1", "a", "1.", "a@", "a.", "0 ", "(0", ":", "1:", "+1", "a1", "-1", "AT61", "1 ", "aaaaaa1", "[.]"],
)
def test_a_long_text_of_one_piece_takes_no_long_time(piece: str) -> None:
    """The guard against hanging is the time limit of tests; the text is as long as the longest field."""
    objections(piece * (40_000 // len(piece)))


def test_the_seed_and_what_we_ship_as_examples_pass() -> None:
    for file in sorted((ROOT / "entries").glob("*/*/0*.yaml")):
        if file.parts[-3] == "submission":
            continue
        body = file.read_text(encoding="utf-8").partition("\nbody:\n")[2]
        assert body
        assert objections(body) == (), file


@pytest.fixture
def lessons() -> list[dict[str, object]]:
    try:
        path = corpus.path()
    except corpus.MissingCorpus as missing:
        pytest.skip(f"NOT TRIED AT A REAL SIZE: {missing}")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.slow
def test_false_alarms_over_real_lessons_stay_few(lessons: list[dict[str, object]]) -> None:
    """They are of another field, full of part numbers, and their e-mail addresses are masked."""
    found = Counter(
        each.check
        for lesson in lessons
        for each in objections("\n".join(str(lesson[key] or "") for key in ("title", "abstract", "lesson")))
    )

    assert set(found) <= {Check.REFERENCE}
    assert found[Check.REFERENCE] <= 15
