"""Words are one where people write them in two ways, and two where a letter differs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.domain.folding import fold, transcribed


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("CGNAT", "cgnat"),
        ("Häuser", "hauser"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("Enquêtes", "enquetes"),
        ("œuvre", "oeuvre"),
        ("NIÑO", "nino"),
        ("Łódź", "lodz"),
        ("smørrebrød", "smorrebrod"),
        ("Þing", "thing"),
        ("Đorđe", "dorde"),
        ("ışık", "isik"),
        ("İstanbul", "istanbul"),
        ("ΟΔΟΣ", "οδοσ"),
        ("οδός", "οδοσ"),
        ("ᾳδης", "αδησ"),
        ("Ёлка", "елка"),
        ("за́мок", "замок"),
        ("Й", "й"),
        ("и\u0306", "й"),
        ("Їжак", "їжак"),
        ("أحمد", "احمد"),
        ("مـحـمد", "محمد"),
        ("שָׁלוֹם", "שלום"),
        ("ﬁle", "file"),
        ("ｶﾞ", "ガ"),
        ("がく", "がく"),
        ("𝐀", "a"),
        ("수사", "수사"),
    ],
)
def test_case_accents_and_ligatures_make_no_other_word(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(("one", "other"), [("й", "и"), ("і", "ї"), ("が", "か"), ("ע", "א"), ("ш", "щ")])
def test_letters_of_their_own_stay(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text(max_size=40))
def test_a_folded_word_stays_as_it_is(text: str) -> None:
    assert fold(fold(fold(text))) == fold(fold(text))


def test_german_is_transcribed_as_it_is_typed_without_umlauts() -> None:
    assert transcribed("Äcker, größere Häuser, Über") == "Aecker, groessere Haeuser, Ueber"
