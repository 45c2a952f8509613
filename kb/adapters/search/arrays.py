"""The arrays beside each segment of Whoosh's: for every new one a file of them, made when Whoosh has committed.

Whoosh writes, deletes and merges; a new segment is what was added, then what was merged. Which it was is found by the digests that
Whoosh stores, compared document by document, so arrays never tell of another order than the index does.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from kb.adapters.search import array_file, toc
from kb.adapters.search.array_file import Mask
from kb.adapters.search.gathering import MOST_TOGETHER, Gathering
from kb.adapters.search.joining import Part, join
from kb.adapters.search.schema import Document
from kb.adapters.search.seal import Broken
from kb.adapters.search.segment import Segment, path_of


class Ledger:
    """What one commit changes: opened before it, told of each document, and written after it."""

    def __init__(
        self, folder: Path, known: dict[str, Segment] | None = None, together: int = MOST_TOGETHER
    ) -> None:
        """Open the segments there are, but for those `known` from the commit before; these are known after it."""
        self._folder = folder
        self._together = together
        self._live: dict[str, Mask] = {}
        self._segments: dict[str, Segment] = {}
        for state in toc.states(folder):
            opened = (known or {}).get(state.name)
            self._segments[state.name] = opened or Segment.opened(folder, state.name)
            self._live[state.name] = state.live()
        if known is not None:
            known.clear()
            known.update(self._segments)
        self._gathering = Gathering()
        self._added: list[Segment] = []

    def digests(self, case: str) -> list[str]:
        """Give the digests of the documents that there are of a case."""
        return [
            segment.digest(number)
            for name, segment in self._segments.items()
            for number in segment.of_case(case).tolist()
            if self._live[name][number]
        ]

    def drop(self, cases: Iterable[str]) -> Iterator[int]:
        """Take the documents of these cases for deleted, and give them, numbered over all segments as Whoosh's writer does."""
        base = 0
        wanted = sorted(set(cases))
        for name, segment in self._segments.items():
            live = self._live[name]
            for case in wanted:
                for number in segment.of_case(case).tolist():
                    if live[number]:
                        live[number] = False
                        yield base + number
            base += segment.size

    def add(self, document: Document) -> None:
        """Take in what Whoosh's writer is given."""
        self._gathering.add(document)
        if len(self._gathering) == self._together:
            self._put_aside()

    def write(self) -> None:
        """Write the arrays of the segments that are new; raises Broken where one is not made of what is known."""
        self._put_aside()
        states = toc.states(self._folder)
        kept = {state.name for state in states}
        parts = [Part(segment, np.arange(segment.size)) for segment in self._added]
        parts += [
            Part(segment, np.flatnonzero(self._live[name]))
            for name, segment in self._segments.items()
            if name not in kept
        ]
        for state in states:
            if state.name not in self._segments:
                digests = list(toc.digests(self._folder, state.name))
                _write(path_of(self._folder, state.name), list(_ordered(parts, digests)))

    def _put_aside(self) -> None:
        """Keep what is gathered in a file without a name, that nothing outlives."""
        if not len(self._gathering):
            return
        segment = self._gathering.segment()
        with tempfile.TemporaryFile(dir=self._folder) as handle:
            room = array_file.create(handle, array_file.shapes_of(segment.arrays))
        for name, array in segment.arrays.items():
            room[name][...] = array
        self._added.append(Segment(room))
        self._gathering = Gathering()


def _ordered(parts: Sequence[Part], digests: Sequence[str]) -> Iterator[Part]:
    """Give the parts in the order in which a segment has their documents, which its digests tell."""
    waiting = [
        (part, [part.segment.digest(number) for number in part.kept]) for part in parts if len(part.kept)
    ]
    at = 0
    while at < len(digests):
        fitting = (place for place, (_, own) in enumerate(waiting) if digests[at : at + len(own)] == own)
        place = next(fitting, None)
        if place is None:
            raise Broken("a segment holds other documents than those added and merged")
        part, own = waiting.pop(place)
        at += len(own)
        yield part


def _write(path: Path, parts: Sequence[Part]) -> None:
    if len(parts) == 1 and len(parts[0].kept) == parts[0].segment.size:
        array_file.save(path, parts[0].segment.arrays)
        return
    with path.open("w+b") as handle:
        join(parts, lambda shapes: array_file.create(handle, shapes))
