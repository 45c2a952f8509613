"""One generation of the index, opened once and shared by all requests of a process until a commit replaces it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from kb.adapters.search.audience import Audience, audience_of
from kb.adapters.search.columns import Columns
from kb.adapters.search.postings import Postings
from kb.adapters.search.scorer import Scorer
from kb.adapters.search.seal import Seal
from kb.adapters.search.segment import Segment
from kb.adapters.search.texts import Texts
from kb.domain.marking import Viewer

MOST_AUDIENCES = 64

Answer = TypeVar("Answer")


class Memory:
    """What outlives a generation: unchanging segments."""

    def __init__(self) -> None:
        self._segments: dict[str, Segment] = {}

    def segments(self, folder: Path, seal: Seal) -> list[Segment]:
        """Map the segments that are new, and forget those that are gone."""
        known = self._segments
        self._segments = {
            state.name: known.get(state.name) or Segment.opened(folder, state.name) for state in seal.segments
        }
        return list(self._segments.values())


class Reading:
    """An opened generation, for any number of threads: arrays are only read."""

    def __init__(self, folder: Path, seal: Seal, memory: Memory) -> None:
        self.folder = folder
        self.texts = Texts(folder)
        segments = memory.segments(folder, seal)
        self.columns = Columns(segments, [state.live() for state in seal.segments])
        self._postings = Postings(self.columns.parts)
        self._audiences: OrderedDict[Viewer, Audience] = OrderedDict()
        self._lock = threading.Lock()

    def ask(self, viewer: Viewer, question: Callable[[Audience, Scorer, Postings], Answer]) -> Answer:
        """Answer a question about what one viewer may see."""
        audience = self._audience(viewer)
        return question(audience, Scorer(self.columns, audience, self._postings), self._postings)

    def _audience(self, viewer: Viewer) -> Audience:
        with self._lock:
            known = self._audiences.get(viewer)
            if known is None:
                known = self._audiences[viewer] = audience_of(viewer, self.columns, self._postings)
                if len(self._audiences) > MOST_AUDIENCES:
                    self._audiences.popitem(last=False)
            self._audiences.move_to_end(viewer)
            return known
