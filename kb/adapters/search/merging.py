"""Merging what many commits left in small segments: beside the index in use, which serves and follows meanwhile.

The files of the segments in use are linked into a fresh folder, where the smaller ones become one without anybody waiting. What was
committed meanwhile is then done there too, and the fresh folder takes the old one's place.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from kb.adapters.search import seal, texts, toc, wholeness, writer
from kb.adapters.search.array_file import Mask
from kb.adapters.search.folders import Folders
from kb.adapters.search.segment import Segment
from kb.adapters.search.texts import Texts
from kb.adapters.search.toc import SegmentState
from kb.adapters.search.writer import Cases, Kept

TIERS = (writer.SMALL, 512, 4_096, 32_768)
"""Most documents of a segment in each tier but the last."""
MOST_IN_TIER = (16, 8, 8, 8, 8)
"""A tier of so many segments is full. Most commits are saves and fill the first, so it is merged less often than it might be."""
MOST_DELETED = 0.5
"""A large segment of which more is deleted is written anew: what nobody finds makes searches longer too."""


def due(held: Sequence[SegmentState]) -> frozenset[str]:
    """Give the names of the segments that should become one, if any should.

    These are a full tier and all lower ones, which cost little more. So there are never many segments, and no document is
    merged more often than there are tiers.
    """
    counted = Counter(map(_tier, held))
    highest = max((tier for tier, number in counted.items() if number >= MOST_IN_TIER[tier]), default=-1)
    return frozenset(each.name for each in held if _tier(each) <= highest or _is_mostly_deleted(each))


def merge_beside(folders: Folders, sound: Callable[[], Path], kept: Kept) -> bool:
    """Merge what is due in the index in use, which `sound` gives, and change over; False where somebody was quicker."""
    with folders.fresh() as fresh:
        with folders.changing():
            source = sound()
            names = due(toc.states(source))
            if not names:
                return False
            merge = Merge(source, fresh, kept)
            merge.begin()
        merge.work(names)
        with folders.changing():
            if sound() != source:
                return False
            late = merge.look()
        merge.follow(late)
        with folders.changing():
            if sound() != source:
                return False
            merge.end()
            folders.use(fresh)
    return True


class Merge:
    """One merge beside. `begin`, `look` and `end` ask that nobody changes the index in use; the others take their time."""

    def __init__(self, source: Path, fresh: Path, kept: Kept) -> None:
        self._source = source
        self._fresh = fresh
        self._kept = kept
        self._seen: Mapping[str, SegmentState] = {}
        self._segments: dict[str, Segment] = {}
        """The arrays of every segment that was seen, which outlive its files."""

    def begin(self) -> None:
        """Link what is in use, and note what it is."""
        for name in seal.files(self._source):
            os.link(self._source / name, self._fresh / name)
        self._seen = self._states()

    def work(self, names: frozenset[str]) -> None:
        """Let the segments of these names become one."""
        writer.merge(self._fresh, names, self._kept)

    def look(self) -> Cases:
        """Give what was committed to the index in use since the last look."""
        before, now = self._seen, self._states()
        digests: dict[str, list[str]] = {}
        for name, state in before.items():
            left = now[name].live() if name in now else np.zeros(state.size, dtype=np.bool_)
            digests |= {case: [] for case, _ in self._documents(name, state.live() & ~left)}
        for name in now.keys() - before.keys():
            for case, digest in self._documents(name, now[name].live()):
                digests.setdefault(case, []).append(digest)
        self._seen = now
        held = Texts(self._source)
        return {case: [text.unit for text in held.get(wanted)] for case, wanted in digests.items()}

    def follow(self, cases: Cases) -> None:
        """Do the same in the fresh folder."""
        writer.replay(self._fresh, cases, self._kept)

    def end(self) -> None:
        """Follow to the last, and take the texts over: from here on they are changed under the fresh folder's name alone."""
        self.follow(self.look())
        wholeness.settle(self._source)
        os.link(self._source / texts.NAME, self._fresh / texts.NAME)
        seal.write(self._fresh, self._kept.sums)

    def _states(self) -> Mapping[str, SegmentState]:
        found = {state.name: state for state in toc.states(self._source)}
        for name in found.keys() - self._segments.keys():
            self._segments[name] = Segment.opened(self._source, name)
        return found

    def _documents(self, name: str, chosen: Mask) -> Iterator[tuple[str, str]]:
        """Give case and digest of some documents of a segment."""
        segment = self._segments[name]
        cases, codes = segment.values("case"), segment.codes("case")
        for number in np.flatnonzero(chosen).tolist():
            yield cases[codes[number]], segment.digest(number)


def _tier(state: SegmentState) -> int:
    return bisect_left(TIERS, state.size)


def _is_mostly_deleted(state: SegmentState) -> bool:
    return state.size > TIERS[1] and len(state.deleted) > MOST_DELETED * state.size
