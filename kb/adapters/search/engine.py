"""The engine behind the `SearchEngine` port: opens what is sealed, answers from it, and is replaced whole when rebuilt.

`FOLDER/current` names the index folder in use. A rebuild makes another one beside it and then changes the name, so that every process,
which looks at the name and at the seal before each answer, goes over to it. Nothing that is not exactly as sealed is ever opened.
"""

from __future__ import annotations

import fcntl
import logging
import os
import secrets
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from kb.adapters.search import seal, writer
from kb.adapters.search.answer import answer, count
from kb.adapters.search.reading import Answer, Memory, Reading
from kb.adapters.search.seal import Broken, Missing, Seal, Sums
from kb.adapters.search.similar import similar
from kb.adapters.search.texts import TextGone
from kb.domain.errors import SearchUnavailable
from kb.domain.ports import Change, Progress
from kb.domain.query import Hit, IndexReport, IndexState, SearchPage, SearchQuery
from kb.domain.record import Kind
from kb.domain.similarity import SimilarQuery
from kb.domain.unit import SearchUnit

CURRENT, LOCK, PREFIX = "current", "rebuild.lock", "index-"
ATTEMPTS = 4
"""Times that an opening is tried whose seal is being written, and an answer whose texts are gone without a newer generation."""
MOST_OVERTAKEN = 100
"""Commits that may overtake one search."""

_log = logging.getLogger(__name__)
_Stamp = tuple[int, str, int, int]


class WhooshSearchEngine:
    """Full-text search over one folder, which nothing else uses. Safe for threads; a fork opens anew."""

    def __init__(self, folder: Path, *, patience: float = 0.25) -> None:
        self._folder = folder
        self._patience = patience
        self._sums = Sums()
        self._memory = Memory()
        self._reading: Reading | None = None
        self._stamp: _Stamp | None = None
        self._lock = threading.RLock()

    def apply(self, changes: Sequence[Change]) -> None:
        """Index these case studies' units; raises SearchUnavailable where there is no sound index to change.

        What cannot be changed must be rebuilt: an index that took only the later changes would look complete.
        """
        searched = [change for change in changes if change.ref.kind is Kind.CASE_STUDY]
        if not searched:
            return
        folder = self._sound()
        try:
            writer.apply(folder, searched, self._sums)
        except (
            Exception
        ) as error:  # a lock of Whoosh's, a full disk: whatever it is, the save before it stands
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
        """Give case id to revision, from the index itself; of an index that is not sound, nothing."""
        try:
            return self._current().columns.manifest()
        except SearchUnavailable:
            return {}

    def report(self) -> IndexReport:
        """Say whether search can answer; from an index found unsound here, this process serves nothing more."""
        try:
            self._pointed()
        except Broken as reason:
            return IndexReport(state=self._absence(IndexState.MISSING), detail=str(reason))
        try:
            columns = self._open().columns
        except Broken as reason:
            self._forget()
            return IndexReport(state=self._absence(IndexState.WRONG), detail=str(reason))
        return IndexReport(
            state=IndexState.READY, units=int(columns.live.sum()), records=len(self.manifest())
        )

    def rebuild(self, units: Iterable[SearchUnit], total: int, progress: Progress | None = None) -> None:
        """Index exactly these units beside, then change over; older folders go, with all that was in them."""
        seal.private_folder(self._folder)
        with self._rebuilding():
            fresh = seal.private_folder(self._folder / f"{PREFIX}{secrets.token_hex(6)}")
            try:
                writer.create(fresh, units, total, progress)
            except BaseException:
                shutil.rmtree(fresh, ignore_errors=True)
                raise
            seal.replace(self._folder / CURRENT, fresh.name)
            for old in self._folder.glob(f"{PREFIX}*"):
                if old != fresh:
                    shutil.rmtree(old, ignore_errors=True)
        self._forget()

    # -- which folder, and is it sound --------------------------------------------------------------------------------

    def _pointed(self) -> Path:
        """Give the folder in use; raises Broken where there is none."""
        try:
            name = (self._folder / CURRENT).read_text(encoding="utf-8").strip()
        except (OSError, ValueError) as error:
            raise Missing("there is no index yet") from error
        folder = self._folder / name
        if not name.startswith(PREFIX) or "/" in name or not folder.is_dir():
            raise Broken("the index folder is gone")
        return folder

    def _sound(self) -> Path:
        try:
            folder = self._pointed()
            seal.verify(folder, self._sums)
        except (Broken, OSError) as error:
            _tell(error)
            raise SearchUnavailable from error
        return folder

    def _current(self) -> Reading:
        """Give the newest generation, opened at most once per commit and process."""
        with self._lock:
            try:
                if self._reading is None or self._stamp != self._look():
                    self._open()
            except (Broken, OSError) as error:
                _tell(error)
                self._forget()
                raise SearchUnavailable from error
            assert self._reading is not None
            return self._reading

    def _look(self) -> _Stamp:
        """Give what changes with every commit, rebuild and fork."""
        folder = self._pointed()
        status = (folder / seal.NAME).stat()
        return os.getpid(), folder.name, status.st_mtime_ns, status.st_ino

    def _is_newer(self, stamp: _Stamp | None) -> bool:
        try:
            return self._look() != stamp
        except (Broken, OSError):
            return False

    def _open(self) -> Reading:
        """Verify, then open. A commit of another process may come between its files and its seal: look again, a few times."""
        with self._lock:
            for attempt in range(ATTEMPTS):
                try:
                    stamp = self._look()
                    folder = self._pointed()
                    sealed = seal.verify(folder, self._sums)
                    if self._reading is None or stamp != self._stamp:
                        self._reading = _opened(folder, sealed, self._memory)
                        self._stamp = stamp
                    return self._reading
                except (Broken, OSError) as error:
                    if attempt == ATTEMPTS - 1:
                        raise Broken(str(error)) from error
                    time.sleep(self._patience * (attempt + 1) / ATTEMPTS)
        raise AssertionError

    def _forget(self) -> None:
        with self._lock:
            self._reading = self._stamp = None

    # -- one rebuild at a time ----------------------------------------------------------------------------------------

    @contextmanager
    def _rebuilding(self) -> Iterator[None]:
        with (self._folder / LOCK).open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def _absence(self, otherwise: IndexState) -> IndexState:
        """Tell an index that is being made from one that is wanting."""
        try:
            with (self._folder / LOCK).open("r") as handle:
                fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except FileNotFoundError:
            return otherwise
        except BlockingIOError:
            return IndexState.REBUILDING
        return otherwise


def _tell(error: Exception) -> None:
    """Let the operator know why nothing is found; that a new home has no index yet is nothing to worry about."""
    level = logging.INFO if isinstance(error, Missing) else logging.WARNING
    _log.log(level, "The search index cannot be used: %s.", error)


def _opened(folder: Path, sealed: Seal, memory: Memory) -> Reading:
    try:
        return Reading(folder, sealed, memory)
    except Exception as error:  # whatever arrays lead to that are not what they should be
        raise Broken(f"it cannot be opened ({error.__class__.__name__})") from error
