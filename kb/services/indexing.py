"""Indexing: does what is derived equal the files, and how to make it so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kb.domain.account import Account
from kb.domain.errors import SearchUnavailable
from kb.domain.permission import Permission, demand
from kb.domain.ports import Catalogue, EntryStore, Progress, SearchEngine
from kb.domain.query import IndexReport, IndexState
from kb.domain.record_units import record_of
from kb.domain.revision import RecordRef
from kb.domain.text import Value
from kb.services.comparison import Comparison, ComparisonReport
from kb.services.derivation import Derivation, Standing
from kb.services.healing import TendedIndex


class IndexDifference(Value):
    """One record that files, catalogue and index do not tell alike; 0 stands for a record that is not there."""

    ref: RecordRef
    store: int
    catalogue: int
    index: int
    """0 also where the record has nothing to be searched."""
    damaged: str = ""
    """Why the record cannot be read, which keeps it from view until it is mended."""


class IndexStatus(Value):
    """The three side by side; `owed` counts the saves that still wait for a drain."""

    records: int
    catalogued: int
    index: IndexReport
    owed: int
    differences: tuple[IndexDifference, ...]

    @property
    def equal(self) -> bool:
        """Say whether catalogue and index hold exactly what the files hold."""
        return self.index.state is IndexState.READY and not self.differences


class Indexing:
    """Looks after what is derived, for operators."""

    def __init__(
        self,
        store: EntryStore,
        catalogue: Catalogue,
        engine: SearchEngine,
        derivation: Derivation,
        comparison: Comparison,
        *,
        index: TendedIndex,
    ) -> None:
        self._store = store
        self._catalogue = catalogue
        self._engine = engine
        self._derivation = derivation
        self._comparison = comparison
        self._index = index

    def status(self, actor: Account | None) -> IndexStatus:
        """Compare files, catalogue and index, and change nothing."""
        demand(actor, Permission.OPERATE)
        stored = {chain.ref: chain.last for chain in self._store.chains() if chain.last}
        held = self._catalogue.manifest()
        return IndexStatus(
            records=len(stored),
            catalogued=len(held),
            index=self._engine.report(),
            owed=len(self._store.markers()),
            differences=tuple(self._differences(stored, held)),
        )

    def update(self, actor: Account | None, progress: Progress | None = None) -> ComparisonReport:
        """Bring in order what differs."""
        demand(actor, Permission.OPERATE)
        return self._comparison.run(progress)

    def rebuild(self, actor: Account | None, progress: Progress | None = None) -> ComparisonReport:
        """Read every record again and build the index anew; the old one serves until then."""
        demand(actor, Permission.OPERATE)
        return self._comparison.run(progress, afresh=True)

    def tend(self, actor: Account | None) -> None:
        """Have merged beside what many saves have left, if there is much: for a server that starts."""
        demand(actor, Permission.OPERATE)
        self._index.tend()

    def merge(self, actor: Account | None) -> bool:
        """Merge what many saves have left in the index, beside the one in use; gives whether there was anything to do."""
        demand(actor, Permission.OPERATE)
        return self._engine.merge()

    def _differences(
        self, stored: Mapping[RecordRef, int], held: Mapping[RecordRef, int]
    ) -> Iterator[IndexDifference]:
        wanted, indexed = _records(self._catalogue.units_manifest()), _records(self._indexed())
        for ref in sorted(stored.keys() | held.keys() | indexed.keys(), key=str):
            reading = self._derivation.read(ref) if ref in stored and ref not in held else None
            buried = reading is not None and reading.standing is Standing.BURIED
            expected = 0 if buried else stored.get(ref, 0)
            if held.get(ref, 0) != expected or wanted.get(ref) != indexed.get(ref):
                yield IndexDifference(
                    ref=ref,
                    store=stored.get(ref, 0),
                    catalogue=held.get(ref, 0),
                    index=indexed.get(ref, 0),
                    damaged=reading.sentence if reading else "",
                )

    def _indexed(self) -> Mapping[str, int]:
        try:
            return self._engine.manifest()
        except SearchUnavailable:
            return {}


def _records(numbers: Mapping[str, int]) -> Mapping[RecordRef, int]:
    return {record_of(group): number for group, number in numbers.items()}
