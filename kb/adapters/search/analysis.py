"""Text to terms: one family of fields per language, each with its own stemmer, never one stemmer over mixed text.

Analysed here, once, instead of by Whoosh's token objects: the exact number of terms is needed for the score, the snippeter needs the
places of words in the text, and whole words are folded and stemmed once each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from itertools import pairwise
from typing import TypeVar

from whoosh.lang import stemmer_for_language, stopwords_for_language

from kb.domain import folding
from kb.domain.grammar import LONGEST_WORD, words_in

Value = TypeVar("Value")

STEMMED = ("de", "en", "es", "fr", "it", "ru")
"""The languages of the interface, for which Whoosh has stemmers and stop words."""
OTHER = "other"
"""Any other language: folded only, because a wrong stemmer does more harm than none."""
FAMILIES = (*STEMMED, OTHER)
MOST_WORDS = 100_000
"""Words of one family whose terms are remembered."""
VERSION = 2
"""Raised with every change to this module or to folding that gives other terms: an index of other terms is rebuilt."""

_NO_UMLAUT = r"israel|michael|poe[mst]|soeben|zuer|[dnstx]uell"
"""Where ae, oe and ue stand for themselves, as ue does after a, e and q: aktuell; Feuer, Quelle."""
_MENDED: dict[str, tuple[re.Pattern[str], str]] = {
    "de": (re.compile(rf"({_NO_UMLAUT})|([ao]|(?<![aeq])u)e"), r"\1\2"),
    "es": (re.compile(r"ion$"), "ión"),
    "fr": (re.compile(r"ee(s?)$"), r"e\1"),
}
"""Words are folded first, so that accents never decide. Then German ae, oe and ue, written where there is no key for the umlaut,
become what folding makes of umlauts (Snowball's "german2"), and endings that a stemmer knows with their accents alone get these."""
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff"
    "\U00020000-\U0003ffff]+"
)
"""Scripts that put no blanks between words (Thai, Lao, Burmese, Khmer, Chinese, Japanese), or glue endings to them (Korean)."""


def family_of(language: str) -> str:
    """Give the family that a BCP 47 tag belongs to."""
    primary = language.partition("-")[0]
    return primary if primary in STEMMED else OTHER


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Give the word without case and accents, as people type it, of a length that an index can bear."""
    return folding.fold(word[:LONGEST_WORD])


class _Remembered(dict[str, Value]):
    """What was found for words: a dictionary that fills itself, and is emptied when full. Several times faster than `lru_cache`."""

    def __init__(self, find: Callable[[str], Value]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, word: str) -> Value:
        if len(self) >= MOST_WORDS:
            self.clear()
        found = self[word] = self._find(word)
        return found


@cache
def terms_by_word(family: str) -> Mapping[str, str]:
    """Give for any word the term under which it is found, or the empty string for a stop word."""
    if family == OTHER:
        return _Remembered(fold)
    stop, stem = _stop_words(family), _stemmer(family)

    def find(word: str) -> str:
        mended = _mended(family, fold(word))
        return "" if mended in stop else stem(mended)

    return _Remembered(find)


@cache
def _terms_of(family: str) -> Mapping[str, tuple[str, ...]]:
    term = terms_by_word(family)
    return _Remembered(lambda word: tuple(found for piece in pieces(word) if (found := term[piece])))


def term(family: str, word: str) -> str:
    """Give the term under which a word is found, or the empty string for a stop word."""
    return terms_by_word(family)[word]


def terms_of(family: str, word: str) -> tuple[str, ...]:
    """Give the terms of one word: none of a stop word, several where words are written without blanks."""
    return _terms_of(family)[word]


def terms(family: str, text: str) -> list[str]:
    """Give the terms of a text in their order; stop words leave no gap, so a phrase may be typed without them."""
    known = _terms_of(family)
    return [found for word in words_in(text) for found in known[word]]


def pieces(word: str) -> tuple[str, ...]:
    """Give what of a word is compared: mostly itself; of a run without blanks every two neighbours, as any two may be a word."""
    if word.isascii() or not _UNSPACED.search(word):
        return (word,)
    return tuple(piece for run in _runs(word) for piece in (_pairs(run) if _UNSPACED.match(run) else (run,)))


def is_unspaced(word: str) -> bool:
    """Say whether it may stand inside a run of letters without being less of a word."""
    return bool(_UNSPACED.match(word))


def surface_words(family: str, text: str) -> set[str]:
    """Give the folded words as people write them, German ones in both ways: what prefixes and suggestions are made of."""
    words = {word for word in set(words_in(text)) if len(word) > 1 and not word.isdigit()}
    found = {fold(word) for word in words}
    if family == "de":
        found |= {_mended("de", word) for word in found} | {fold(folding.transcribed(word)) for word in words}
    return found


def _mended(family: str, folded: str) -> str:
    if family not in _MENDED:
        return folded
    pattern, replacement = _MENDED[family]
    return pattern.sub(replacement, folded)


def _runs(word: str) -> list[str]:
    ends = [end for found in _UNSPACED.finditer(word) for end in found.span()]
    borders = sorted({0, *ends, len(word)})
    return [word[start:end] for start, end in pairwise(borders)]


def _pairs(run: str) -> tuple[str, ...]:
    return tuple(run[at : at + 2] for at in range(max(1, len(run) - 1)))


@cache
def _stop_words(language: str) -> frozenset[str]:
    return frozenset(_mended(language, fold(word)) for word in stopwords_for_language(language))


@cache
def _stemmer(language: str) -> Callable[[str], str]:
    stem: Callable[[str], str] = stemmer_for_language(language)
    return stem
