"""The facet values of all documents, both ways round: the documents of a value, and the values of a document.

Documents keep the values that they were written with. Where another value stands for one, the documents of both are its own, and a
document that has both has it once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np

from kb.adapters.search.array_file import Integers, Mask, Numbers
from kb.adapters.search.schema import FACETS
from kb.adapters.search.segment import Segment
from kb.domain.unit import Facet, Standing


class _Coded(NamedTuple):
    """The codes of all documents one after the other, and where each document's begin; one more start than documents."""

    starts: Integers
    codes: Integers


class FacetColumns:
    """Values are coded in the order of `FACET=VALUE`, so that each facet has a span of codes."""

    def __init__(
        self, parts: Sequence[tuple[int, Segment]], size: int, standing: frozenset[Standing] = frozenset()
    ) -> None:
        self._size = size
        self._parts = parts
        self._ends = {f"{facet.value}={value}": f"{facet.value}={end}" for facet, value, end in standing}
        self._stood_for: defaultdict[str, list[str]] = defaultdict(list)
        for value, end in sorted(self._ends.items()):
            self._stood_for[end].append(value)
        self._fields = [
            (offset, segment.fields[FACETS]) for offset, segment in parts if FACETS in segment.fields
        ]
        self._stated: dict[Facet, Mask] = {}
        self._of_facet: dict[Facet, _Coded] = {}
        self._documents: dict[tuple[Facet, str], list[tuple[int, Integers]]] = {}

    @cached_property
    def _terms(self) -> list[str]:
        return sorted(
            {self._ends.get(term, term) for _, segment in self._parts for term in segment.facet_terms}
        )

    def __len__(self) -> int:
        return len(self._terms)

    @cached_property
    def spans(self) -> Mapping[Facet, tuple[int, int]]:
        """Give for each facet the first code of it and the first after."""
        names = [term.partition("=")[0] for term in self._terms]
        return {
            facet: (names.index(facet.value), names.index(facet.value) + names.count(facet.value))
            if facet.value in names
            else (0, 0)
            for facet in Facet
        }

    @cached_property
    def values(self) -> Mapping[Facet, tuple[str, ...]]:
        """Give the values of each facet, in the order of their codes."""
        return {
            facet: tuple(term.partition("=")[2] for term in self._terms[start:end])
            for facet, (start, end) in self.spans.items()
        }

    def names(self, facet: Facet) -> tuple[str, ...]:
        """Give the values that a query can name, those for which others stand included."""
        begin = f"{facet.value}="
        merged = (term.removeprefix(begin) for term in self._ends if term.startswith(begin))
        return (*self.values[facet], *merged)

    def end(self, facet: Facet, value: str) -> str:
        """Give the value that stands for one, which is itself for most."""
        term = f"{facet.value}={value}"
        return self._ends.get(term, term).partition("=")[2]

    def having(self, facet: Facet, values: frozenset[str]) -> Mask:
        """Give the documents that have any of `values`."""
        mask = np.zeros(self._size, dtype=np.bool_)
        for value in values:
            for offset, documents in self._having(facet, value):
                mask[offset:][documents] = True
        return mask

    def _having(self, facet: Facet, value: str) -> Sequence[tuple[int, Integers]]:
        """Give where the documents of a value stand in each segment; a value that none has is not remembered."""
        known = self._documents.get((facet, value))
        if known is None:
            term = f"{facet.value}={self.end(facet, value)}"
            known = [
                (offset, field.documents_of(place))
                for offset, field in self._fields
                for each in (term, *self._stood_for.get(term, ()))
                if (place := field.terms.find(each)) is not None
            ]
            if known:
                self._documents[facet, value] = known
        return known

    def stated(self, facet: Facet) -> Mask:
        """Say of each document whether it has a value of the facet."""
        if facet not in self._stated:
            self._stated[facet] = np.concatenate(
                [np.zeros(0, dtype=np.bool_), *(segment.stated(facet) for _, segment in self._parts)]
            )
        return self._stated[facet]

    def most_frequent(
        self, counts: Integers, facets: Iterable[Facet]
    ) -> Mapping[Facet, list[tuple[int, str]]]:
        """Give of facets the values that count anything, most frequent first: what sorts them so, and the value."""
        found: dict[Facet, list[tuple[int, str]]] = {facet: [] for facet in facets}
        spans = sorted(self.spans[facet] for facet in found)
        present = np.concatenate([np.flatnonzero(counts[start:end]) + start for start, end in spans])
        lesser = -counts[present]
        order = np.lexsort((lesser, self._places_of_facets[present]))
        for code, less in zip(present[order].tolist(), lesser[order].tolist(), strict=True):
            facet, value = self._named[code]
            found[facet].append((less, value))
        return found

    @cached_property
    def _named(self) -> Sequence[tuple[Facet, str]]:
        return [(Facet(name), value) for name, _, value in (term.partition("=") for term in self._terms)]

    @cached_property
    def _places_of_facets(self) -> Integers:
        """Give the facet of each code as a number."""
        places = {facet: place for place, facet in enumerate(Facet)}
        return np.array([places[facet] for facet, _ in self._named], dtype=np.intp)

    def tally(self, documents: Integers) -> Integers:
        """Count each code over some documents."""
        return np.bincount(_gathered(self._own, documents)[1], minlength=len(self))

    def pairs(self, documents: Integers, facet: Facet) -> tuple[Numbers, Integers]:
        """Give the values of one facet that some documents have: each document by its place among them, each value by its own."""
        lengths, codes = _gathered(self._alone(facet), documents)
        return np.repeat(np.arange(len(documents)), lengths), codes

    def _alone(self, facet: Facet) -> _Coded:
        """Give the values of one facet; a table of two facets would pass by those of all others each time."""
        if facet not in self._of_facet:
            start, end = self.spans[facet]
            starts, codes = self._own
            wanted = (codes >= start) & (codes < end)
            before = np.concatenate([np.zeros(1, dtype=np.intp), np.cumsum(wanted)])
            self._of_facet[facet] = _Coded(before[starts], codes[wanted] - start)
        return self._of_facet[facet]

    @cached_property
    def _own(self) -> _Coded:
        met = self._ends.keys() & {term for _, segment in self._parts for term in segment.facet_terms}
        coded = _Coded(self._written_starts, self._written_codes(keep=not met))
        return _each_once(coded, len(self)) if met else coded

    @cached_property
    def _written_starts(self) -> Integers:
        base, starts = 0, [np.zeros(1, dtype=np.intp)]
        for _, segment in self._parts:
            starts.append(segment.facets.starts[1:] + np.intp(base))
            base += len(segment.facets.codes)
        return np.concatenate(starts)

    def _written_codes(self, *, keep: bool) -> Integers:
        """Give the codes as the documents hold them; those of one segment alone may be kept as they are mapped."""
        if keep and len(self._parts) == 1:
            return self._parts[0][1].facets.codes
        code = {term: number for number, term in enumerate(self._terms)}
        parts = [np.zeros(0, dtype=np.int32)]
        for _, segment in self._parts:
            terms = [self._ends.get(term, term) for term in segment.facet_terms]
            codes = np.array([code[term] for term in terms], dtype=np.int32)
            parts.append(codes[segment.facets.codes])
        return np.concatenate(parts)


def _gathered(coded: _Coded, documents: Integers) -> tuple[Integers, Integers]:
    """Give how many codes each of some documents has, and the codes one document after the other."""
    begins = coded.starts[documents]
    lengths = coded.starts[1:][documents] - begins
    ends = np.cumsum(lengths)
    at = np.repeat(begins - (ends - lengths), lengths)
    at += np.arange(len(at))
    return lengths, coded.codes[at]


def _each_once(coded: _Coded, values: int) -> _Coded:
    """Let no document have a code twice."""
    starts, codes = coded
    documents = np.repeat(np.arange(len(starts) - 1, dtype=np.int64), np.diff(starts))
    pairs = np.unique(documents * max(values, 1) + codes)
    documents, once = np.divmod(pairs, max(values, 1))
    fresh = np.zeros(len(starts), dtype=np.intp)
    np.cumsum(np.bincount(documents, minlength=len(starts) - 1), out=fresh[1:])
    return _Coded(fresh, once.astype(np.int32))
