"""A home on a real disk, wired as the composition root wires it, with file operations of the test's choosing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from kb.adapters.files.operations import FileOperations
from kb.adapters.files.store import FileEntryStore
from kb.domain.account import OPERATOR
from kb.domain.ports import (
    AccountStore,
    AuditLog,
    Catalogue,
    NoticeStore,
    Randomness,
    SearchEngine,
    WriterLock,
)
from kb.domain.revision import Body, RecordRef
from kb.domain.workflow import Action
from kb.services.bearing_steps import BearingSteps
from kb.services.comparison import Comparison
from kb.services.derivation import Derivation
from kb.services.drain import Drain
from kb.services.followers import Followers
from kb.services.healing import TendedIndex
from kb.services.indexing import Indexing
from kb.services.operations import Operations
from kb.services.publishing import Publisher
from kb.services.purging import Purging
from kb.services.rebuilding import Rebuilding
from kb.services.saving import Saving
from kb.services.telling import Telling
from kb.services.turns import Turns
from kb.services.vocabulary import Vocabularies
from tests.fakes.chores import MemoryChores
from tests.fakes.clock import FakeClock
from tests.fakes.follows import MemoryFollows
from tests.fakes.randomness import FakeRandomness


class Derived(NamedTuple):
    """What follows the files."""

    catalogue: Catalogue
    engine: SearchEngine
    audit: AuditLog
    accounts: AccountStore
    notices: NoticeStore
    lock: WriterLock


class Installation:
    """Nobody waits here: who cannot have the lock gives up at once."""

    def __init__(
        self,
        home: Path,
        derived: Derived,
        operations: FileOperations | None = None,
        randomness: Randomness | None = None,
    ) -> None:
        pause: Callable[[float], None] = lambda _seconds: None  # noqa: E731 - a name for the type's sake
        randomness = randomness or FakeRandomness()
        clock = FakeClock()
        catalogue, engine, audit, self.accounts, self.notices, lock = derived
        self.catalogue, self.engine, self.audit = catalogue, engine, audit
        self.entries = home / "entries"
        self.store = FileEntryStore(self.entries, operations or FileOperations(), randomness)
        index = TendedIndex(engine, MemoryChores())
        followers = Followers(self.store, MemoryFollows(), self.accounts, Vocabularies(self.store, catalogue))
        telling = Telling(self.store, self.accounts, self.notices, MemoryChores(), followers)
        derivation = Derivation(self.store, catalogue, index, audit, telling)
        self.publisher = Publisher(self.store, clock)
        bearing = BearingSteps(self.store, self.accounts, clock)
        performer = Operations(self.store, catalogue, engine, derivation, clock, bearing=bearing)
        self.drain = Drain(self.store, derivation, lock, self.publisher, performer, pause=pause)
        self.comparison = Comparison(
            self.store, catalogue, engine, self.drain, lock, clock=clock, pause=pause
        )
        self.rebuilding = Rebuilding(catalogue, engine, Turns(lock, self.drain, pause))
        self.purging = Purging(self.store, self.drain, clock, randomness)
        self.indexing = Indexing(self.store, catalogue, engine, derivation, self.comparison, index=index)
        self._saving = Saving(self.store, self.drain, clock)

    def save(self, ref: RecordRef, number: int, body: Body, action: Action = Action.EDIT) -> None:
        """Save as every service does: the revision, then the drain."""
        self._saving.save(OPERATOR, ref, number, body, action=action)

    @property
    def follows(self) -> bool:
        """Say whether catalogue and index hold exactly what the files hold."""
        return self.indexing.status(OPERATOR).equal
