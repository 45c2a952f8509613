"""A text cut at its findings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.domain.checks import Check, Names, Objection, Part, parts, remarks


def at(start: int, end: int) -> Objection:
    return Objection(check=Check.HANDLE, start=start, end=end)


@pytest.mark.parametrize(
    ("found", "pieces"),
    [
        ([], ["abcdef"]),
        ([at(0, 6)], ["abcdef!"]),
        ([at(4, 5), at(1, 2)], ["a", "b!", "cd", "e!", "f"]),
        ([at(0, 2), at(2, 4)], ["ab!", "cd!", "ef"]),
        ([at(1, 4), at(3, 5)], ["a", "bcd!", "ef"]),
        ([at(5, 9)], ["abcdef"]),
    ],
)
def test_pieces_come_in_order_and_bear_what_was_found(found: list[Objection], pieces: list[str]) -> None:
    assert [text + ("!" if objection else "") for text, objection in parts("abcdef", found)] == pieces


def test_an_empty_text_has_no_pieces() -> None:
    assert parts("", [at(0, 1)]) == ()


@given(st.text(alphabet="a1.@ -", max_size=80))
def test_the_pieces_together_are_the_text(text: str) -> None:
    cut = parts(text, remarks(text, Names()))

    assert "".join(part.text for part in cut) == text
    assert Part("") not in cut
