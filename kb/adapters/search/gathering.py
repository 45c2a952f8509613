"""From the very lists of terms that are handed to Whoosh to a segment's arrays, some thousand documents at a time.

Reading them back from Whoosh takes as long as indexing did. That both say the same is what the tests compare.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

import numpy as np

from kb.adapters.search.analysis import FAMILIES
from kb.adapters.search.array_file import Array, Integers, Mask
from kb.adapters.search.inverted import Inverted, Occurrences, narrow
from kb.adapters.search.schema import BODIES, FACETS, READERS, TITLES, WORDS, Document, StoredRecord
from kb.adapters.search.segment import CODED, KINDS, Segment
from kb.adapters.search.term_list import TermList

MOST_TOGETHER = 4_000
"""Documents whose terms are in memory at once: some tens of megabytes."""


class _Field:
    """The terms of one field, document by document, as numbers given in the order in which the terms are first met."""

    def __init__(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict()
        self._numbers.default_factory = self._numbers.__len__
        self._terms = array("i")
        self._documents = array("i")
        self._lengths = array("i")

    def add(self, document: int, terms: Collection[str]) -> None:
        if terms:
            self._terms.extend(map(self._numbers.__getitem__, terms))
            self._documents.append(document)
            self._lengths.append(len(terms))

    def inverted(self, *, positions: bool) -> Inverted:
        """Sort by term, then by document, then by place; what is added in that order stays so."""
        names = sorted(self._numbers)
        places = np.empty(len(names), dtype=np.int32)
        places[[self._numbers[name] for name in names]] = np.arange(len(names), dtype=np.int32)
        lengths = np.array(self._lengths, dtype=np.int64)
        terms = places[np.array(self._terms, dtype=np.int32)]
        documents = np.repeat(np.array(self._documents, dtype=np.int32), lengths)
        order = np.argsort(terms, kind="stable")
        terms, documents = terms[order], documents[order]
        begins = np.flatnonzero(_begins(terms, documents))
        starts = np.searchsorted(terms[begins], np.arange(len(names) + 1))
        occurrences = None
        if positions:
            at = np.arange(len(terms)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
            frequencies = np.diff(begins, append=len(terms))
            position_starts = np.searchsorted(terms, np.arange(len(names) + 1))
            occurrences = Occurrences(narrow(frequencies), position_starts, narrow(at[order]))
        return Inverted(TermList.of(names), starts, documents[begins], occurrences)


class Gathering:
    """Documents that are being added to a segment, numbered as they come."""

    def __init__(self) -> None:
        self._fields: defaultdict[str, _Field] = defaultdict(_Field)
        self._records: list[StoredRecord] = []

    def __len__(self) -> int:
        return len(self._records)

    def add(self, document: Document) -> None:
        """Take the next document in."""
        number, family = len(self._records), document.record.family
        self._records.append(document.record)
        for name, terms in (
            (READERS, document.readers),
            (FACETS, document.facets),
            (WORDS, document.words),
            (TITLES[family], document.title),
            (BODIES[family], document.body),
        ):
            self._fields[name].add(number, terms)

    def segment(self) -> Segment:
        """Give the arrays of the documents so far."""
        arrays = columns_of(self._records)
        inverted = {
            name: field.inverted(positions=name not in {READERS, FACETS, WORDS})
            for name, field in self._fields.items()
        }
        for name, each in inverted.items():
            if len(each.documents):
                arrays |= each.arrays(name)
        return Segment(arrays | facet_codes(inverted.get(FACETS), len(self._records)))


def columns_of(records: Sequence[StoredRecord]) -> dict[str, Array]:
    """Give what each document is."""
    digests = b"".join(bytes.fromhex(record.digest) for record in records)
    found: dict[str, Array] = {
        "digest": np.frombuffer(digests, dtype=np.uint8).reshape(len(records), 32),
        "revision": np.array([record.revision for record in records], dtype=np.int32),
        "kind": np.array([KINDS.index(record.kind) for record in records], dtype=np.uint8),
        "family": np.array([FAMILIES.index(record.family) for record in records], dtype=np.uint8),
        "withheld": np.array([record.withheld for record in records], dtype=np.bool_),
        "title_length": np.array([record.title_length for record in records], dtype=np.int32),
        "body_length": np.array([record.body_length for record in records], dtype=np.int32),
        "days": np.array([record.days for record in records], dtype=np.int32),
    }
    for column in CODED:
        found |= _coded(column, [getattr(record, column) for record in records])
    return found


def facet_codes(facets: Inverted | None, size: int) -> dict[str, Array]:
    """Turn the postings of the facets round: for each document the places of its values."""
    documents: Integers = facets.documents if facets else np.zeros(0, dtype=np.int32)
    codes = np.repeat(np.arange(len(facets.terms)), np.diff(facets.starts)) if facets else documents
    starts = np.zeros(size + 1, dtype=np.int32)
    np.cumsum(np.bincount(documents, minlength=size), out=starts[1:])
    return {
        "facet_codes.starts": starts,
        "facet_codes.codes": codes[np.argsort(documents, kind="stable")].astype(np.int32),
    }


def _coded(column: str, words: Iterable[str]) -> dict[str, Array]:
    listed = list(words)
    known = sorted(set(listed))
    place = {word: number for number, word in enumerate(known)}
    codes = np.array([place[word] for word in listed], dtype=np.int32)
    return TermList.of(known).arrays(f"{column}.values") | {f"{column}.codes": codes}


def _begins(terms: Integers, documents: Integers) -> Mask:
    """Say where another term or another document begins."""
    begins = np.ones(len(terms), dtype=np.bool_)
    begins[1:] = (terms[1:] != terms[:-1]) | (documents[1:] != documents[:-1])
    return begins
