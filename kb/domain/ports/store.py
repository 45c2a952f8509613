"""The entry store: chains of immutable revisions, which are the truth."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Protocol

from kb.domain.ports.surroundings import Progress
from kb.domain.record import Kind
from kb.domain.revision import Header, RecordRef, Revision, Save
from kb.domain.text import Value


class Saved(Value):
    """An acknowledged save. `warning` tells when the save stands but a folder could not be flushed to the disk."""

    header: Header
    warning: str = ""


class Marker(Value):
    """One save that the catalogue and the index still owe; `token` tells it from another of the same revision."""

    ref: RecordRef
    revision: int
    token: str


class Chain(Value):
    """A record as a folder listing tells it, without opening a file; `last` is 0 where no revision ever came."""

    ref: RecordRef
    last: int


class Severity(StrEnum):
    """How bad a finding is."""

    REPAIRED = "repaired"
    WARNING = "warning"
    ERROR = "error"


class Finding(Value):
    """Something that `kb fsck` found: where, and what to do about it."""

    severity: Severity
    place: str
    sentence: str


class EntryStore(Protocol):
    """Chains of immutable revisions, with optimistic locking by number and a marker per save."""

    def save(self, save: Save) -> Saved:
        """Make `save` revision `save.number` of its record and leave a marker for the drain.

        Raises StaleRevision where that number exists or is not the next, StoreFailure where the disk refused; then
        nothing has changed.
        """

    def current(self, ref: RecordRef) -> Revision:
        """Give the highest revision; raises NotFound, or Damaged where its file cannot be trusted."""

    def last(self, ref: RecordRef) -> int:
        """Give the highest number without opening a file, 0 where no revision ever came; raises Damaged."""

    def revision(self, ref: RecordRef, number: int) -> Revision:
        """Give one revision; raises NotFound or Damaged."""

    def revisions(self, ref: RecordRef) -> tuple[Revision, ...]:
        """Give all readable revisions from the first; damaged ones are left out. Raises NotFound for no record."""

    def chains(self, kind: Kind | None = None) -> Iterator[Chain]:
        """List the records of one kind or all, ordered by kind and id, from folder listings alone."""

    def markers(self) -> tuple[Marker, ...]:
        """List the markers that stand now."""

    def release(self, markers: Iterable[Marker]) -> None:
        """Remove these markers; those that are gone already do not matter."""

    def stale_markers(self, older_than: dt.datetime) -> tuple[Marker, ...]:
        """List markers made before `older_than` whose revision never came."""

    def bury(self, ref: RecordRef, number: int, reason: str) -> None:
        """Replace a revision's text by a tombstone, keeping its header; doing it twice changes nothing.

        Leaves no marker: whoever buries owes the drain an operation or a closing revision.
        """

    def holds(self, text: str) -> Iterator[tuple[RecordRef, int]]:
        """Find every revision, in every chain, whose body or note holds `text`, whatever its line breaks and capitals.

        Raises Damaged where a file cannot be looked into: nobody may believe then that nothing is there.
        """

    def sweep(self) -> int:
        """Remove texts that crashed saves left beside the records, durably, and say how many: a purge wants them gone."""

    def verify(self, *, repair: bool = False, progress: Progress | None = None) -> tuple[Finding, ...]:
        """Check every file and chain; with `repair` mend only what can be proved (left temporary names)."""
