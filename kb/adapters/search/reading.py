"""One generation of the index, opened once and shared by all requests of a process until a commit replaces it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
from whoosh import index

from kb.adapters.search.audience import Audience, audience_of
from kb.adapters.search.columns import Columns, Numbers, Segment, join, read_segment
from kb.adapters.search.plan import Sequel, as_whoosh
from kb.adapters.search.postings import Postings, Remembered
from kb.adapters.search.scorer import Scorer
from kb.adapters.search.texts import Texts
from kb.domain.marking import Viewer

MOST_AUDIENCES = 64
MOST_PHRASES = 1_000

Answer = TypeVar("Answer")


class Memory:
    """What outlives a generation: unchanging segments, and the postings read from them."""

    def __init__(self) -> None:
        self.segments: dict[str, Segment] = {}
        self.postings = Remembered()


class Reading:
    """An opened generation. Whatever touches Whoosh's files does so under one lock."""

    def __init__(self, folder: Path, memory: Memory) -> None:
        self.folder = folder
        self.texts = Texts(folder)
        opened = index.open_dir(str(folder))
        self._searcher = opened.searcher()
        readers = [reader for reader, _ in self._searcher.reader().leaf_readers() if reader.doc_count_all()]
        segments = self._segments(readers, memory)
        self.columns: Columns = join(segments, readers)
        self._postings = Postings(readers, [segment.name for segment in segments], memory.postings)
        self._audiences: OrderedDict[Viewer, Audience] = OrderedDict()
        self._phrases: dict[Sequel, Numbers] = {}
        self._lock = threading.RLock()

    def ask(self, viewer: Viewer, question: Callable[[Audience, Scorer, Postings], Answer]) -> Answer:
        """Answer a question about what one viewer may see, one question at a time."""
        with self._lock:
            audience = self._audience(viewer)
            scorer = Scorer(self.columns, audience, self._postings, self._follow)
            return question(audience, scorer, self._postings)

    def _segments(self, readers: Sequence[index.IndexReader], memory: Memory) -> list[Segment]:
        """Read the segments that are new, and forget those that are gone."""
        names = [reader.segment().segment_id() for reader in readers]
        known = memory.segments
        memory.segments = {
            name: known.get(name) or read_segment(reader) for name, reader in zip(names, readers, strict=True)
        }
        return [memory.segments[name] for name in names]

    def _audience(self, viewer: Viewer) -> Audience:
        known = self._audiences.get(viewer)
        if known is None:
            known = self._audiences[viewer] = audience_of(viewer, self.columns, self._postings)
            if len(self._audiences) > MOST_AUDIENCES:
                self._audiences.popitem(last=False)
        self._audiences.move_to_end(viewer)
        return known

    def _follow(self, sequel: Sequel) -> Numbers:
        """Find a phrase in all documents, which is Whoosh's slowest work; whose eyes it is for is the scorer's business."""
        known = self._phrases.get(sequel)
        if known is None:
            if len(self._phrases) >= MOST_PHRASES:
                self._phrases.clear()
            known = np.fromiter(as_whoosh(sequel).docs(self._searcher), dtype=np.intp)
            self._phrases[sequel] = known
        return known
