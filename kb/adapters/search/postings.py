"""Postings as arrays, remembered per segment and term: ids and frequencies alone, never weights, which depend on the viewer."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kb.adapters.search.columns import Numbers, Weights

if TYPE_CHECKING:
    from whoosh.reading import IndexReader

MOST_REMEMBERED = 50_000


class Posting(NamedTuple):
    """Where a term occurs, and how often in each."""

    documents: Numbers
    frequencies: Weights


class Remembered:
    """The least recently used cache behind all generations: segments are told by name and never change.

    A posting read before a deletion names documents that are no more; whoever uses it looks through a mask of live ones.
    """

    def __init__(self, most: int = MOST_REMEMBERED) -> None:
        self._most = most
        self._postings: OrderedDict[tuple[str, str, str], Posting] = OrderedDict()

    def get(self, key: tuple[str, str, str]) -> Posting | None:
        """Give a posting and make it the last to be forgotten."""
        found = self._postings.get(key)
        if found is not None:
            self._postings.move_to_end(key)
        return found

    def put(self, key: tuple[str, str, str], posting: Posting) -> Posting:
        """Keep a posting, forgetting the one not used for longest."""
        self._postings[key] = posting
        if len(self._postings) > self._most:
            self._postings.popitem(last=False)
        return posting


class Postings:
    """The postings of one generation; not safe for two threads at once, as Whoosh's files have one place to read at."""

    def __init__(self, readers: Sequence[IndexReader], names: Sequence[str], remembered: Remembered) -> None:
        self._parts: list[tuple[int, str, IndexReader]] = []
        offset = 0
        for name, reader in zip(names, readers, strict=True):
            self._parts.append((offset, name, reader))
            offset += reader.doc_count_all()
        self._remembered = remembered

    def of(self, field: str, term: str) -> Posting:
        """Give where a term of a field occurs, over all segments."""
        parts = [(offset, self._in(name, reader, field, term)) for offset, name, reader in self._parts]
        found = [(offset, posting) for offset, posting in parts if len(posting.documents)]
        if not found:
            return _NONE
        return Posting(
            np.concatenate([posting.documents + offset for offset, posting in found]),
            np.concatenate([posting.frequencies for _, posting in found]),
        )

    def beginning(self, field: str, prefix: str) -> dict[str, int]:
        """Give the terms that begin so, each with the number of documents, hidden and deleted ones included."""
        found: dict[str, int] = {}
        for _, _, reader in self._parts:
            for raw in reader.expand_prefix(field, prefix):
                term = raw.decode()
                found[term] = found.get(term, 0) + reader.doc_frequency(field, raw)
        return found

    def within(self, field: str, word: str, distance: int) -> set[str]:
        """Give the terms that begin with the same letter and are at most `distance` edits away."""
        return {
            str(term)
            for _, _, reader in self._parts
            for term in reader.terms_within(field, word, distance, 1)
        }

    def _in(self, name: str, reader: IndexReader, field: str, term: str) -> Posting:
        key = (name, field, term)
        known = self._remembered.get(key)
        return known if known is not None else self._remembered.put(key, _read(reader, field, term))


_NONE = Posting(np.zeros(0, dtype=np.intp), np.zeros(0))


def _read(reader: IndexReader, field: str, term: str) -> Posting:
    if (field, term) not in reader:
        return _NONE
    matcher = reader.postings(field, term)
    documents: list[int] = []
    frequencies: list[float] = []
    while matcher.is_active():
        documents.append(matcher.id())
        frequencies.append(matcher.weight())
        matcher.next()
    return Posting(np.array(documents, dtype=np.intp), np.array(frequencies))
