"""What a search needs of every document at once: the arrays of all segments joined, once per generation of the index.

A segment never changes but for its deletions, which the seal tells, so a commit costs its new segment and the joining alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np

from kb.adapters.search.array_file import Array, Integers, Mask, Numbers, Weights
from kb.adapters.search.facet_columns import FacetColumns
from kb.adapters.search.schema import StoredRecord
from kb.adapters.search.segment import KINDS, Segment
from kb.domain.unit import Standing, UnitKind

__all__ = ["Columns", "Integers", "Mask", "Numbers", "Weights"]


class Columns:
    """One generation of the whole index; documents are numbered over all segments."""

    def __init__(self, segments: Sequence[Segment], live: Sequence[Mask]) -> None:
        self.segments = segments
        self.offsets = np.cumsum([0, *(segment.size for segment in segments)]).tolist()
        self.size: int = self.offsets[-1]
        self.live: Mask = self._joined(live, np.bool_)
        self._facets: dict[frozenset[Standing], FacetColumns] = {}
        self._of_kinds: dict[frozenset[UnitKind], Mask] = {}

    @property
    def parts(self) -> list[tuple[int, Segment]]:
        """Give each segment with the number of its first document."""
        return list(zip(self.offsets, self.segments, strict=False))

    def facets(self, standing: frozenset[Standing]) -> FacetColumns:
        """Give the facet values where some stand for others: which do is the same for everybody, so the last ones are kept."""
        known = self._facets.get(standing)
        if known is None:
            known = FacetColumns(self.parts, self.size, standing)
            self._facets = {standing: known}
        return known

    def record(self, number: int) -> StoredRecord:
        """Give what is stored of a document."""
        segment, own = self._at(number)
        return segment.record(own)

    def digest(self, number: int) -> str:
        """Give the checksum of a document's text."""
        segment, own = self._at(number)
        return segment.digest(own)

    def digests(self) -> list[str]:
        """Give the checksums of all texts that are to be found."""
        return [self.digest(number) for number in np.flatnonzero(self.live).tolist()]

    def manifest(self) -> dict[str, int]:
        """Give the revision that the index holds of each case."""
        found: dict[str, int] = {}
        for offset, segment in self.parts:
            live = self.live[offset : offset + segment.size]
            cases, revisions = list(segment.values("case")), segment.arrays["revision"][live]
            codes = segment.codes("case")[live]
            found |= {cases[c]: r for c, r in zip(codes.tolist(), revisions.tolist(), strict=True)}
        return found

    def of_kinds(self, kinds: frozenset[UnitKind]) -> Mask:
        """Say of each document whether its unit is of one of these kinds."""
        if kinds not in self._of_kinds:
            wanted = np.array([kind in kinds for kind in KINDS])
            self._of_kinds[kinds] = wanted[self.kinds]
        return self._of_kinds[kinds]

    def of_owner(self, owner: str) -> Mask:
        """Say of each document whether an organisation owns it."""
        return self._joined([segment.of_owner(owner) for segment in self.segments], np.bool_)

    @cached_property
    def withheld(self) -> Mask:
        """Say of each document whether its origin is told to its owner alone."""
        return self._column("withheld", np.bool_)

    @cached_property
    def families(self) -> Integers:
        """Give each document's place in the families of languages."""
        return self._column("family", np.uint8)

    @cached_property
    def title_lengths(self) -> Integers:
        """Give the number of terms in each title."""
        return self._column("title_length", np.int32)

    @cached_property
    def body_lengths(self) -> Integers:
        """Give the number of terms in each text."""
        return self._column("body_length", np.int32)

    @cached_property
    def days(self) -> Integers:
        """Give how many days each took; NO_DAYS where that is not told."""
        return self._column("days", np.int32)

    def words(self, column: str, documents: Integers) -> list[str]:
        """Give the words of a coded column for documents in ascending order."""
        found: list[str] = []
        bounds = pairwise(np.searchsorted(documents, self.offsets).tolist())
        for (offset, segment), (start, end) in zip(self.parts, bounds, strict=True):
            values = segment.values(column)
            codes, places = np.unique(
                segment.codes(column)[documents[start:end] - offset], return_inverse=True
            )
            words = [values[code] for code in codes.tolist()]
            found += [words[place] for place in places.tolist()]
        return found

    @cached_property
    def kinds(self) -> Integers:
        """Give each document's place among the kinds of unit."""
        return self._column("kind", np.uint8)

    @cached_property
    def title_bytes(self) -> Integers:
        """Give the length of each title as Whoosh keeps it."""
        return self._joined([segment.title_bytes for segment in self.segments], np.uint8)

    @cached_property
    def body_bytes(self) -> Integers:
        """Give the length of each text as Whoosh keeps it."""
        return self._joined([segment.body_bytes for segment in self.segments], np.uint8)

    def of_cases(self, cases: Collection[str]) -> Mask:
        """Say of each document whether its unit is of one of these cases."""
        return self._joined([segment.of_cases(cases) for segment in self.segments], np.bool_)

    @cached_property
    def cases(self) -> Integers:
        """Give a code of the case of each document: live ones of one case are in one segment, because a commit writes them all."""
        base, codes = 0, []
        for segment in self.segments:
            codes.append(segment.codes("case") + base)
            base += len(segment.values("case"))
        return self._joined(codes, np.int32)

    @cached_property
    def by_id(self) -> Numbers:
        """Give each document's place when they are ordered by id: what decides between equals."""
        return _places(self.segments)

    @cached_property
    def dates(self) -> Weights:
        """Give each document's date as a number that orders them; not a number where there is none."""
        known = sorted({date for segment in self.segments for date in segment.values("date")})
        number = {date: float(place) if date else np.nan for place, date in enumerate(known)}
        return self._joined(
            [
                np.array([number[date] for date in segment.values("date")])[segment.codes("date")]
                for segment in self.segments
            ],
            np.float64,
        )

    def _at(self, number: int) -> tuple[Segment, int]:
        place = bisect_right(self.offsets, number) - 1
        return self.segments[place], number - self.offsets[place]

    def _column(self, name: str, dtype: type[np.generic]) -> Array:
        return self._joined([segment.arrays[name] for segment in self.segments], dtype)

    @staticmethod
    def _joined(parts: Sequence[Array], dtype: type[np.generic]) -> Array:
        """Join arrays; one alone stays where it is mapped."""
        return parts[0] if len(parts) == 1 else np.concatenate([np.zeros(0, dtype), *parts])


def _places(segments: Sequence[Segment]) -> Numbers:
    """Order all ids: those of the largest segment are in order already, so only the others are looked up in it."""
    if not segments:
        return np.zeros(0, dtype=np.intp)
    base = max(segments, key=lambda segment: segment.size)
    ids = base.values("id")
    others = sorted({word for segment in segments if segment is not base for word in segment.values("id")})
    before = np.array([ids.place(word) for word in others], dtype=np.intp)
    shift = np.cumsum(np.bincount(before, minlength=len(ids) + 1))
    place = {word: number + at for number, (word, at) in enumerate(zip(others, before.tolist(), strict=True))}
    return np.concatenate(list(_placed(segments, base, shift, place)))


def _placed(
    segments: Sequence[Segment], base: Segment, shift: Integers, place: dict[str, int]
) -> Iterable[Integers]:
    for segment in segments:
        codes = segment.codes("id")
        if segment is base:
            yield codes + shift[codes]
        else:
            yield np.array([place[word] for word in segment.values("id")], dtype=np.intp)[codes]
