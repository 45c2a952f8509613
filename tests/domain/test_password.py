"""What a guesser gets to by undoing what people do to a known word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.domain.account import Account
from kb.domain.marking import Organisation
from kb.domain.password import cores, own_words

ANNA = Account(id="anna", email="Anna.Beispiel@unit.example", name="Anna Beispiel")


@pytest.mark.parametrize(
    "dressed",
    [
        "password",
        "PassWord",
        "password12345678",
        "!!!password!!!",
        "p@ssw0rd",
        "P4$$W0RD2026!!",
        "passwordpassword",
        "password password",
        "password-password.password",
        "password1 password2 password3",
        "p a s s w o r d",
    ],
)
def test_a_known_word_is_found_however_it_is_dressed_up(dressed: str) -> None:
    assert "password" in cores(dressed)


def test_a_one_stands_for_an_i_or_an_l() -> None:
    assert "million" in cores("m1ll1on")
    assert "letmein" in cores("1etmein")


def test_words_that_differ_are_not_taken_for_one() -> None:
    assert cores("four words that last").isdisjoint({"four", "words", "that", "last"})


@pytest.mark.parametrize("text", ["", "123456789012345", "!!!! ???? ----"])
def test_what_holds_no_word_has_no_word(text: str) -> None:
    assert not any(each.isalpha() and each.isascii() and len(each) > 15 for each in cores(text))


@given(st.text(max_size=200))
def test_any_text_comes_to_words_in_lower_case_without_blanks(text: str) -> None:
    assert all(each and not any(letter.isspace() for letter in each) for each in cores(text))


def test_whoever_knows_a_person_tries_their_name_address_unit_and_this_product() -> None:
    unit = Organisation(id="unit", name="Example unit, Austria", country="AT")

    words = own_words(ANNA.model_copy(update={"organisation": unit}))

    assert words >= {
        "anna",
        "beispiel",
        "annabeispiel",
        "annabeispielunitexample",
        "unit",
        "austria",
        "casebook",
    }
    assert "" not in own_words(ANNA)
