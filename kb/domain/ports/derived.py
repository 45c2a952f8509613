"""What is derived from the store and disposable: the catalogue and the search index, and the lock under which they follow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from kb.domain.cross_table import CrossQuery, CrossTable, SumQuery, UnitFigures, UnitSum
from kb.domain.entry import Entry, Listing, Version
from kb.domain.marking import Viewer
from kb.domain.ports.surroundings import Progress
from kb.domain.query import Hit, IndexReport, SearchPage, SearchQuery
from kb.domain.record import Kind
from kb.domain.revision import RecordRef
from kb.domain.similarity import SimilarQuery
from kb.domain.text import Value
from kb.domain.unit import Facet, GroupId, SearchUnit


class Change(Value):
    """What the drain tells the derived stores about one record: its entry now, or None where it is no more."""

    ref: RecordRef
    entry: Entry | None


class Catalogue(Protocol):
    """A table of entries derived from the store."""

    def apply(self, changes: Sequence[Change]) -> None:
        """Put or drop these entries, durably, in one transaction; an older revision never replaces a newer one."""

    def get(self, viewer: Viewer, ref: RecordRef) -> Entry | None:
        """Give the entry if it exists for `viewer`, in the form shown to them and without its units and names."""

    def known(self, viewer: Viewer, refs: Collection[RecordRef]) -> Mapping[RecordRef, Entry]:
        """Give those of these entries that exist for `viewer`, as `get` gives one."""

    def hides(self, viewer: Viewer, ref: RecordRef, revision: int) -> bool:
        """Say whether this is known to be a revision that does not exist for `viewer`; of what is unknown, no."""

    def list(self, listing: Listing) -> tuple[Entry, ...]:
        """Give the entries that exist for the viewer and fit, in the form shown to them and without units and names.

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

    def units_manifest(self) -> Mapping[GroupId, int]:
        """Give what the index's manifest must equal: group to revision, of records that have units."""

    def searched(self, groups: Collection[GroupId] | None = None) -> Iterator[Entry]:
        """Give the entries that have units, whole, by kind and then by id: all, or those of these groups.

        They are read bit by bit: each is of one moment, two may be of two.
        """

    def versions(self, groups: Collection[GroupId] | None = None) -> Mapping[GroupId, Version]:
        """Give group to version, of records that have units, all or these: what was read of another version is to be read anew."""

    def stamp(self, kind: Kind) -> int:
        """Give a number that is another one whenever an entry of this kind came, changed or went, in whichever process.

        It never comes back, so what was read after it was asked for may be kept for as long as it is the same.
        """

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
        """Give the best unit of each other record that is like this one, the most alike first, clearly weaker ones left out.

        Raises SearchUnavailable, and NotFound for the id of a unit that does not exist for the viewer.
        """

    def cross(self, query: CrossQuery) -> CrossTable:
        """Count two facets against each other over what a search finds; raises SearchUnavailable.

        Every number is what a search filtered by its row and its column returns.
        """

    def sums(self, query: SumQuery) -> Mapping[str, UnitSum]:
        """Sum up what a search finds by each value of a facet that any of it tells; raises SearchUnavailable."""

    def figures(self, query: SearchQuery, facets: frozenset[Facet]) -> tuple[UnitFigures, ...]:
        """Give the figures of all units that a search finds, by id, whatever its page; raises SearchUnavailable."""

    def lacking(self, query: SearchQuery, facet: Facet) -> Mapping[str, int]:
        """Count, by their group, the units that a search finds and that tell no value of a facet; raises SearchUnavailable."""


class Indexer(Protocol):
    """Takes changes of records into the index."""

    def apply(self, changes: Sequence[Change]) -> None:
        """Index the units of these records and drop their older ones, durably; raises SearchUnavailable.

        What is indexed already so is left as it is.
        """


class FreshIndex(Indexer, Protocol):
    """An index in the making. Every act raises SearchUnavailable once a purge has swept it away."""

    def fill(self, units: Iterable[SearchUnit]) -> None:
        """Index exactly these units."""

    def take_over(self) -> None:
        """Take the place of the index in use, which goes. The writer's lock is the caller's."""


class SearchEngine(Searcher, Indexer, Protocol):
    """Full-text search over units, exact under the viewer's audience."""

    def manifest(self) -> Mapping[GroupId, int]:
        """Give the revision that each indexed record's units come from, by their group."""

    def report(self) -> IndexReport:
        """Say whether search can answer, and over how much."""

    def beside(self) -> AbstractContextManager[FreshIndex | None]:
        """Make a new index beside the one in use, which serves and follows meanwhile; None where another is being made.

        At the end it goes again, unless it took over.
        """

    def rebuild(self, units: Iterable[SearchUnit], total: int, progress: Progress | None = None) -> None:
        """Index exactly these units in a new place and put it in the old one's; no trace of others stays.

        Whatever is being made beside is swept away too. The writer's lock is the caller's.
        """

    def is_crowded(self) -> bool:
        """Say whether many changes have left something that should be merged."""

    def merge(self) -> bool:
        """Merge it beside; gives whether it did. What is found stays the same."""


class WriterLock(Protocol):
    """Lets one drain work at a time, over all processes."""

    def try_hold(self) -> AbstractContextManager[bool]:
        """Try to take the lock without waiting; the context says whether it was had, and gives it back."""
