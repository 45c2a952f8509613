from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from kb.domain.identifier import ALPHABET, LENGTH, ConceptKey, Identifier, is_identifier

IDENTIFIER: TypeAdapter[str] = TypeAdapter(Identifier)
CONCEPT_KEY: TypeAdapter[str] = TypeAdapter(ConceptKey)


@pytest.mark.parametrize(
    "name", ["a", ALPHABET[:LENGTH], "vienna-2007", "difficulty.retention-expired", "a" * 80]
)
def test_an_identifier_is_a_safe_folder_name(name: str) -> None:
    assert IDENTIFIER.validate_python(name) == name


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "a/b", "a\\b", "../a", "a..b", ".a", "a.", "-a", "A", "ä", "a b", "a\n", "a\0", "a" * 81],
)
def test_what_could_leave_its_folder_or_be_misread_is_no_identifier(name: str) -> None:
    with pytest.raises(ValidationError):
        IDENTIFIER.validate_python(name)


@pytest.mark.parametrize("key", ["", "a.b", "-a", "a-", "a--b", "A", "a" * 61])
def test_a_concept_key_has_no_dot_because_the_scheme_stands_before_it(key: str) -> None:
    with pytest.raises(ValidationError):
        CONCEPT_KEY.validate_python(key)


@pytest.mark.parametrize(
    ("text", "could_be"),
    [("abcdefghij", True), ("a.b-c", True), ("", False), ("NO", False), ("a/b", False), ("a\n", False), ("a" * 81, False)],
)  # fmt: skip
def test_what_could_be_an_id_is_told_before_anything_is_asked_for_by_it(text: str, could_be: bool) -> None:
    assert is_identifier(text) is could_be
