"""Snippets: the passage of a text that tells best why it was found, as runs of text without markup."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from kb.adapters.search.analysis import is_unspaced, pieces, terms_by_word
from kb.domain.grammar import words_in
from kb.domain.query import Snippet

LENGTH = 240
"""Characters of a snippet, about."""
LEAD = 50
"""Characters shown before the first match."""
ELLIPSIS = "…"


def _without_emphasis(sign: re.Match[str]) -> str:
    """Take a run of signs away where it opens or closes a word; between blanks, or inside a word, it is text."""
    before, after = (
        sign.string[max(0, sign.start() - 1) : sign.start()],
        sign.string[sign.end() : sign.end() + 1],
    )
    if before == "\\":
        return sign.group()
    opens = after.strip() and not (before.isalnum() or before == "_")
    closes = before.strip() and not (after.isalnum() or after == "_")
    return "" if opens or closes else sign.group()


_MARKS: tuple[tuple[str, re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    ("`~", re.compile(r"^(?:```|~~~).*$", re.MULTILINE), " "),
    ("]", re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)"), r"\1"),
    ("#>-*+.)", re.compile(r"^[ \t]{0,3}(?:#{1,6}|>+|[-*+]|\d{1,3}[.)])[ \t]+", re.MULTILINE), ""),
    ("*_~`", re.compile(r"[*_~`]+"), _without_emphasis),
    ("\\", re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)
"""Markdown's signs, taken away in this order; what is not one stays as it was typed. A pattern is tried where one of its signs stands."""


class Place(NamedTuple):
    """A word that matches, where it stands in a text."""

    start: int
    end: int
    term: str


class Prepared(NamedTuple):
    """A text ready to be cut: without Markdown's signs, with the words, or pieces of words, that have each term, parted by blanks."""

    text: str
    words: Mapping[str, str]


def prepared(markdown: str, family: str) -> Prepared:
    """Prepare a text once, so that cutting a snippet analyses nothing."""
    chunks, known = _unmarked(markdown).split(), terms_by_word(family)
    words = _words(set(chunks))
    by_term = dict(zip(map(known.__getitem__, words), words, strict=True))
    for word in words.difference(by_term.values()):
        by_term[known[word]] += f" {word}"
    return Prepared(" ".join(chunks), by_term)


def _words(chunks: Set[str]) -> set[str]:
    """Give the words, or their pieces, of what stands between blanks: most of it is a word as it stands."""
    words = {chunk for chunk in chunks if chunk.isascii() and chunk.isalnum()}
    others = words_in(" ".join(chunks - words))
    return words.union(*map(pieces, others))


def plain(markdown: str) -> str:
    """Give a text on one line without Markdown's signs; it is not HTML, whoever shows it escapes it."""
    return " ".join(_unmarked(markdown).split())


def _unmarked(markdown: str) -> str:
    for signs, pattern, replacement in _MARKS:
        if any(sign in markdown for sign in signs):
            markdown = pattern.sub(replacement, markdown)
    return markdown


def snippet(source: Prepared, wanted: Set[str]) -> Snippet:
    """Give the passage with most of the wanted terms, or the beginning of a text that has none."""
    text = source.text
    found = sorted(_matches(source, wanted))
    start, end = _bounds(text, found)
    runs: list[tuple[str, bool]] = [(ELLIPSIS, False)] if start else []
    at = start
    for place in _apart(found):
        if start <= place.start and place.end <= end:
            runs += [(text[at : place.start], False), (text[place.start : place.end], True)]
            at = place.end
    runs += [(text[at:end], False), (ELLIPSIS if end < len(text) else "", False)]
    return Snippet(runs=tuple(run for run in runs if run[0]))


def _apart(places: Sequence[Place]) -> Iterator[Place]:
    """Join places that overlap, as neighbours in a text without blanks do."""
    joined: list[Place] = []
    for place in places:
        if joined and place.start < joined[-1].end:
            joined[-1] = joined[-1]._replace(end=max(place.end, joined[-1].end))
        else:
            joined.append(place)
    yield from joined


def _matches(source: Prepared, wanted: Set[str]) -> Iterator[Place]:
    for found in source.words.keys() & wanted:
        for word in source.words[found].split():
            yield from (Place(start, start + len(word), found) for start in _starts(source.text, word))


def _starts(text: str, word: str) -> Iterator[int]:
    """Give where a whole word stands; several times faster than a pattern over all words."""
    start, anywhere = text.find(word), is_unspaced(word)
    while start >= 0:
        end = start + len(word)
        if anywhere or not (_goes_on(text[start - 1 : start]) or _goes_on(text[end : end + 1])):
            yield start
        start = text.find(word, start + 1 if anywhere else end)


def _goes_on(character: str) -> bool:
    return bool(character) and (character.isalnum() or bool(unicodedata.combining(character)))


def _bounds(text: str, found: Sequence[Place]) -> tuple[int, int]:
    """Give where the passage begins and ends, at the borders of words."""
    if len(text) <= LENGTH:
        return 0, len(text)
    start = max(0, _best(found) - LEAD) if found else 0
    start = min(start, len(text) - LENGTH)
    if start:
        blank = text.find(" ", start, start + LEAD)
        start = blank + 1 if blank >= 0 else start
    end = start + LENGTH
    if end < len(text):
        blank = text.rfind(" ", start + LENGTH // 2, end + 1)
        end = blank if blank >= 0 else end
    return start, min(end, len(text))


def _best(found: Sequence[Place]) -> int:
    """Give the start of the first match from which on most different terms follow, then most matches."""
    starts = [place.start for place in found]
    room = LENGTH - LEAD - 20

    def richness(number: int) -> tuple[int, int, int]:
        within = found[number : bisect_right(starts, starts[number] + room)]
        return len({place.term for place in within}), len(within), -number

    return starts[max(range(len(found)), key=richness)]
