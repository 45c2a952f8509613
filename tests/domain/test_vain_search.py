"""When a search was in vain, and which searches may be counted at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.domain.vain_search import (
    LONGEST,
    PendingSearch,
    Reason,
    Turn,
    VainSearch,
    may_be_kept,
    months_before,
    normal_text,
    turn,
)

LOGS = PendingSearch(text="lost logs", found=False)


def asked(text: str, *, found: bool = False) -> PendingSearch:
    return PendingSearch(text=text, found=found)


def test_a_first_search_is_pending() -> None:
    assert turn(None, "Lost  logs ", found=True) == Turn(asked("Lost logs", found=True))


@pytest.mark.parametrize("text", ["lost logs", " LOST  logs", "Lost Logs"])
def test_the_same_text_is_the_same_search_on_another_page_or_filter(text: str) -> None:
    assert turn(LOGS, text, found=False).settled is None
    assert turn(LOGS, text, found=True).pending == asked(" ".join(text.split()), found=True)


def test_a_search_that_found_something_once_did_find_something() -> None:
    found = asked("lost logs", found=True)

    assert turn(found, "lost logs", found=False) == Turn(found)


@pytest.mark.parametrize("text", ["lost logs of a provider", "lost log", "Lost Logs,", "los"])
def test_what_goes_on_typing_or_takes_some_back_takes_its_place(text: str) -> None:
    assert turn(LOGS, text, found=True) == Turn(asked(text, found=True))


@pytest.mark.parametrize("text", ["", "  ", "lo", "x"])
def test_hardly_any_text_changes_nothing(text: str) -> None:
    assert turn(LOGS, text, found=True) == Turn(LOGS)
    assert turn(None, text, found=True) == Turn(None)


@pytest.mark.parametrize("text", ["dual criminality", "logs lost", "logs"])
def test_another_search_settles_it(text: str) -> None:
    assert turn(LOGS, text, found=True) == Turn(asked(text, found=True), settled=LOGS)


def test_a_long_text_is_not_even_pending() -> None:
    long = "word " * LONGEST

    assert turn(None, long, found=False) == Turn(None)
    assert turn(LOGS, long, found=False) == Turn(None, settled=LOGS)
    assert turn(asked("word"), long, found=False) == Turn(None)


@pytest.mark.parametrize(
    ("before", "now", "one"),
    [
        ("zeppelin foot", "zeppelin food", True),
        ("mutual legal asistance", "mutual legal assistance", True),
        ("preservation request bulgaria", "preservation request romania", False),
        ("law", "lax", False),
    ],
)
def test_a_typing_error_put_right_is_the_same_search(before: str, now: str, one: bool) -> None:
    assert turn(asked(before), now, found=True) == Turn(
        asked(now, found=True), settled=None if one else asked(before)
    )


def test_typing_letter_by_letter_settles_nothing_until_the_next_search() -> None:
    pending, settled = None, []
    for text in (
        "att",
        "attrib",
        "attribution",
        "attribution of",
        "attribution ",
        "",
        "m",
        "mla",
        "mla time",
    ):
        pending, done = turn(pending, text, found=False)
        settled.append(done)

    assert [each.text for each in settled if each] == ["attribution"]
    assert pending == asked("mla time")


@given(st.lists(st.tuples(st.text(max_size=12), st.booleans()), max_size=8))
def test_nothing_is_pending_or_settled_that_was_not_typed(typed: list[tuple[str, bool]]) -> None:
    pending, seen = None, set()
    for text, found in typed:
        seen.add(normal_text(text))
        pending, settled = turn(pending, text, found=found)
        assert all(normal_text(each.text) in seen for each in (pending, settled) if each)


def test_the_reason_tells_whether_something_was_found() -> None:
    assert asked("x", found=False).reason is Reason.NOTHING_FOUND
    assert asked("x", found=True).reason is Reason.NONE_OPENED


def test_texts_are_compared_without_case_odd_blanks_and_ways_of_writing_accents() -> None:
    assert normal_text("  Straße\u00a0 der\tCafe\u0301s ") == "strasse der cafés"
    assert normal_text("b a") != normal_text("a b")


@pytest.mark.parametrize(
    "text",
    [
        "lost logs",
        "preserv*",
        '"joint investigation" Bulgaria -hotline',
        "(mla OR rechtshilfe) delay",
        "directive 2014/41/EU",
        "Überwachung im Ausland",
        "сохранение данных",
        "budapest article 29",
        "peer-to-peer",
    ],
)
def test_a_search_in_a_few_words_may_be_counted(text: str) -> None:
    assert may_be_kept(text)


@pytest.mark.parametrize(
    "text",
    [
        "ab",
        "12 34",
        "? !",
        "x" * (LONGEST + 1),
        "a b c d e f g h i j k l mno",
        '"a" "b" (c) "d" [e] {f} words',
        "anna@unit.example",
        "the handle @anna",
        "+43 664 1234567",
        "from 203.0.113.7",
        "case 123456",
        "1CvA946t8KYr2T6dzz5UrDXigTSo1DjEXe wallet",
        "AT61 1904 3002 3457 3201",
        "at61 1904 3002 3457 3201",
    ],
)
def test_what_cannot_be_read_or_leads_to_somebody_is_never_counted(text: str) -> None:
    assert not may_be_kept(text)


def test_searches_are_added_up_over_the_reasons() -> None:
    assert VainSearch(mark="m", text="t", nothing_found=2, none_opened=3, month="2026-09").searches == 5


@pytest.mark.parametrize(
    ("month", "count", "before"),
    [
        ("2026-09", 12, "2025-09"),
        ("2026-09", 9, "2025-12"),
        ("2026-01", 1, "2025-12"),
        ("2026-12", 11, "2026-01"),
    ],
)
def test_months_are_counted_back_over_the_years(month: str, count: int, before: str) -> None:
    assert months_before(month, count) == before
