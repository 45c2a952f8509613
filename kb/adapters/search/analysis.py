"""Text to terms: one family of fields per language, each with its own stemmer, never one stemmer over mixed text.

Analysed here, once, instead of by Whoosh's token objects: the exact number of terms is needed for the score, the snippeter needs the
places of words in the text, and whole words are folded and stemmed once each.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

from whoosh.lang import stemmer_for_language, stopwords_for_language

from kb.domain.grammar import LONGEST_WORD, words_in

STEMMED = ("de", "en", "es", "fr", "it", "ru")
"""The languages of the interface, for which Whoosh has stemmers and stop words."""
OTHER = "other"
"""Any other language: folded only, because a wrong stemmer does more harm than none."""
FAMILIES = (*STEMMED, OTHER)
VERSION = 1
"""Raised with every change to this module that gives other terms: an index of other terms is rebuilt."""

_MENDED = {
    "es": (re.compile(r"ion$"), "ión"),
    "fr": (re.compile(r"ee(s?)$"), r"e\1"),
}
"""Endings that a stemmer knows with their accents alone: words are folded first, so that accents never decide."""
_CYRILLIC = re.compile("[\u0400-\u04ff]")


def family_of(language: str) -> str:
    """Give the family that a BCP 47 tag belongs to."""
    primary = language.partition("-")[0]
    return primary if primary in STEMMED else OTHER


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Give the word without case and accents, as people type it; Cyrillic keeps й, which is a letter of its own."""
    word = word[:LONGEST_WORD].casefold()
    if word.isascii():
        return word
    if _CYRILLIC.search(word):
        return word.replace("ё", "е")
    decomposed = unicodedata.normalize("NFKD", word)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))


@lru_cache(maxsize=200_000)
def term(family: str, word: str) -> str:
    """Give the term under which a word is found, or the empty string for a stop word."""
    folded = fold(word)
    if family == OTHER:
        return folded
    if folded in _stop_words(family):
        return ""
    if family in _MENDED:
        pattern, ending = _MENDED[family]
        folded = pattern.sub(ending, folded)
    return _stemmer(family)(folded)


def terms(family: str, text: str) -> list[str]:
    """Give the terms of a text in their order; stop words leave no gap, so a phrase may be typed without them."""
    return [found for word in words_in(text) if (found := term(family, word))]


def surface_words(text: str) -> set[str]:
    """Give the folded words as people write them: what prefixes and suggestions are made of."""
    return {fold(word) for word in set(words_in(text)) if len(word) > 1 and not word.isdigit()}


@cache
def _stop_words(language: str) -> frozenset[str]:
    return frozenset(fold(word) for word in stopwords_for_language(language))


@cache
def _stemmer(language: str) -> Callable[[str], str]:
    stem: Callable[[str], str] = stemmer_for_language(language)
    return stem
