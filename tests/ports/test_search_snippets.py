"""Snippets: the passage that tells best why a text was found, without markup."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.adapters.search.snippets import ELLIPSIS, LENGTH, plain, prepared, snippet
from kb.domain.query import Snippet

FILLER = "The unit wrote to the authority abroad and waited for weeks. " * 12


def cut(text: str, *wanted: str, family: str = "en") -> Snippet:
    return snippet(prepared(text, family), frozenset(wanted))


def marked(given: Snippet) -> list[str]:
    return [text for text, matched in given.runs if matched]


def test_a_short_text_is_shown_whole() -> None:
    assert cut("Logs were gone.", "log").runs == (("Logs", True), (" were gone.", False))


def test_a_word_is_marked_in_all_its_inflections() -> None:
    assert marked(cut("Log, logs, logged and logging; no blog.", "log")) == [
        "Log",
        "logs",
        "logged",
        "logging",
    ]


def test_without_a_match_the_beginning_is_shown() -> None:
    found = cut(FILLER)
    assert found.text.startswith("The unit wrote")
    assert found.text.endswith(ELLIPSIS)


def test_the_passage_is_where_most_different_words_stand() -> None:
    text = f"{FILLER} retention retention retention {FILLER} retention of the logs {FILLER}"
    found = cut(text, "retent", "log")
    assert marked(found) == ["retention", "logs"]
    assert found.runs[0] == (ELLIPSIS, False)


def test_a_passage_begins_and_ends_with_whole_words() -> None:
    found = cut(f"{FILLER} cgnat {FILLER}", "cgnat").text
    words = set(FILLER.split()) | {"cgnat"}
    assert set(found.strip(ELLIPSIS).split()) <= words


def test_a_match_at_the_end_is_shown_with_what_leads_to_it() -> None:
    found = cut(f"{FILLER} cgnat", "cgnat")
    assert marked(found) == ["cgnat"]
    assert LENGTH // 2 < len(found.text) <= LENGTH + 2


def test_words_of_other_scripts_are_marked_with_their_own_endings() -> None:
    assert marked(cut("Провайдер и провайдеры", "провайдер", family="ru")) == ["Провайдер", "провайдеры"]


def test_accents_do_not_hide_a_match() -> None:
    assert marked(cut("Die Prüfung dauerte.", "prufung", family="de")) == ["Prüfung"]


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("# Title\n\nText", "Title Text"),
        ("**bold** and *soft* and `code`", "bold and soft and code"),
        ("- one\n- two\n1. three", "one two three"),
        ("> quoted", "quoted"),
        ("see [the law](https://example.org/law) here", "see the law here"),
        ("![picture](x.png)", "picture"),
        ("```python\ncode\n```", "code"),
        (r"2 \* 3", "2 * 3"),
        ("snake_case_name and 2 * 3", "snake_case_name and 2 * 3"),
        ("<b>not markup</b>", "<b>not markup</b>"),
        ("a\n\n\n b", "a b"),
    ],
)
def test_the_signs_of_markdown_are_taken_away(markdown: str, shown: str) -> None:
    assert plain(markdown) == shown


@given(st.text(max_size=900), st.frozensets(st.sampled_from(["a", "log", "the"])))
def test_any_text_gives_a_passage_of_itself(text: str, wanted: frozenset[str]) -> None:
    found = snippet(prepared(text, "other"), wanted)
    assert found.text.strip(ELLIPSIS) in plain(text) or not found.text
    assert len(found.text) <= LENGTH + 2
    assert all(run for run, _ in found.runs)
