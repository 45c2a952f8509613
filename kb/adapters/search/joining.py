"""Several segments' arrays into one's, as Whoosh merges segments: without the deleted documents, the others one after the other.

Where each term's postings go is counted first, so that they are copied part by part and block by block: the memory that it takes does
not grow with the index.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np

from kb.adapters.search.array_file import Array, Integers, Shape, shapes_of
from kb.adapters.search.gathering import facet_codes
from kb.adapters.search.inverted import Inverted, Occurrences
from kb.adapters.search.schema import FACETS
from kb.adapters.search.segment import CODED, FIELDS, PLAIN, Segment
from kb.adapters.search.term_list import TermList, united

BLOCK = 1 << 19
"""Postings that are copied at once, about."""

Room = Callable[[Mapping[str, Shape]], Mapping[str, Array]]
"""Gives arrays of these shapes to be filled, in memory or in a file."""


class Part(NamedTuple):
    """A segment and the documents of it that are kept, in their order."""

    segment: Segment
    kept: Integers


class _Source(NamedTuple):
    """One part of one field."""

    inverted: Inverted
    renumbered: Integers
    """By old document the new one; -1 where it is dropped."""

    block: int

    def blocks(self) -> Iterator[tuple[int, int]]:
        """Cut the terms where enough postings are together."""
        starts = self.inverted.starts
        low = 0
        while low < len(starts) - 1:
            high = int(np.searchsorted(starts, starts[low] + self.block, side="right")) - 1
            high = max(high, low + 1)
            yield low, high
            low = high

    def documents(self, low: int, high: int) -> Integers:
        """Give the new documents of some terms' postings, with -1 for those dropped."""
        starts = self.inverted.starts
        return self.renumbered[self.inverted.documents[starts[low] : starts[high]]]

    def frequencies(self, low: int, high: int) -> Integers:
        """Give the frequencies of some terms' postings."""
        assert self.inverted.occurrences
        starts = self.inverted.starts
        return self.inverted.occurrences.frequencies[starts[low] : starts[high]]

    def positions(self, low: int, high: int) -> Integers:
        """Give the positions of some terms' postings."""
        assert self.inverted.occurrences
        starts = self.inverted.occurrences.starts
        return self.inverted.occurrences.positions[starts[low] : starts[high]]


class _Counted(NamedTuple):
    """How much of each term of a source is kept, and where the term is in the joined list."""

    source: _Source
    postings: Integers
    positions: Integers
    places: Integers


class _Field:
    """One field joined: what room it takes, then its filling."""

    def __init__(self, name: str, sources: Sequence[_Source]) -> None:
        self.name = name
        counts = [_count(source) for source in sources]
        used = [np.flatnonzero(postings) for postings, _ in counts]
        words = [_chosen(source.inverted.terms, each) for source, each in zip(sources, used, strict=True)]
        self.terms, places = united(words)
        self._counted = []
        for source, (postings, positions), each, place in zip(sources, counts, used, places, strict=True):
            where = np.full(len(postings), -1, dtype=np.int32)
            where[each] = place
            self._counted.append(_Counted(source, postings, positions, where))

    @cached_property
    def starts(self) -> Integers:
        """Give where each term's postings begin."""
        return self._starts([each.postings for each in self._counted])

    @cached_property
    def position_starts(self) -> Integers:
        """Give where each term's positions begin."""
        return self._starts([each.positions for each in self._counted])

    def _starts(self, counts: Sequence[Integers]) -> Integers:
        sums = np.zeros(len(self.terms) + 1, dtype=np.int64)
        for each, count in zip(self._counted, counts, strict=True):
            sums[each.places[count > 0] + 1] += count[count > 0]
        return np.cumsum(sums)

    def ready(self) -> dict[str, Array]:
        """Give the arrays that are known before anything is copied."""
        found = self.terms.arrays(f"{self.name}.terms") | {f"{self.name}.starts": self.starts}
        if self._occurrences:
            found[f"{self.name}.position_starts"] = self.position_starts
        return found

    def shapes(self) -> dict[str, Shape]:
        """Give the room for what is copied."""
        postings = (int(self.starts[-1]),)
        found = {f"{self.name}.documents": Shape(np.dtype(np.int32), postings)}
        if parts := self._occurrences:
            frequencies = np.result_type(*(each.frequencies for each in parts))
            positions = np.result_type(*(each.positions for each in parts))
            found[f"{self.name}.frequencies"] = Shape(frequencies, postings)
            found[f"{self.name}.positions"] = Shape(positions, (int(self.position_starts[-1]),))
        return found

    @property
    def _occurrences(self) -> list[Occurrences]:
        found = [each.source.inverted.occurrences for each in self._counted]
        return [each for each in found if each]

    def fill(self, room: Mapping[str, Array]) -> None:
        """Copy the postings."""
        cursor, position_cursor = self.starts[:-1].copy(), self.position_starts[:-1].copy()
        for each in self._counted:
            for low, high in each.source.blocks():
                documents = each.source.documents(low, high)
                kept = documents >= 0
                places = each.places[low:high]
                at = _taken(cursor, places, each.postings[low:high])
                room[f"{self.name}.documents"][at] = documents[kept]
                if each.source.inverted.occurrences:
                    frequencies = each.source.frequencies(low, high)
                    room[f"{self.name}.frequencies"][at] = frequencies[kept]
                    at = _taken(position_cursor, places, each.positions[low:high])
                    positions = each.source.positions(low, high)
                    room[f"{self.name}.positions"][at] = positions[np.repeat(kept, frequencies)]


def join(parts: Sequence[Part], room: Room, block: int = BLOCK) -> Segment:
    """Join the parts into `room`; no part keeps nothing."""
    renumbered = list(_renumbered(parts))
    fields = []
    for name in FIELDS:
        sources = [
            _Source(part.segment.fields[name], numbers, block)
            for part, numbers in zip(parts, renumbered, strict=True)
            if name in part.segment.fields
        ]
        field = _Field(name, sources)
        if len(field.terms):
            fields.append(field)
    ready = _columns(parts)
    for field in fields:
        ready |= field.ready()
    size = sum(len(part.kept) for part in parts)
    shapes = shapes_of(ready)
    for field in fields:
        shapes |= field.shapes()
    values = sum(field.shapes()[f"{FACETS}.documents"].shape[0] for field in fields if field.name == FACETS)
    shapes["facet_codes.starts"] = Shape(np.dtype(np.int32), (size + 1,))
    shapes["facet_codes.codes"] = Shape(np.dtype(np.int32), (values,))
    arrays = room(shapes)
    for name, array in ready.items():
        arrays[name][...] = array
    for field in fields:
        field.fill(arrays)
    joined = Segment(arrays)
    for name, array in facet_codes(joined.fields.get(FACETS), size).items():
        arrays[name][...] = array
    return joined


def in_memory(shapes: Mapping[str, Shape]) -> Mapping[str, Array]:
    """Give room in memory."""
    return {name: np.empty(each.shape, dtype=each.dtype) for name, each in shapes.items()}


def _renumbered(parts: Sequence[Part]) -> Iterator[Integers]:
    base = 0
    for part in parts:
        numbers = np.full(part.segment.size, -1, dtype=np.int32)
        numbers[part.kept] = np.arange(base, base + len(part.kept), dtype=np.int32)
        base += len(part.kept)
        yield numbers


def _columns(parts: Sequence[Part]) -> dict[str, Array]:
    found: dict[str, Array] = {
        name: np.concatenate([part.segment.arrays[name][part.kept] for part in parts]) for name in PLAIN
    }
    for column in CODED:
        codes = [part.segment.codes(column)[part.kept] for part in parts]
        used = [np.unique(each, return_inverse=True) for each in codes]
        words = [
            _chosen(part.segment.values(column), each) for part, (each, _) in zip(parts, used, strict=True)
        ]
        values, places = united(words)
        joined = [place[inverse] for place, (_, inverse) in zip(places, used, strict=True)]
        found |= values.arrays(f"{column}.values") | {f"{column}.codes": np.concatenate(joined)}
    return found


def _chosen(words: TermList, places: Integers) -> list[str]:
    listed = list(words)
    return [listed[place] for place in places.tolist()]


def _count(source: _Source) -> tuple[Integers, Integers]:
    """Count the postings and positions of each term that are kept."""
    inverted = source.inverted
    postings = np.zeros(len(inverted.terms), dtype=np.int64)
    positions = np.zeros(len(inverted.terms), dtype=np.int64)
    for low, high in source.blocks():
        kept = source.documents(low, high) >= 0
        bounds = inverted.starts[low : high + 1] - inverted.starts[low]
        postings[low:high] = _sums(kept, bounds)
        if inverted.occurrences:
            positions[low:high] = _sums(np.where(kept, source.frequencies(low, high), 0), bounds)
    return postings, positions


def _sums(values: Array, bounds: Integers) -> Integers:
    """Add up the values between neighbouring bounds."""
    sums = np.zeros(len(values) + 1, dtype=np.int64)
    np.cumsum(values, out=sums[1:])
    return np.diff(sums[bounds])


def _taken(cursor: Integers, places: Integers, counts: Integers) -> Integers:
    """Give where the postings of these terms go, and move the cursors on."""
    some = counts > 0
    places, counts = places[some], counts[some]
    ends = np.cumsum(counts)
    at = np.repeat(cursor[places] - (ends - counts), counts) + np.arange(int(ends[-1]) if len(ends) else 0)
    cursor[places] += counts
    return at
