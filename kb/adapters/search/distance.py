"""Words a few edits away, by the usual table of distances filled for all words at once.

Few words come that far: an edit changes the length by one at most, and which letters there are by two, and both are told by a word's size
and one number of bits, compared for all words at once.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kb.adapters.search.array_file import Integers


class Words:
    """Words to be compared with another; their letters lie one after the other."""

    def __init__(self, text: str, lengths: Integers) -> None:
        self._text = text
        self._lengths = lengths
        self._starts = np.cumsum(lengths) - lengths

    @classmethod
    def of(cls, words: Sequence[str]) -> Words:
        """Take words that are not empty."""
        return cls("".join(words), np.array([len(word) for word in words], dtype=np.intp))

    def like(self, word: str, most: int) -> list[str]:
        """Give those whose length and letters allow so few edits, and some others."""
        if not len(self._lengths):
            return []
        letters = np.bitwise_or.reduceat(_bits(self._text), self._starts)
        own = np.bitwise_or.reduce(_bits(word))
        alike = (np.abs(self._lengths - len(word)) <= most) & (np.bitwise_count(letters ^ own) <= 2 * most)
        chosen = np.flatnonzero(alike)
        ends = (self._starts + self._lengths)[chosen].tolist()
        return [self._text[a:b] for a, b in zip(self._starts[chosen].tolist(), ends, strict=True)]


def _bits(text: str) -> Integers:
    """Give each letter as one bit of 64; some letters share one."""
    letters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    bits: Integers = np.uint64(1) << (letters & np.uint32(63)).astype(np.uint64)
    return bits


def near(word: str, words: Words, most: int) -> list[str]:
    """Give those of `words` that at most `most` letters put in, left out or replaced make of `word`."""
    candidates = words.like(word, most)
    if not candidates:
        return []
    distances = _distances(word, candidates)
    return [each for each, distance in zip(candidates, distances.tolist(), strict=True) if distance <= most]


def _distances(word: str, words: Sequence[str]) -> Integers:
    """Fill the table row by row, a row being a letter of the words and a column one of `word`. Source: Wagner and Fischer (1974)."""
    letters = np.array(words, dtype=np.str_)
    table = letters.view(np.uint32).reshape(len(words), -1).T
    lengths = np.array([len(each) for each in words])
    distances = np.zeros(len(words), dtype=np.int16)
    above = [np.full(len(words), column, dtype=np.int16) for column in range(len(word) + 1)]
    for row, letter in enumerate(table, 1):
        here = [np.full(len(words), row, dtype=np.int16)]
        for column, wanted in enumerate(word, 1):
            replaced = above[column - 1] + (letter != ord(wanted))
            here.append(np.minimum(np.minimum(above[column], here[-1]) + 1, replaced))
        distances = np.where(lengths == row, here[-1], distances)
        above = here
    return distances
