"""How a person's words are read, and how the reading is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.domain.grammar import LONGEST_QUERY, LONGEST_WORD, MOST_OPERATORS, MOST_WORDS, parse, words_in
from kb.domain.syntax import AllOf, AnyOf, InTitle, Node, Phrase
from tests.domain.readings import READINGS, word


@pytest.mark.parametrize(("text", "node", "sentence"), READINGS, ids=[repr(each[0]) for each in READINGS])
def test_a_text_is_read_and_told_so(text: str, node: Node | None, sentence: str) -> None:
    parsed = parse(text)
    assert parsed.node == node
    assert parsed.read_as == sentence


def test_only_the_first_512_characters_are_read() -> None:
    parsed = parse("ab " * 300 + "never")
    assert "only the first 512 characters were read" in parsed.read_as
    assert "never" not in parsed.read_as
    assert parse("a" * LONGEST_QUERY).read_as.count(";") == 0


def test_a_long_word_is_cut() -> None:
    assert parse("x" * 100).node == word("x" * LONGEST_WORD)


def test_only_the_first_48_words_count() -> None:
    parsed = parse(" ".join(f"w{number}" for number in range(60)))
    assert isinstance(parsed.node, AnyOf)
    assert len(parsed.node.nodes) == MOST_WORDS
    assert parsed.read_as.endswith("; only the first 48 words count.")


@pytest.mark.parametrize("late", ["abc*", "title:a", "tag:a", '"a b"', "-a", "(a OR b)", "a OR b"])
def test_parts_after_the_48th_word_are_left_out(late: str) -> None:
    parsed = parse(" ".join(f"w{number}" for number in range(MOST_WORDS)) + " " + late)
    assert "only the first 48 words count" in parsed.read_as
    assert isinstance(parsed.node, AnyOf)


@pytest.mark.parametrize("operator", ['"{} x"', "-{}", "w{}abc*", "title:{}", "({})", "a OR {}"])
def test_only_the_first_12_operators_count_and_others_are_literal(operator: str) -> None:
    texts = [operator.format(chr(ord("a") + number)) for number in range(MOST_OPERATORS + 5)]
    parsed = parse(" ".join(texts).replace("w", ""))
    assert "only the first 12 operators count" in parsed.read_as
    assert parsed.node is not None
    assert weight(parsed.node) <= MOST_WORDS


def test_five_thousand_parentheses_are_read_in_an_instant() -> None:
    parsed = parse("(" * 5_000 + "a" + ")" * 5_000)
    assert parsed.node is None
    assert parsed.read_as.startswith("Found no word to look for")


def test_words_are_runs_of_letters_and_digits_with_their_marks() -> None:
    assert words_in("l'enquête n° 12_b, हिन्दी مَرحبا") == ("l", "enquête", "n", "12", "b", "हिन्दी", "مَرحبا")


def depth(node: Node) -> int:
    match node:
        case AnyOf():
            return 1 + max(depth(each) for each in node.nodes)
        case AllOf():
            return 1 + max(depth(each) for each in (*node.nodes, *node.without))
        case _:
            return 0


def weight(node: Node) -> int:
    match node:
        case AnyOf():
            return sum(weight(each) for each in node.nodes)
        case AllOf():
            return sum(weight(each) for each in (*node.nodes, *node.without))
        case Phrase() | InTitle():
            return len(node.words)
        case _:
            return 1


PIECES = st.sampled_from(
    [
        "a",
        "b",
        "logs",
        " ",
        " ",
        '"',
        "“",
        "(",
        ")",
        "-",
        "OR",
        " OR ",
        "*",
        "abc*",
        ":",
        "tag:x",
        "title:",
        "\0",
        "🙂",
    ]
)


@given(st.lists(PIECES, max_size=300).map("".join))
def test_whatever_the_pieces_the_tree_stays_small_and_the_sentence_is_one_line(text: str) -> None:
    parsed = parse(text)
    assert parsed.read_as.endswith(".")
    assert "\n" not in parsed.read_as
    if parsed.node is not None:
        assert depth(parsed.node) <= 2 * MOST_OPERATORS + 2
        assert weight(parsed.node) <= MOST_WORDS + MOST_OPERATORS


@given(st.text(max_size=700))
def test_any_text_is_read(text: str) -> None:
    parsed = parse(text)
    assert parsed.read_as
    assert parse(text) == parsed


@given(st.lists(st.from_regex(r"[a-z]{1,12}", fullmatch=True), min_size=1, max_size=MOST_WORDS, unique=True))
def test_plain_words_are_looked_for_as_they_stand(words: list[str]) -> None:
    text = " ".join(words)
    node = parse(text).node
    kept = words if len(text) <= LONGEST_QUERY else words_in(text[:LONGEST_QUERY])
    expected = [word(each) for each in dict.fromkeys(kept)]
    assert node == (expected[0] if len(expected) == 1 else AnyOf(nodes=tuple(expected)))
