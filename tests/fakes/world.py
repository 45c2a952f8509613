"""A whole installation in memory, wired as the composition root wires the real one."""

from __future__ import annotations

from collections.abc import Callable

from kb.domain.marking import OFFICERS_VIEWER
from kb.domain.query import SearchQuery
from kb.services.bearing_steps import BearingSteps
from kb.services.comparison import Comparison
from kb.services.derivation import Derivation
from kb.services.drain import Drain
from kb.services.followers import Followers
from kb.services.healing import TendedIndex
from kb.services.operations import Operations
from kb.services.publishing import Publisher
from kb.services.telling import Telling
from kb.services.vocabulary import Vocabularies
from tests.fakes.accounts import MemoryAccounts
from tests.fakes.audit import MemoryAuditLog
from tests.fakes.catalogue import MemoryCatalogue
from tests.fakes.chores import MemoryChores
from tests.fakes.clock import FakeClock
from tests.fakes.entry_store import MemoryEntryStore
from tests.fakes.follows import MemoryFollows
from tests.fakes.lock import MemoryLock
from tests.fakes.notices import MemoryNotices
from tests.fakes.randomness import FakeRandomness
from tests.fakes.search_engine import MemorySearchEngine


class World:
    """Everything below the services that a person calls; `pauses` are the seconds that somebody waited."""

    def __init__(
        self,
        store: MemoryEntryStore | None = None,
        *,
        catalogue: MemoryCatalogue | None = None,
        engine: MemorySearchEngine | None = None,
        lock: MemoryLock | None = None,
        pause: Callable[[float], None] | None = None,
    ) -> None:
        self.store = store or MemoryEntryStore()
        self.catalogue = catalogue or MemoryCatalogue()
        self.engine = engine or MemorySearchEngine()
        self.lock = lock or MemoryLock()
        self.audit = MemoryAuditLog()
        self.clock = FakeClock()
        self.randomness = FakeRandomness()
        self.pauses: list[float] = []
        pause = pause or self.pauses.append
        self.chores = MemoryChores()
        self.index = TendedIndex(self.engine, self.chores)
        self.accounts, self.notices = MemoryAccounts(), MemoryNotices()
        self.follows, vocabularies = MemoryFollows(), Vocabularies(self.store, self.catalogue)
        followers = Followers(self.store, self.follows, self.accounts, vocabularies)
        self.telling = Telling(self.store, self.accounts, self.notices, self.chores, followers)
        self.derivation = Derivation(self.store, self.catalogue, self.index, self.audit, self.telling)
        self.publisher = Publisher(self.store, self.clock)
        bearing = BearingSteps(self.store, self.accounts, self.clock)
        self.operations = Operations(
            self.store, self.catalogue, self.engine, self.derivation, self.clock, bearing=bearing
        )
        self.drain = Drain(
            self.store, self.derivation, self.lock, self.publisher, self.operations, pause=pause
        )
        self.comparison = Comparison(
            self.store, self.catalogue, self.engine, self.drain, self.lock, clock=self.clock, pause=pause
        )

    def found(self, text: str = "") -> list[str]:
        """Give the ids of the units that an officer of no organisation finds."""
        return [hit.id for hit in self.engine.search(self.query(text)).hits]

    def query(self, text: str) -> SearchQuery:
        """Give what such an officer asks."""
        return SearchQuery(viewer=OFFICERS_VIEWER, text=text)
