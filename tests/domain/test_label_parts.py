"""How much of a label some words are."""

from __future__ import annotations

from kb.domain.folding import fold
from kb.domain.label_parts import LabelParts
from kb.domain.small_words import SMALL

LABELS = [
    (0, ("hosting", "abroad")),
    (0, ("bulletproof", "hosting", "abroad")),
    (1, ("data", "kept", "abroad")),
    (2, ("data",)),
    (3, ("the", "29", "x")),
]


def shares(*words: str) -> dict[int, float]:
    return dict(LabelParts(LABELS).shares(words))


def test_the_label_that_was_said_most_counts() -> None:
    assert shares("hosting", "abroad") == {0: 1.0, 1: shares("abroad")[1]}


def test_a_word_of_few_labels_says_more_of_one() -> None:
    assert shares("hosting")[0] > shares("abroad")[0]


def test_a_word_said_twice_counts_once() -> None:
    assert shares("data", "data") == shares("data")


def test_labels_of_one_telling_word_small_words_and_numbers_have_no_parts() -> None:
    assert set(shares("data")) == {1}
    assert not shares("the", "29", "x", "kryptonite")
    assert not LabelParts().shares(["data"])


def test_small_words_are_in_the_form_in_which_words_are_compared() -> None:
    assert all(word == fold(word) for word in SMALL)
    assert {"the", "uber", "a", "pres"} - SMALL == {"pres"}
