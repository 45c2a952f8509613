"""What a search needs of every document at once, as arrays: made once per segment, joined once per generation of the index.

A segment never changes but for its deletions, which are read anew with each generation, so a commit costs its new segment alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from kb.adapters.search.schema import ANALYSED, BODIES, FACETS, STORED_RECORD, TITLES, StoredRecord
from kb.domain.unit import Facet

if TYPE_CHECKING:
    from whoosh.reading import IndexReader

Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.intp]
Weights = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Pairs:
    """The values of one facet: document `documents[i]` has value `values[codes[i]]`."""

    values: tuple[str, ...]
    documents: Numbers
    codes: Numbers

    def where(self, chosen: Mask) -> Pairs:
        """Keep the pairs of some documents."""
        kept = chosen[self.documents]
        return Pairs(self.values, self.documents[kept], self.codes[kept])

    def having(self, values: frozenset[str], size: int) -> Mask:
        """Give the documents that have any of `values`."""
        codes = [code for code, value in enumerate(self.values) if value in values]
        mask = np.zeros(size, dtype=np.bool_)
        mask[self.documents[np.isin(self.codes, codes)]] = True
        return mask

    def counts(self, mask: Mask) -> Iterator[tuple[str, int]]:
        """Count each value over the documents of `mask`; those that none has are left out."""
        counted = np.bincount(self.codes[mask[self.documents]], minlength=len(self.values))
        return ((value, int(number)) for value, number in zip(self.values, counted, strict=True) if number)


@dataclass(frozen=True)
class Segment:
    """The unchanging part of one segment."""

    name: str
    size: int
    records: tuple[StoredRecord, ...]
    lengths: Mapping[str, Weights]
    """Per analysed field the length as Whoosh keeps it, to a byte."""
    exact: Mapping[str, Weights]
    facets: Mapping[Facet, Pairs]


@dataclass(frozen=True)
class Columns:
    """One generation of the whole index; documents are numbered over all segments."""

    live: Mask
    records: tuple[StoredRecord, ...]
    lengths: Mapping[str, Weights]
    exact: Mapping[str, Weights]
    facets: Mapping[Facet, Pairs]

    @property
    def size(self) -> int:
        """Give how many documents there are, deleted ones included."""
        return len(self.records)

    @cached_property
    def kinds(self) -> npt.NDArray[np.str_]:
        """Give the kind of each document's unit."""
        return np.array([record.kind for record in self.records], dtype=np.str_)

    @cached_property
    def cases(self) -> Pairs:
        """Give the case of each document, coded in the order of the cases' ids."""
        names, codes = np.unique(
            np.array([record.case for record in self.records], dtype=np.str_), return_inverse=True
        )
        return Pairs(tuple(names.tolist()), np.arange(self.size), codes.astype(np.intp))

    @cached_property
    def by_id(self) -> Numbers:
        """Give each document's place when they are ordered by id: what decides between equals."""
        return _places(np.array([record.id for record in self.records], dtype=np.str_))

    @cached_property
    def dates(self) -> Weights:
        """Give each document's date as a number that orders them; not a number where there is none."""
        dates = np.array([record.date for record in self.records], dtype=np.str_)
        _, codes = np.unique(dates, return_inverse=True)
        return np.where(dates == "", np.nan, codes.astype(np.float64))

    @cached_property
    def withheld(self) -> Mask:
        """Give the documents whose origin outsiders do not learn."""
        return np.array([record.withheld for record in self.records], dtype=np.bool_)

    @cached_property
    def owners(self) -> npt.NDArray[np.str_]:
        """Give the owner organisation of each document, or the empty string."""
        return np.array([record.owner for record in self.records], dtype=np.str_)


def read_segment(reader: IndexReader) -> Segment:
    """Read one segment's columns."""
    size = reader.doc_count_all()
    records = tuple(StoredRecord(*reader.stored_fields(number)[STORED_RECORD]) for number in range(size))
    lengths = {name: np.zeros(size) for name in ANALYSED}
    exact = {name: np.zeros(size) for name in ANALYSED}
    for number, record in enumerate(records):
        title, body = TITLES[record.family], BODIES[record.family]
        exact[title][number], exact[body][number] = record.title_length, record.body_length
        for name in (title, body):
            lengths[name][number] = reader.doc_field_length(number, name)
    return Segment(reader.segment().segment_id(), size, records, lengths, exact, dict(_facets(reader)))


def join(segments: Sequence[Segment], readers: Sequence[IndexReader]) -> Columns:
    """Join the segments, in the order of their readers, with what is live in them today."""
    offsets = np.cumsum([0, *(segment.size for segment in segments)])
    live = np.zeros(int(offsets[-1]), dtype=np.bool_)
    for offset, reader in zip(offsets, readers, strict=False):
        live[offset + np.fromiter(reader.all_doc_ids(), dtype=np.intp)] = True
    return Columns(
        live=live,
        records=tuple(record for segment in segments for record in segment.records),
        lengths={name: _concatenated([each.lengths[name] for each in segments]) for name in ANALYSED},
        exact={name: _concatenated([each.exact[name] for each in segments]) for name in ANALYSED},
        facets={
            facet: _joined([each.facets.get(facet, _NONE) for each in segments], offsets) for facet in Facet
        },
    )


_NO_NUMBERS = np.zeros(0, dtype=np.intp)
_NONE = Pairs((), _NO_NUMBERS, _NO_NUMBERS)


def _facets(reader: IndexReader) -> Iterator[tuple[Facet, Pairs]]:
    """Read the facet postings; raises ValueError for a facet that is none of ours, which the seal rules out."""
    found: dict[Facet, list[tuple[str, Numbers]]] = {}
    for raw in reader.lexicon(FACETS):
        name, _, value = raw.decode().partition("=")
        documents = np.fromiter(reader.postings(FACETS, raw).all_ids(), dtype=np.intp)
        found.setdefault(Facet(name), []).append((value, documents))
    for facet, postings in found.items():
        codes = [np.full(len(documents), code) for code, (_, documents) in enumerate(postings)]
        yield (
            facet,
            Pairs(
                tuple(value for value, _ in postings),
                np.concatenate([documents for _, documents in postings]),
                np.concatenate(codes),
            ),
        )


def _joined(parts: Sequence[Pairs], offsets: Numbers) -> Pairs:
    values = tuple(sorted({value for part in parts for value in part.values}))
    code = {value: number for number, value in enumerate(values)}
    documents = [part.documents + offset for part, offset in zip(parts, offsets, strict=False)]
    codes = [np.array([code[v] for v in part.values], dtype=np.intp)[part.codes] for part in parts]
    return Pairs(values, np.concatenate([_NO_NUMBERS, *documents]), np.concatenate([_NO_NUMBERS, *codes]))


def _concatenated(parts: Sequence[Weights]) -> Weights:
    return np.concatenate([np.zeros(0), *parts])


def _places(keys: npt.NDArray[np.str_]) -> Numbers:
    places = np.empty(len(keys), dtype=np.intp)
    places[np.argsort(keys, kind="stable")] = np.arange(len(keys))
    return places
