"""What is derived from the store and disposable: the catalogue and the search index, and the lock under which they follow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from kb.domain.entry import Entry, Listing
from kb.domain.marking import Viewer
from kb.domain.ports.surroundings import Progress
from kb.domain.query import Hit, IndexReport, SearchPage, SearchQuery
from kb.domain.revision import RecordRef
from kb.domain.similarity import SimilarQuery
from kb.domain.text import Value
from kb.domain.unit import SearchUnit


class Change(Value):
    """What the drain tells the derived stores about one record: its entry now, or None where it is no more."""

    ref: RecordRef
    entry: Entry | None


class Catalogue(Protocol):
    """A table of entries derived from the store."""

    def apply(self, changes: Sequence[Change]) -> None:
        """Put or drop these entries, durably, in one transaction; an older revision never replaces a newer one."""

    def get(self, viewer: Viewer, ref: RecordRef) -> Entry | None:
        """Give the entry if it exists for `viewer`, in the form shown to them and without its units."""

    def list(self, listing: Listing) -> tuple[Entry, ...]:
        """Give the entries that exist for the viewer and fit, in the form shown to them and without their units.

        What narrows is compared with the form shown too: asking for an owner or author finds nothing withheld.
        """

    def count(self, listing: Listing) -> int:
        """Count what `list` would give without limit and offset."""

    def saved_at(self, listing: Listing) -> Mapping[RecordRef, dt.datetime]:
        """Give when each entry that `list` would give was last saved, in its order; the entries themselves stay unread."""

    def created_at(self, ref: RecordRef) -> dt.datetime | None:
        """Give when the record's first revision was saved, if the catalogue knows."""

    def manifest(self) -> Mapping[RecordRef, int]:
        """Give the revision that the catalogue holds of each record."""

    def units(self) -> Iterator[SearchUnit]:
        """Give every search unit, for an index to be rebuilt or compared."""

    def units_manifest(self) -> Mapping[str, int]:
        """Give what the index's manifest must equal: case id to revision, of cases that have units."""

    def digest(self) -> str:
        """Give a checksum over (kind, id, revision, digest) of all entries."""

    def purge(self) -> None:
        """Leave no trace of dropped rows in the file."""

    def clear(self) -> None:
        """Forget everything; the next comparison fills it again."""


class Searcher(Protocol):
    """Answers what readers ask."""

    def search(self, query: SearchQuery) -> SearchPage:
        """Answer; raises SearchUnavailable. Any text gets a page."""

    def count(self, query: SearchQuery) -> int:
        """Give the total of what `search` would answer, at a part of its cost; raises SearchUnavailable."""

    def similar(self, query: SimilarQuery) -> tuple[Hit, ...]:
        """Give the best unit of each other case that is like this one, the most alike first, clearly weaker ones left out.

        Raises SearchUnavailable, and NotFound for the id of a unit that does not exist for the viewer.
        """


class SearchEngine(Searcher, Protocol):
    """Full-text search over units, exact under the viewer's audience."""

    def apply(self, changes: Sequence[Change]) -> None:
        """Index the units of these records and drop their older ones, durably."""

    def manifest(self) -> Mapping[str, int]:
        """Give the case revision that each indexed record's units come from: case id to revision."""

    def report(self) -> IndexReport:
        """Say whether search can answer, and over how much."""

    def rebuild(self, units: Iterable[SearchUnit], total: int, progress: Progress | None = None) -> None:
        """Index exactly these units in a new place and put it in the old one's; no trace of others stays."""


class WriterLock(Protocol):
    """Lets one drain work at a time, over all processes."""

    def try_hold(self) -> AbstractContextManager[bool]:
        """Try to take the lock without waiting; the context says whether it was had, and gives it back."""
