"""Postings of one generation over all segments: ids and frequencies alone, never weights, which depend on the viewer."""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Hashable, Sequence
from typing import Generic, NamedTuple, TypeVar

import numpy as np

from kb.adapters.search.array_file import Integers, Mask
from kb.adapters.search.distance import near
from kb.adapters.search.phrases import following
from kb.adapters.search.segment import Segment

MOST_BYTES = 32 << 20
"""Memory for what is remembered of one generation."""
_ENTRY = 400
"""What remembering costs beside the arrays."""


class Posting(NamedTuple):
    """Where a term occurs, and how often in each."""

    documents: Integers
    frequencies: Integers


Value = TypeVar("Value")


class Remembered(Generic[Value]):
    """What was used last, within so many bytes. What lies in a mapped file costs nothing here."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._bytes = 0
        self._known: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Value | None:
        """Give a value and make it the last to be forgotten."""
        with self._lock:
            found = self._known.get(key)
            if found is None:
                return None
            self._known.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, value: Value, size: int) -> Value:
        """Keep a value of some bytes, forgetting those not used for longest."""
        with self._lock:
            if key not in self._known:
                self._known[key] = value, size + _ENTRY
                self._bytes += size + _ENTRY
            while self._bytes > self._most:
                self._bytes -= self._known.popitem(last=False)[1][1]
        return value


class Postings:
    """Safe for threads: nothing is written but what is remembered.

    A posting names deleted documents too; whoever uses it looks through a mask of live ones.
    """

    def __init__(self, parts: Sequence[tuple[int, Segment]]) -> None:
        self._parts = parts
        self._postings: Remembered[Posting] = Remembered()
        self._phrases: Remembered[Integers] = Remembered()

    def of(self, field: str, term: str) -> Posting:
        """Give where a term of a field occurs, over all segments."""
        key = field, term
        known = self._postings.get(key)
        if known is not None:
            return known
        found = [
            (offset, inverted, place)
            for offset, segment in self._parts
            if (inverted := segment.fields.get(field)) and (place := inverted.terms.find(term)) is not None
        ]
        if not found:
            return self._postings.put(key, _NONE, 0)
        posting = Posting(
            _joined([_moved(inverted.documents_of(place), offset) for offset, inverted, place in found]),
            _joined([inverted.frequencies_of(place) for _, inverted, place in found]),
        )
        return self._postings.put(key, posting, _owned(posting.documents) + _owned(posting.frequencies))

    def phrase(self, field: str, terms: Sequence[str]) -> Integers:
        """Give the documents in which the terms follow one another in a field."""
        key = field, *terms
        known = self._phrases.get(key)
        if known is not None:
            return known
        found = [
            _moved(following(inverted, terms), offset)
            for offset, segment in self._parts
            if (inverted := segment.fields.get(field))
        ]
        documents = _joined([_NONE.documents, *found])
        return self._phrases.put(key, documents, documents.nbytes)

    def beginning(self, field: str, prefix: str, mask: Mask) -> Counter[str]:
        """Give the terms that begin so, each with the number of documents of `mask` that have it."""
        found: Counter[str] = Counter()
        for offset, segment in self._parts:
            inverted = segment.fields.get(field)
            low, high = inverted.terms.beginning(prefix) if inverted else (0, 0)
            if inverted and low < high:
                starts = inverted.starts[low : high + 1]
                seen = mask[offset:][inverted.documents[starts[0] : starts[-1]]]
                counts = np.add.reduceat(seen, starts[:-1] - starts[0], dtype=np.intp)
                terms = inverted.terms.part(low, high)
                for term, count in zip(terms, counts.tolist(), strict=True):
                    if count:
                        found[term] += count
        return found

    def within(self, field: str, word: str, distance: int) -> set[str]:
        """Give the terms that begin with the same letter and are at most `distance` edits away."""
        found: set[str] = set()
        for _, segment in self._parts:
            if inverted := segment.fields.get(field):
                found.update(near(word, inverted.terms.part(*inverted.terms.beginning(word[0])), distance))
        return found


_NONE = Posting(np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.uint8))


def _moved(documents: Integers, offset: int) -> Integers:
    return documents + np.int32(offset) if offset else documents


def _joined(parts: Sequence[Integers]) -> Integers:
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _owned(array: Integers) -> int:
    """Give the bytes that an array takes beside the mapped file."""
    return array.nbytes if array.base is None else 0
