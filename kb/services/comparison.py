"""The full comparison: folder listings against what is derived, at start and by `kb index update`.

It finds what markers cannot tell: a derived store that was deleted, restored or left behind, files that came or went by
other ways, and acts that a crash left half done. What it finds it brings in order in turns at the writer's lock, and an index
that must be made anew is made beside, so that saves go on being followed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from kb.domain.entry import Listing
from kb.domain.errors import SearchUnavailable
from kb.domain.marking import OPERATOR_VIEWER
from kb.domain.operation import OperationStatus
from kb.domain.ports import Catalogue, Change, Clock, EntryStore, Progress, SearchEngine, WriterLock
from kb.domain.query import IndexState
from kb.domain.record import Kind
from kb.domain.record_units import record_of
from kb.domain.revision import RecordRef
from kb.domain.text import Value
from kb.domain.workflow import SubmissionStatus
from kb.services.derivation import Owed
from kb.services.drain import Drain, DrainReport
from kb.services.rebuilding import Rebuild, Rebuilding
from kb.services.turns import Turns

STALE = dt.timedelta(hours=1)
"""No save takes that long: a marker of this age whose revision never came belongs to a process that died."""

HALF_DONE: tuple[tuple[Kind, str], ...] = (
    (Kind.SUBMISSION, SubmissionStatus.PUBLISHING.value),
    (Kind.OPERATION, OperationStatus.PLANNED.value),
)
"""What is to be rolled forward."""

Numbers = Mapping[RecordRef, int]


class ComparisonReport(Value):
    """What was found different and brought in order."""

    had_lock: bool = True
    """False where another process held the lock all the time; what differs waits for the next comparison."""
    differing: int = 0
    rebuild: Rebuild = Rebuild.NOT_NEEDED
    stale_markers: int = 0
    drain: DrainReport = DrainReport()

    @property
    def rebuilt(self) -> bool:
        """Say whether the index was made anew."""
        return self.rebuild is Rebuild.DONE


class Comparison:
    """Compares everything, and waits for turns at the writer's lock by `pause`, in seconds."""

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
        self._turns = Turns(lock, drain, pause)
        self._rebuilding = Rebuilding(catalogue, engine, self._turns)
        self._clock = clock

    def run(self, progress: Progress | None = None, *, afresh: bool = False) -> ComparisonReport:
        """Bring catalogue and index to what the files say; `afresh` reads every record, whatever the numbers say."""
        owed = self._owed(afresh=afresh)
        followed = None if owed is None else self._turns.follow(_counted(owed, progress))
        if owed is None or followed is None:
            return ComparisonReport(had_lock=False)
        mended, rebuild = self._mend_index(progress, afresh=afresh or followed.search_behind)
        rolled = self._turns.follow(Owed(ref=ref) for ref in tuple(self._half_done()))
        stale = self._store.stale_markers(self._clock.now() - STALE)
        self._store.release(stale)
        drain = followed.joined(rolled or DrainReport(had_lock=False))
        return ComparisonReport(
            differing=len(owed),
            rebuild=rebuild,
            stale_markers=len(stale),
            drain=drain.model_copy(update={"search_behind": not mended}).joined(self._drain.run()),
        )

    def _owed(self, *, afresh: bool) -> Sequence[Owed] | None:
        stored, held = self._numbers()
        if _ahead(stored, held):
            looked = self._turns.take(self._drop_ahead)
            if looked is None:
                return None
            stored, held = looked
        return tuple(
            Owed(ref=ref, numbers=tuple(range(_known(held.get(ref, 0), last) + 1, last + 1)))
            for ref, last in stored.items()
            if afresh or held.get(ref) != last
        )

    def _numbers(self) -> tuple[Numbers, Numbers]:
        """Give the last revision of each record in the files, and in the catalogue."""
        stored = {chain.ref: chain.last for chain in self._store.chains() if chain.last}
        return stored, self._catalogue.manifest()

    def _drop_ahead(self) -> tuple[Numbers, Numbers]:
        """Drop entries of which the files know no such revision; looked at again, because a save may just have come.

        The files are of an older backup then: the newer entry would stand in the older one's way.
        """
        stored, held = self._numbers()
        self._catalogue.apply([Change(ref=ref, entry=None) for ref in _ahead(stored, held)])
        return stored, held

    def _mend_index(self, progress: Progress | None, *, afresh: bool) -> tuple[bool, Rebuild]:
        """Let the index equal the catalogue; gives whether it does, and what came of building it anew."""
        needed = afresh or not self._is_sound()
        rebuild = self._rebuilding.run(progress) if needed else Rebuild.NOT_NEEDED
        if rebuild is Rebuild.DONE or self._mend_in_place():
            return True, rebuild
        if rebuild is Rebuild.NOT_NEEDED:
            rebuild = self._rebuilding.run(progress)
        return rebuild is Rebuild.DONE, rebuild

    def _is_sound(self) -> bool:
        """Say whether the index in use is; asked again under the lock, because a commit may just have been half done."""
        return (
            self._engine.report().state is IndexState.READY
            or self._turns.take(lambda: self._engine.report().state) is IndexState.READY
        )

    def _mend_in_place(self) -> bool:
        if self._engine.report().state is not IndexState.READY:
            return False
        try:
            wrong = self._wrong_in_index()
        except SearchUnavailable:
            return False
        followed = self._turns.follow(Owed(ref=ref) for ref in wrong)
        return followed is not None and not followed.search_behind

    def _wrong_in_index(self) -> Sequence[RecordRef]:
        wanted, indexed = self._catalogue.units_manifest(), self._engine.manifest()
        groups = wanted.keys() | indexed.keys()
        return [record_of(each) for each in sorted(groups) if wanted.get(each) != indexed.get(each)]

    def _half_done(self) -> Iterator[RecordRef]:
        for kind, status in HALF_DONE:
            listing = Listing(viewer=OPERATOR_VIEWER, kinds=frozenset({kind}), statuses=frozenset({status}))
            yield from (entry.ref for entry in self._catalogue.list(listing))


def _ahead(stored: Numbers, held: Numbers) -> Sequence[RecordRef]:
    return [ref for ref, number in held.items() if number > stored.get(ref, 0)]


def _known(held: int, last: int) -> int:
    """Give up to which revision the audit log has heard; of a chain that was replaced, of none for certain."""
    return held if held <= last else 0


def _counted(owed: Sequence[Owed], progress: Progress | None) -> Iterable[Owed]:
    for number, each in enumerate(owed, 1):
        yield each
        if progress:
            progress(number, len(owed))
