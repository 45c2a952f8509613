from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from kb.domain.text import LINE_LENGTH, PROSE_LENGTH, Language, Line, Prose, Value, normal_line, normal_prose

ANYTHING = st.text(st.characters(codec=None, exclude_categories=()))
LINE: TypeAdapter[str] = TypeAdapter(Line)
PROSE: TypeAdapter[str] = TypeAdapter(Prose)
LANGUAGE: TypeAdapter[str] = TypeAdapter(Language)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("one\u2028two\x85three\x0bfour", "one\ntwo\nthree\nfour"),
        ("blank at the end \t \nnext", "blank at the end\nnext"),
        ("\n\nabove\n\nbelow\n\n", "above\n\nbelow"),
        ("  indented", "  indented"),
        ("a\ttab", "a\ttab"),
        ("cafe\u0301", "café"),
        ("zero\x00 bell\x07 mark\ufeff", "zero bell mark"),
        ("half \ud83d emoji", "half  emoji"),
        ("😀 здравствуйте", "😀 здравствуйте"),
    ],
)
def test_prose_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert normal_prose(typed) == kept


def test_a_line_has_single_blanks_and_no_break() -> None:
    assert normal_line("  one \n\n two\tthree\xa0four ") == "one two three four"


@given(ANYTHING)
def test_normal_text_is_normal_already(typed: str) -> None:
    prose = normal_prose(typed)

    assert normal_prose(prose) == prose
    assert normal_line(normal_line(typed)) == normal_line(typed)


@given(ANYTHING)
def test_normal_text_is_readable_by_every_tool(typed: str) -> None:
    prose = normal_prose(typed)

    assert prose.encode().decode() == prose
    assert unicodedata.is_normalized("NFC", prose)
    assert prose.splitlines() == (prose.split("\n") if prose else [])
    assert all(line == line.rstrip() for line in prose.split("\n"))


def test_a_text_is_normalised_before_its_length_is_judged() -> None:
    assert LINE.validate_python("a" * LINE_LENGTH + "   \n") == "a" * LINE_LENGTH
    assert PROSE.validate_python("a" * PROSE_LENGTH + "\r\n") == "a" * PROSE_LENGTH


@pytest.mark.parametrize(("adapter", "length"), [(LINE, LINE_LENGTH), (PROSE, PROSE_LENGTH)])
def test_a_text_that_is_too_long_or_no_text_is_refused(adapter: TypeAdapter[str], length: int) -> None:
    for wrong in ("a" * (length + 1), 7, None):
        with pytest.raises(ValidationError):
            adapter.validate_python(wrong)


@pytest.mark.parametrize("tag", ["en", "ru", "sr-Latn", "pt-BR", "zh-Hant-TW", "es-419"])
def test_a_language_is_a_tag_of_language_script_and_region(tag: str) -> None:
    assert LANGUAGE.validate_python(tag) == tag


@pytest.mark.parametrize("tag", ["", "e", "english", "EN", "en_GB", "en-gb", "en\n"])
def test_what_pages_could_not_use_is_no_language(tag: str) -> None:
    with pytest.raises(ValidationError):
        LANGUAGE.validate_python(tag)


def test_a_value_knows_its_names_and_never_changes() -> None:
    class Point(Value):
        x: int

    with pytest.raises(ValidationError):
        Point.model_validate({"x": 1, "y": 2})
    with pytest.raises(ValidationError):
        Point(x=1).x = 2  # type: ignore[misc]
    assert Point(x=1) == Point(x=1)
