"""Rebuilding: the search index made anew from the catalogue, beside the old one, which serves and follows meanwhile.

The units are read without the writer's lock, so saves go on being found. Whatever changed since a record was read is indexed again
before the new index takes over, the last of it under the lock: from its first answer it is what the catalogue is.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from itertools import islice

from kb.domain.entry import Version
from kb.domain.errors import SearchUnavailable
from kb.domain.ports import Catalogue, Change, FreshIndex, Progress, SearchEngine
from kb.domain.record_units import record_of
from kb.domain.unit import SearchUnit
from kb.services.turns import Turns

BATCH = 100
"""Records indexed again in one commit."""
MOST_TRIES = 30
"""How often a new index asks for its turn to take over, catching up in between: minutes in all."""

Read = dict[str, Version]
"""Which version of each record is in the new index, by the group of its units."""


class Rebuild(StrEnum):
    """What came of building the index anew."""

    NOT_NEEDED = "not needed"
    """The index in use was brought in order, if that."""
    DONE = "done"
    """The new index has taken over."""
    ELSEWHERE = "elsewhere"
    """Another process is at it."""
    FAILED = "failed"
    """It could not be made, or a purge made another one meanwhile. The old index is as it was."""


class Rebuilding:
    """Makes one index at a time, over all processes."""

    def __init__(self, catalogue: Catalogue, engine: SearchEngine, turns: Turns) -> None:
        self._catalogue = catalogue
        self._engine = engine
        self._turns = turns

    def run(self, progress: Progress | None = None) -> Rebuild:
        """Make a new index and let it take over; never raises for the disk's sake."""
        try:
            with self._engine.beside() as fresh:
                return self._make(fresh, progress) if fresh else Rebuild.ELSEWHERE
        except (SearchUnavailable, OSError):
            return Rebuild.FAILED

    def _make(self, fresh: FreshIndex, progress: Progress | None) -> Rebuild:
        read: Read = {}
        fresh.fill(self._units(read, progress))

        def finish() -> Rebuild:
            self._catch_up(fresh, read)
            fresh.take_over()
            return Rebuild.DONE

        for _ in range(MOST_TRIES):
            self._catch_up(fresh, read)
            if done := self._turns.take(finish):
                return done
        return Rebuild.FAILED

    def _units(self, read: Read, progress: Progress | None) -> Iterator[SearchUnit]:
        """Give the units record by record, noting of which version they are; progress is told in records."""
        total = len(self._catalogue.versions())
        for number, entry in enumerate(self._catalogue.searched(), 1):
            read[entry.group] = entry.version
            yield from entry.units
            if progress:
                progress(number, max(number, total))

    def _catch_up(self, fresh: FreshIndex, read: Read) -> None:
        """Index again what is of another version by now, and drop what is no more; nothing else is read."""
        now = self._catalogue.versions()
        changed = iter(sorted(each for each in now.keys() | read.keys() if now.get(each) != read.get(each)))
        while groups := tuple(islice(changed, BATCH)):
            entries = {entry.group: entry for entry in self._catalogue.searched(groups)}
            fresh.apply([Change(ref=record_of(each), entry=entries.get(each)) for each in groups])
            for each in groups:
                read.pop(each, None)
            read.update({group: entry.version for group, entry in entries.items()})
