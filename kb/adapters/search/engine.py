"""The engine behind the `SearchEngine` port: opens what is sealed, answers from it, and is replaced whole when rebuilt.

Before each answer every process looks at which folder is in use (`folders`) and at its seal. Only what is exactly as sealed is opened.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from kb.adapters.search import merging, seal, toc, writer
from kb.adapters.search.answer import answer, count
from kb.adapters.search.cross import cross, figures, lacking, sums
from kb.adapters.search.folders import Folders
from kb.adapters.search.making import FreshFolder, cases_of, counted
from kb.adapters.search.reading import Answer, Memory, Reading
from kb.adapters.search.seal import Broken, Missing, Seal, Sums
from kb.adapters.search.similar import similar
from kb.adapters.search.texts import TextGone
from kb.adapters.search.wholeness import has_texts
from kb.adapters.search.writer import Kept
from kb.domain.cross_table import CrossQuery, CrossTable, SumQuery, UnitFigures, UnitSum
from kb.domain.errors import SearchUnavailable
from kb.domain.ports import Change, Progress
from kb.domain.query import Hit, IndexReport, IndexState, SearchPage, SearchQuery
from kb.domain.similarity import SimilarQuery
from kb.domain.unit import Facet, SearchUnit

ATTEMPTS = 4
"""Times that an answer is tried whose texts are gone, without a newer generation."""
PATIENCE = 10.0
"""Seconds that a reader who meets a half-written commit waits for whoever writes it; a starved machine needs some of them."""
LOOK_AGAIN = 0.001
"""Seconds between two looks at what somebody is changing."""
MOST_OVERTAKEN = 100
"""Commits that may overtake one search."""

_log = logging.getLogger(__name__)
_Stamp = tuple[int, str, int, int]


class WhooshSearchEngine:
    """Full-text search over one folder, which nothing else uses. Safe for threads; a fork opens anew."""

    def __init__(self, folder: Path, *, patience: float = PATIENCE) -> None:
        self._folders = Folders(folder)
        self._patience = patience
        self._sums = Sums()
        self._kept = Kept(self._sums)
        self._memory = Memory()
        self._reading: Reading | None = None
        self._stamp: _Stamp | None = None
        self._lock = threading.RLock()

    def apply(self, changes: Sequence[Change]) -> None:
        """Index the units of these records; raises SearchUnavailable where there is no sound index to change.

        What cannot be changed must be rebuilt: an index that took only the later changes would look complete.
        """
        cases = cases_of(changes)
        if not cases:
            return
        try:
            self._warm()
            with self._folders.changing():
                writer.apply(self._sound(), cases, self._kept)
        except SearchUnavailable:
            raise
        except Exception as error:  # a lock of Whoosh's, a full disk: the save before it stands
            _log.exception("The search index could not follow.")
            raise SearchUnavailable from error

    def search(self, query: SearchQuery) -> SearchPage:
        """Answer from the newest generation; raises SearchUnavailable."""
        return self._from_newest(lambda reading: answer(reading, query))

    def count(self, query: SearchQuery) -> int:
        """Give the total of what `search` would answer; raises SearchUnavailable."""
        return self._from_newest(lambda reading: count(reading, query))

    def similar(self, query: SimilarQuery) -> tuple[Hit, ...]:
        """Give what is like a unit or a passage; raises SearchUnavailable, and NotFound for a unit that is not there."""
        return self._from_newest(lambda reading: similar(reading, query))

    def cross(self, query: CrossQuery) -> CrossTable:
        """Count two facets against each other; raises SearchUnavailable."""
        return self._from_newest(lambda reading: cross(reading, query))

    def sums(self, query: SumQuery) -> Mapping[str, UnitSum]:
        """Sum up what a query finds by each value of a facet; raises SearchUnavailable."""
        return self._from_newest(lambda reading: sums(reading, query))

    def figures(self, query: SearchQuery, facets: frozenset[Facet]) -> tuple[UnitFigures, ...]:
        """Give the figures of all that a query finds; raises SearchUnavailable."""
        return self._from_newest(lambda reading: figures(reading, query, facets))

    def lacking(self, query: SearchQuery, facet: Facet) -> Mapping[str, int]:
        """Count, by group, what a query finds that tells no value of a facet; raises SearchUnavailable."""
        return self._from_newest(lambda reading: lacking(reading, query, facet))

    def _from_newest(self, question: Callable[[Reading], Answer]) -> Answer:
        """Ask the newest generation.

        A commit may replace a text that this generation names before it is read. While commits go on overtaking us there
        is a newer one to ask; where there is none, the texts themselves are gone.
        """
        stuck = 0
        for _ in range(MOST_OVERTAKEN):
            reading, stamp = self._current(), self._stamp
            try:
                return question(reading)
            except TextGone:
                self._forget()
            stuck = 0 if self._is_newer(stamp) else stuck + 1
            if stuck == ATTEMPTS:
                break
        raise SearchUnavailable

    def manifest(self) -> Mapping[str, int]:
        """Give group to revision, from the index itself; of an index that is not sound, nothing."""
        try:
            return self._current().columns.manifest()
        except SearchUnavailable:
            return {}

    def report(self) -> IndexReport:
        """Say whether search can answer, every text of it; from an index found unsound here, this process serves nothing more."""
        renewing = self._folders.is_being_made
        try:
            self._folders.current()
        except Broken as reason:
            return IndexReport(state=_absence(IndexState.MISSING, renewing=renewing), detail=str(reason))
        try:
            columns = self._whole().columns
        except Broken as reason:
            self._forget()
            return IndexReport(state=_absence(IndexState.WRONG, renewing=renewing), detail=str(reason))
        return IndexReport(
            state=IndexState.READY,
            units=int(columns.live.sum()),
            records=len(self.manifest()),
            renewing=renewing,
        )

    @contextmanager
    def beside(self) -> Iterator[FreshFolder | None]:
        """Make a new index beside the one in use, which serves and follows meanwhile; None where another makes one."""
        with self._folders.making() as ours:
            if not ours:
                yield None
                return
            with self._folders.fresh() as folder:
                yield FreshFolder(self._folders, folder, self._kept)
        self._forget()

    def rebuild(self, units: Iterable[SearchUnit], total: int, progress: Progress | None = None) -> None:
        """Index exactly these units beside, then change over; older folders go, with all that was in them.

        Also those that others are making, who may have read a text that must go: they find theirs swept away.
        """
        with self._folders.making(), self._folders.fresh() as folder:
            fresh = FreshFolder(self._folders, folder, self._kept)
            fresh.fill(counted(units, total, progress))
            fresh.use(alone=True)
        self._forget()

    def is_crowded(self) -> bool:
        """Say whether many commits have left what should be merged; an index that is not sound has other needs."""
        try:
            self._warm()
            with self._folders.changing():
                return bool(merging.due(toc.states(self._sound())))
        except (SearchUnavailable, OSError):
            return False

    def merge(self) -> bool:
        """Merge beside what many commits have left, and change over; False where nothing is due, or another makes an index."""
        if not self.is_crowded():
            return False
        with self._folders.making() as ours:
            try:
                return ours and merging.merge_beside(self._folders, self._sound, self._kept)
            except Exception:  # noqa: BLE001 - whatever it is, the index in use is as it was
                _log.exception("The search index could not be merged; it goes on serving as it is.")
                return False
            finally:
                self._forget()

    # -- which folder, and is it sound --------------------------------------------------------------------------------

    def _sound(self) -> Path:
        try:
            folder = self._folders.current()
            seal.verify(folder, self._sums)
        except (Broken, OSError) as error:
            _tell(error)
            raise SearchUnavailable from error
        return folder

    def _warm(self) -> None:
        """Make checksums that this process has not made yet, while nobody waits; what counts is asked again under the lock."""
        with suppress(Broken, OSError):
            seal.verify(self._folders.current(), self._sums)

    def _current(self) -> Reading:
        """Give the newest generation, opened at most once per commit and process."""
        with self._lock:
            try:
                if self._reading is None or not self._is_newest():
                    self._open()
            except (Broken, OSError) as error:
                _tell(error)
                self._forget()
                raise SearchUnavailable from error
            assert self._reading is not None
            return self._reading

    def _look(self) -> _Stamp:
        """Give what changes with every commit, rebuild and fork."""
        folder = self._folders.current()
        status = os.stat(f"{folder}/{seal.NAME}")  # noqa: PTH116 - every answer waits for it
        return os.getpid(), folder.name, status.st_mtime_ns, status.st_ino

    def _is_newest(self) -> bool:
        """Say whether nothing was committed since we opened; where it cannot be told, a folder may have just taken over."""
        try:
            return self._look() == self._stamp
        except (Broken, OSError):
            return False

    def _is_newer(self, stamp: _Stamp | None) -> bool:
        try:
            return self._look() != stamp
        except (Broken, OSError):
            return False

    def _open(self) -> Reading:
        """Verify, then open. What is not sound while nobody changes it is broken; while somebody does, look again."""
        with self._lock:
            until = time.monotonic() + self._patience
            while True:
                with self._folders.still() as still:
                    try:
                        return self._open_once()
                    except Missing:
                        raise
                    except (Broken, OSError) as error:
                        if still or time.monotonic() > until:
                            raise Broken(str(error)) from error
                time.sleep(LOOK_AGAIN)

    def _open_once(self) -> Reading:
        stamp = self._look()
        folder = self._folders.current()
        sealed = seal.verify(folder, self._sums)
        if self._reading is None or stamp != self._stamp:
            self._reading = _opened(folder, sealed, self._memory)
            self._stamp = stamp
        return self._reading

    def _whole(self) -> Reading:
        """Open, and look at every text too: a search finds a damaged one only when it is to show it."""
        for _ in range(MOST_OVERTAKEN):
            with self._lock:
                reading, stamp = self._open(), self._stamp
            if has_texts(reading.folder, reading.columns.digests()):
                return reading
            if not self._is_newer(stamp):
                break
        raise Broken("its texts are damaged")

    def _forget(self) -> None:
        with self._lock:
            self._reading = self._stamp = None


def _absence(otherwise: IndexState, *, renewing: bool) -> IndexState:
    """Tell an index that is being made from one that is wanting."""
    return IndexState.REBUILDING if renewing else otherwise


def _tell(error: Exception) -> None:
    """Let the operator know why nothing is found; that a new home has no index yet is nothing to worry about."""
    level = logging.INFO if isinstance(error, Missing) else logging.WARNING
    _log.log(level, "The search index cannot be used: %s.", error)


def _opened(folder: Path, sealed: Seal, memory: Memory) -> Reading:
    try:
        return Reading(folder, sealed, memory)
    except Exception as error:  # whatever arrays lead to that are not what they should be
        raise Broken(f"it cannot be opened ({error.__class__.__name__})") from error
