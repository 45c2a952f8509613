"""One generation of the index, opened once and shared by all requests of a process until a commit replaces it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from kb.adapters.search.audience import Audience, audience_of
from kb.adapters.search.columns import Columns
from kb.adapters.search.plan import Planned
from kb.adapters.search.postings import Postings
from kb.adapters.search.remembered import Remembered
from kb.adapters.search.scorer import Scorer
from kb.adapters.search.seal import Seal
from kb.adapters.search.segment import Segment
from kb.adapters.search.texts import Texts
from kb.domain.marking import Viewer
from kb.domain.query import SearchQuery
from kb.domain.similarity import SimilarQuery
from kb.domain.unit import Standing

MOST_AUDIENCES = 64
MOST_OF_PLANS = 16 << 20
"""Bytes of the plans that one generation remembers, about."""

Answer = TypeVar("Answer")


class Memory:
    """What outlives a generation: unchanging segments, and texts of what is still in the index."""

    def __init__(self) -> None:
        self._segments: dict[str, tuple[Segment, frozenset[int]]] = {}
        self._texts: Texts | None = None

    def segments(self, folder: Path, seal: Seal) -> list[Segment]:
        """Map the segments that are new, and forget those that are gone."""
        before = self._segments
        self._segments = {
            state.name: (
                before[state.name][0] if state.name in before else Segment.opened(folder, state.name),
                frozenset(state.deleted),
            )
            for state in seal.segments
        }
        self._forget(before)
        return [segment for segment, _ in self._segments.values()]

    def texts(self, folder: Path) -> Texts:
        """Give the texts of a folder, with what was read of them before."""
        if self._texts is None or self._texts.folder != folder:
            self._texts = Texts(folder)
        return self._texts

    def _forget(self, before: Mapping[str, tuple[Segment, frozenset[int]]]) -> None:
        """Forget the texts of what was deleted. Of merged segments all are forgotten: which were deleted is told nowhere."""
        if self._texts is None:
            return
        for name, (segment, deleted) in before.items():
            gone = self._segments[name][1] - deleted if name in self._segments else range(segment.size)
            self._texts.forget(segment.digest(number) for number in gone)


class Reading:
    """An opened generation, for any number of threads: arrays are only read."""

    def __init__(self, folder: Path, seal: Seal, memory: Memory) -> None:
        self.folder = folder
        self.texts = memory.texts(folder)
        segments = memory.segments(folder, seal)
        self.columns = Columns(segments, [state.live() for state in seal.segments])
        self._postings = Postings(self.columns.parts)
        self.plans: Remembered[Planned] = Remembered(MOST_OF_PLANS)
        """By viewer, because a prefix stands for words that they may see; whoever filters or turns a page asks for the same words again."""
        self._audiences: OrderedDict[tuple[Viewer, frozenset[Standing]], Audience] = OrderedDict()
        self._lock = threading.Lock()

    def ask(
        self, query: SearchQuery | SimilarQuery, question: Callable[[Audience, Scorer, Postings], Answer]
    ) -> Answer:
        """Answer a question about what one viewer may see."""
        audience = self._audience(query.viewer, query.standing)
        return question(audience, Scorer(self.columns, audience, self._postings), self._postings)

    def _audience(self, viewer: Viewer, standing: frozenset[Standing]) -> Audience:
        key = viewer, standing
        with self._lock:
            known = self._audiences.get(key)
            if known is None:
                known = self._audiences[key] = audience_of(*key, self.columns, self._postings)
                if len(self._audiences) > MOST_AUDIENCES:
                    self._audiences.popitem(last=False)
            self._audiences.move_to_end(key)
            return known
