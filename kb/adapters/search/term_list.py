"""A sorted list of distinct words as two arrays: one blob of UTF-8 and where in it each word begins.

UTF-8 sorts as the letters do, and as Whoosh's lexicon does, so a word and the words that begin so are found by bisecting.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from kb.adapters.search.array_file import Array, Arrays, Integers
from kb.adapters.search.distance import Words

STRIDE = 32
"""One word in so many is kept in Python, so that most of the bisecting costs nothing."""
MOST_KNOWN = 20_000
"""Words whose places one list remembers: a segment outlives many generations, and after each the same words are asked again."""
_AFTER_ALL = b"\xff"
"""Follows every letter of UTF-8."""
_KIND, _FOLLOWS = np.uint8(0xC0), np.uint8(0x80)
"""The bits of a byte by which UTF-8 tells whether it goes on with a letter."""


class TermList:
    """Words in order, told by their places in it."""

    def __init__(
        self, starts: Integers, blob: npt.NDArray[np.uint8], *, most_known: int = MOST_KNOWN
    ) -> None:
        self._starts = starts
        self._blob = blob
        self._most_known = most_known
        self._known: dict[str, tuple[int, bool]] = {}

    @classmethod
    def of(cls, words: Iterable[str], *, most_known: int = MOST_KNOWN) -> TermList:
        """Make a list of words that are in order and distinct."""
        encoded = [word.encode() for word in words]
        starts = np.zeros(len(encoded) + 1, dtype=np.int32)
        np.cumsum([len(word) for word in encoded], out=starts[1:])
        return cls(starts, np.frombuffer(b"".join(encoded), dtype=np.uint8), most_known=most_known)

    @classmethod
    def from_arrays(cls, arrays: Arrays, name: str) -> TermList:
        """Take a list out of a segment's arrays."""
        return cls(arrays[f"{name}.starts"], arrays[f"{name}.blob"])

    def arrays(self, name: str) -> dict[str, Array]:
        """Give the list for a segment's arrays."""
        return {f"{name}.starts": self._starts, f"{name}.blob": self._blob}

    def __len__(self) -> int:
        return len(self._starts) - 1

    @property
    def known(self) -> int:
        """Say how many words' places are remembered."""
        return len(self._known)

    def __getitem__(self, place: int) -> str:
        return self._at(place).decode()

    def __iter__(self) -> Iterator[str]:
        return iter(self.part(0, len(self)))

    def part(self, start: int, end: int) -> list[str]:
        """Give the words from one place to before another."""
        starts = self._starts[start : end + 1].tolist()
        if len(starts) < 2:
            return []
        text = self._blob[starts[0] : starts[-1]].tobytes()
        base = starts[0]
        return [text[a - base : b - base].decode() for a, b in pairwise(starts)]

    def words(self, start: int, end: int) -> Words:
        """Give the words from one place to before another, to be compared with another word."""
        starts = self._starts[start : end + 1]
        blob = self._blob[starts[0] : starts[-1]] if end > start else self._blob[:0]
        letters = np.concatenate(([0], np.cumsum((blob & _KIND) != _FOLLOWS)))
        return Words(blob.tobytes().decode(), np.diff(letters[starts - starts[0]]))

    def find(self, word: str) -> int | None:
        """Give the place of a word, or None where it is not in the list."""
        place, there = self._looked_up(word)
        return place if there else None

    def place(self, word: str) -> int:
        """Give the place that a word has, or would have."""
        return self._looked_up(word)[0]

    def beginning(self, prefix: str) -> tuple[int, int]:
        """Give the places from which and before which words begin so."""
        key = _bytes(prefix)
        return self._place(key), self._place(key + _AFTER_ALL)

    @cached_property
    def _samples(self) -> Sequence[bytes]:
        return [self._at(place) for place in range(0, len(self), STRIDE)]

    def _looked_up(self, word: str) -> tuple[int, bool]:
        """Give the place of a word, and whether it is there."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= self._most_known:
                self._known.clear()
            key = _bytes(word)
            place = self._place(key)
            known = self._known[word] = place, place < len(self) and self._at(place) == key
        return known

    def _at(self, place: int) -> bytes:
        return self._blob[self._starts[place] : self._starts[place + 1]].tobytes()

    def _place(self, key: bytes) -> int:
        block = bisect_left(self._samples, key)
        low = max(0, block - 1) * STRIDE
        return bisect_left(range(len(self)), key, low, min(block * STRIDE, len(self)), key=self._at)


def _bytes(word: str) -> bytes:
    """Give a word that is looked for as it would stand in a list: a terminal's broken letters stand in none, and break nothing."""
    return word.encode(errors="surrogatepass")


def united(lists: Sequence[Sequence[str]]) -> tuple[TermList, list[Integers]]:
    """Give one list of all words, and for each of the lists where its words are in it."""
    everything = sorted(set().union(*lists))
    place = {word: number for number, word in enumerate(everything)}
    places = [np.array([place[word] for word in each], dtype=np.int32) for each in lists]
    return TermList.of(everything), list(places)
