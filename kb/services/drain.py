"""The drain: what follows a save. Markers tell what is owed; one process at a time pays it.

The order is what makes a crash harmless: list the markers, read the records, let catalogue, audit log and index follow,
take the further steps that a record asks for, and only then remove those of the listed markers whose revision is there.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from kb.domain.errors import KnowledgeBaseError
from kb.domain.operation import Operation, OperationStatus
from kb.domain.ports import EntryStore, Marker, WriterLock
from kb.domain.record_units import SEARCHED
from kb.domain.revision import RecordRef
from kb.domain.submission import Submission
from kb.domain.text import Value
from kb.domain.workflow import CLOSED, SubmissionStatus
from kb.services.derivation import Derivation, Owed, Reading, Standing
from kb.services.operations import Operations
from kb.services.publishing import Publisher

MOST_ROUNDS = 1_000
"""After so many rounds of ever new markers another process may have its turn."""
BATCH = 500
"""Records followed in one transaction of the catalogue: as many as are held in memory at once."""
PATIENCE = 100
PAUSE = 0.1
"""Seconds between two looks at somebody else's drain; with PATIENCE, ten seconds in all."""
SEARCH_BEHIND = "The search index could not take its part; run `kb index update`."
KEPT_LAST = "The submission is closed; its last text is kept."

_log = logging.getLogger(__name__)


class DrainReport(Value):
    """What a drain did. Nothing in it stops a save: the marker stays until what it tells is mended."""

    had_lock: bool = True
    """False where another process drains; it looks again after that."""
    followed: int = 0
    damaged: tuple[RecordRef, ...] = ()
    troubles: tuple[str, ...] = ()
    search_behind: bool = False

    @property
    def sentences(self) -> tuple[str, ...]:
        """Say what is still owed, and why, without a word of any record."""
        damaged = (f"{ref} cannot be read and is kept from view; see `kb fsck`." for ref in self.damaged)
        behind = (SEARCH_BEHIND,) if self.search_behind else ()
        return (*damaged, *self.troubles, *behind)

    def joined(self, other: DrainReport) -> DrainReport:
        """Give both reports as one."""
        return DrainReport(
            had_lock=self.had_lock and other.had_lock,
            followed=self.followed + other.followed,
            damaged=tuple(dict.fromkeys((*self.damaged, *other.damaged))),
            troubles=tuple(dict.fromkeys((*self.troubles, *other.troubles))),
            search_behind=self.search_behind or other.search_behind,
        )


class Followed(Value):
    """What came of following some records; `owing` are those that something derived still owes."""

    report: DrainReport
    readings: tuple[Reading, ...] = ()
    owing: frozenset[RecordRef] = frozenset()


class _Paid(NamedTuple):
    """What one round did; `waiting` are markers whose revision had not come when it looked."""

    report: DrainReport
    tried: frozenset[Marker]
    waiting: frozenset[Marker]


class Drain:
    """Runs after every save, in whichever process saved; `pause` waits so many seconds."""

    def __init__(
        self,
        store: EntryStore,
        derivation: Derivation,
        lock: WriterLock,
        publisher: Publisher,
        operations: Operations,
        *,
        pause: Callable[[float], None],
    ) -> None:
        self._store = store
        self._derivation = derivation
        self._lock = lock
        self._publisher = publisher
        self._operations = operations
        self._pause = pause

    def run(self) -> DrainReport:
        """Pay what the markers tell, until none is left that can be paid; returns at once where another process does.

        Never raises for the world's sake: the save before it stands, whatever happens to what follows.
        """
        try:
            report = self._run()
        except (KnowledgeBaseError, OSError) as error:
            report = DrainReport(troubles=(str(error),))
        for sentence in report.sentences:
            _log.warning("What was saved is not followed everywhere. %s", sentence)
        return report

    def _run(self) -> DrainReport:
        report, tried, waiting = DrainReport(), frozenset[Marker](), frozenset[Marker]()
        for _ in range(MOST_ROUNDS):
            if not self._due(tried, waiting):
                break
            with self._lock.try_hold() as had:
                if not had:
                    return report.joined(DrainReport(had_lock=False))
                paid = self._pay(self._due(tried, waiting))
            report = report.joined(paid.report)
            tried, waiting = tried | paid.tried, paid.waiting
        return report

    def settle(self, ref: RecordRef, number: int) -> bool:
        """Run until this revision is in everything derived; False where it cannot be, or another process takes too long.

        For acts that may not be called done before nobody finds the old text: narrowing, retiring, purging.
        """
        for _ in range(PATIENCE):
            report = self.run()
            if not any(marker.ref == ref and marker.revision <= number for marker in self._store.markers()):
                return True
            if report.had_lock:
                return False
            self._pause(PAUSE)
        return False

    def follow(self, owed: Iterable[Owed]) -> Followed:
        """Let all that is derived follow these records, and take the steps they ask for. The lock is the caller's."""
        report, readings, owing = DrainReport(), list[Reading](), frozenset[RecordRef]()
        rest = iter(owed)
        while batch := tuple(islice(rest, BATCH)):
            followed = self._follow(batch)
            report = report.joined(followed.report)
            readings += followed.readings
            owing |= followed.owing
        return Followed(report=report, readings=tuple(readings), owing=owing)

    def _due(self, tried: frozenset[Marker], waiting: frozenset[Marker]) -> tuple[Marker, ...]:
        """Give the markers not tried yet, and those tried too early whose revision has come since."""
        return tuple(
            marker
            for marker in self._store.markers()
            if marker not in tried
            or (marker in waiting and self._derivation.has_come(marker.ref, marker.revision))
        )

    def _pay(self, markers: Sequence[Marker]) -> _Paid:
        numbers: dict[RecordRef, set[int]] = {}
        for marker in markers:
            numbers.setdefault(marker.ref, set()).add(marker.revision)
        followed = self.follow(
            Owed(ref=ref, numbers=tuple(sorted(each)), just_saved=True) for ref, each in numbers.items()
        )
        there = {reading.ref: reading.number for reading in followed.readings}
        early = frozenset(marker for marker in markers if marker.revision > there.get(marker.ref, 0))
        owing = followed.owing
        self._store.release(marker for marker in markers if marker not in early and marker.ref not in owing)
        waiting = frozenset(marker for marker in early if marker.ref not in owing)
        return _Paid(report=followed.report, tried=frozenset(markers), waiting=waiting)

    def _follow(self, owed: Sequence[Owed]) -> Followed:
        try:
            brought = self._derivation.bring(owed)
        except KnowledgeBaseError as error:
            return Followed(
                report=DrainReport(troubles=(str(error),)), owing=frozenset(each.ref for each in owed)
            )
        readings = brought.readings
        troubles = {reading.ref: trouble for reading in readings if (trouble := self._step(reading))}
        damaged = {reading.ref for reading in readings if reading.standing is Standing.DAMAGED}
        behind = SEARCHED if brought.search_behind else frozenset()
        unsearched = {reading.ref for reading in readings if reading.ref.kind in behind}
        report = DrainReport(
            followed=len(readings),
            damaged=tuple(damaged),
            troubles=tuple(f"{ref}: {sentence}" for ref, sentence in troubles.items()),
            search_behind=brought.search_behind,
        )
        return Followed(
            report=report, readings=readings, owing=frozenset(damaged | unsearched | troubles.keys())
        )

    def _step(self, reading: Reading) -> str:
        """Take the step that the record asks for; give why it could not be taken, or the empty string."""
        body = reading.revision.body if reading.revision else None
        try:
            match body:
                case Submission(status=SubmissionStatus.PUBLISHING):
                    self._publisher.carry_out(reading.ref)
                case Submission(status=status) if status in CLOSED:
                    self._bury_before(reading.ref, reading.number)
                case Operation(status=OperationStatus.PLANNED):
                    self._operations.carry_out(reading.ref)
        except (KnowledgeBaseError, OSError) as error:
            return str(error)
        return ""

    def _bury_before(self, ref: RecordRef, number: int) -> None:
        for earlier in range(1, number):
            self._store.bury(ref, earlier, KEPT_LAST)
