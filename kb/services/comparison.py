"""The full comparison: folder listings against what is derived, at start and by `kb index update`.

It finds what markers cannot tell: a derived store that was deleted, restored or left behind, files that came or went by
other ways, and acts that a crash left half done.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence

from kb.domain.entry import Listing
from kb.domain.errors import SearchUnavailable
from kb.domain.marking import OPERATOR_VIEWER
from kb.domain.operation import OperationStatus
from kb.domain.ports import Catalogue, Change, Clock, EntryStore, Progress, SearchEngine, WriterLock
from kb.domain.query import IndexState
from kb.domain.record import Kind
from kb.domain.revision import RecordRef
from kb.domain.text import Value
from kb.domain.workflow import SubmissionStatus
from kb.services.derivation import Owed
from kb.services.drain import PATIENCE, PAUSE, Drain, DrainReport

STALE = dt.timedelta(hours=1)
"""No save takes that long: a marker of this age whose revision never came belongs to a process that died."""

HALF_DONE: tuple[tuple[Kind, str], ...] = (
    (Kind.SUBMISSION, SubmissionStatus.PUBLISHING.value),
    (Kind.OPERATION, OperationStatus.PLANNED.value),
)
"""What is to be rolled forward."""


class ComparisonReport(Value):
    """What was found different and brought in order."""

    had_lock: bool = True
    """False where another process held the lock all the time; nothing was compared."""
    differing: int = 0
    rebuilt: bool = False
    stale_markers: int = 0
    drain: DrainReport = DrainReport()


class Comparison:
    """Compares everything; needs the writer's lock, for which it waits a while by `pause`, in seconds."""

    def __init__(
        self,
        store: EntryStore,
        catalogue: Catalogue,
        engine: SearchEngine,
        drain: Drain,
        lock: WriterLock,
        *,
        clock: Clock,
        pause: Callable[[float], None],
    ) -> None:
        self._store = store
        self._catalogue = catalogue
        self._engine = engine
        self._drain = drain
        self._lock = lock
        self._clock = clock
        self._pause = pause

    def run(self, progress: Progress | None = None, *, afresh: bool = False) -> ComparisonReport:
        """Bring catalogue and index to what the files say; `afresh` reads every record, whatever the numbers say."""
        for _ in range(PATIENCE):
            with self._lock.try_hold() as had:
                report = self._compare(progress, afresh=afresh) if had else None
            if report:
                return report.model_copy(update={"drain": report.drain.joined(self._drain.run())})
            self._pause(PAUSE)
        return ComparisonReport(had_lock=False)

    def _compare(self, progress: Progress | None, *, afresh: bool) -> ComparisonReport:
        owed = self._owed(afresh=afresh)
        followed = self._drain.follow(_counted(owed, progress))
        mended, rebuilt = self._mend_index(progress, afresh=afresh or followed.report.search_behind)
        rolled = self._drain.follow(Owed(ref=ref) for ref in self._half_done())
        stale = self._store.stale_markers(self._clock.now() - STALE)
        self._store.release(stale)
        return ComparisonReport(
            differing=len(owed),
            rebuilt=rebuilt,
            stale_markers=len(stale),
            drain=_joined(followed.report, rolled.report, search_behind=not mended),
        )

    def _owed(self, *, afresh: bool) -> tuple[Owed, ...]:
        stored = {chain.ref: chain.last for chain in self._store.chains() if chain.last}
        held = self._catalogue.manifest()
        ahead = [ref for ref, number in held.items() if number > stored.get(ref, 0)]
        # Files from an older backup: the newer entry would stand in the older one's way.
        self._catalogue.apply([Change(ref=ref, entry=None) for ref in ahead])
        return tuple(
            Owed(ref=ref, numbers=tuple(range(_known(held.get(ref, 0), last) + 1, last + 1)))
            for ref, last in stored.items()
            if afresh or held.get(ref) != last
        )

    def _mend_index(self, progress: Progress | None, *, afresh: bool) -> tuple[bool, bool]:
        """Let the index equal the catalogue; gives whether it does, and whether it was built anew."""
        state = self._engine.report().state
        if state is IndexState.REBUILDING:
            return False, False
        if afresh or state is not IndexState.READY:
            return self._rebuild(progress)
        try:
            wrong = self._wrong_in_index()
        except SearchUnavailable:
            return self._rebuild(progress)
        if self._drain.follow(Owed(ref=ref) for ref in wrong).report.search_behind:
            return self._rebuild(progress)
        return True, False

    def _wrong_in_index(self) -> Sequence[RecordRef]:
        wanted, indexed = self._catalogue.units_manifest(), self._engine.manifest()
        cases = sorted(
            case for case in wanted.keys() | indexed.keys() if wanted.get(case) != indexed.get(case)
        )
        return [RecordRef(kind=Kind.CASE_STUDY, id=case) for case in cases]

    def _rebuild(self, progress: Progress | None) -> tuple[bool, bool]:
        units = tuple(self._catalogue.units())
        try:
            self._engine.rebuild(units, len(units), progress)
        except (SearchUnavailable, OSError):
            return False, False
        return True, True

    def _half_done(self) -> Iterator[RecordRef]:
        for kind, status in HALF_DONE:
            listing = Listing(viewer=OPERATOR_VIEWER, kinds=frozenset({kind}), statuses=frozenset({status}))
            yield from (entry.ref for entry in self._catalogue.list(listing))


def _known(held: int, last: int) -> int:
    """Give up to which revision the audit log has heard; of a chain that was replaced, of none for certain."""
    return held if held <= last else 0


def _joined(*reports: DrainReport, search_behind: bool) -> DrainReport:
    joined = DrainReport()
    for report in reports:
        joined = joined.joined(report)
    return joined.model_copy(update={"search_behind": search_behind})


def _counted(owed: Sequence[Owed], progress: Progress | None) -> Iterable[Owed]:
    for number, each in enumerate(owed, 1):
        yield each
        if progress:
            progress(number, len(owed))
