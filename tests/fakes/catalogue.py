"""A catalogue in memory: the rules of the port in their plainest words."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime

from kb.domain.entry import Entry, Listing, Order, Version
from kb.domain.marking import Viewer
from kb.domain.ports import Change
from kb.domain.record import Kind
from kb.domain.revision import RecordRef
from kb.domain.unit import SearchUnit

Entries = list[Entry]


class MemoryCatalogue:
    def __init__(self) -> None:
        self._entries: dict[RecordRef, Entry] = {}
        self._stamps: Counter[Kind] = Counter()
        self.purges = 0

    def apply(self, changes: Sequence[Change]) -> None:
        for change in changes:
            held = self._entries.get(change.ref)
            if change.entry is None:
                self._entries.pop(change.ref, None)
            elif held is None or held.revision <= change.entry.revision:
                self._entries[change.ref] = change.entry
            self._stamps[change.ref.kind] += 1

    def get(self, viewer: Viewer, ref: RecordRef) -> Entry | None:
        entry = self._entries.get(ref)
        return _shown(entry, viewer) if entry and viewer.sees(entry.readers) else None

    def known(self, viewer: Viewer, refs: Collection[RecordRef]) -> Mapping[RecordRef, Entry]:
        found = {ref: self.get(viewer, ref) for ref in refs}
        return {ref: entry for ref, entry in found.items() if entry}

    def hides(self, viewer: Viewer, ref: RecordRef, revision: int) -> bool:
        entry = self._entries.get(ref)
        return entry is not None and entry.revision == revision and not viewer.sees(entry.readers)

    def list(self, listing: Listing) -> tuple[Entry, ...]:
        fitting = self._fitting(listing)
        fitting.sort(key=lambda entry: (entry.kind, entry.id))
        if listing.order is Order.TITLE:
            fitting.sort(key=lambda entry: entry.title.casefold())
        elif listing.order is Order.REVIEW:
            fitting.sort(key=lambda entry: entry.review_by or date.max)
        elif listing.order is Order.NEWEST:
            fitting.sort(key=lambda entry: entry.created_at, reverse=True)
        else:
            fitting.sort(key=lambda entry: entry.saved_at, reverse=listing.order is Order.CHANGED)
        end = None if listing.limit is None else listing.offset + listing.limit
        return tuple(fitting[listing.offset : end])

    def count(self, listing: Listing) -> int:
        return len(self._fitting(listing))

    def saved_at(self, listing: Listing) -> Mapping[RecordRef, datetime]:
        return {entry.ref: entry.saved_at for entry in self.list(listing)}

    def created_at(self, ref: RecordRef) -> datetime | None:
        entry = self._entries.get(ref)
        return entry.created_at if entry else None

    def manifest(self) -> Mapping[RecordRef, int]:
        return {ref: entry.revision for ref, entry in self._entries.items()}

    def units(self) -> Iterator[SearchUnit]:
        for entry in self.searched():
            yield from entry.units

    def searched(self, groups: Collection[str] | None = None) -> Iterator[Entry]:
        for _, entry in sorted(self._entries.items(), key=lambda item: str(item[0])):
            if entry.units and (groups is None or entry.group in groups):
                yield entry

    def units_manifest(self) -> Mapping[str, int]:
        return {entry.group: entry.revision for entry in self._entries.values() if entry.units}

    def versions(self, groups: Collection[str] | None = None) -> Mapping[str, Version]:
        chosen = [entry for entry in self._entries.values() if entry.units]
        return {each.group: each.version for each in chosen if groups is None or each.group in groups}

    def stamp(self, kind: Kind) -> int:
        return self._stamps[kind]

    def digest(self) -> str:
        lines = sorted(
            f"{ref.kind}\t{ref.id}\t{entry.revision}\t{entry.digest}\n"
            for ref, entry in self._entries.items()
        )
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    def purge(self) -> None:
        self.purges += 1

    def clear(self) -> None:
        self._stamps.update(ref.kind for ref in self._entries)
        self._entries.clear()

    def _fitting(self, listing: Listing) -> Entries:
        visible = (entry for entry in self._entries.values() if listing.viewer.sees(entry.readers))
        return [
            entry
            for each in visible
            if (listing.naming is None or listing.naming in each.names)
            and _fits(entry := _shown(each, listing.viewer), listing)
        ]


def _shown(entry: Entry, viewer: Viewer) -> Entry:
    return entry.model_copy(update={"units": (), "names": frozenset()}).shown_to(viewer)


def _fits(entry: Entry, listing: Listing) -> bool:
    """Say whether the entry, in the form shown to the viewer, is asked for."""
    return (
        (not listing.kinds or entry.kind in listing.kinds)
        and (not listing.statuses or entry.status in listing.statuses)
        and (listing.author is None or listing.author in (entry.author, *entry.co_authors))
        and (listing.reviewer is None or listing.reviewer == entry.reviewer)
        and (listing.owner is None or listing.owner == entry.owner)
        and (listing.event is None or listing.event == entry.event)
        and (listing.target is None or listing.target == entry.target)
        and (not listing.targets or entry.target in listing.targets)
        and (listing.source_key is None or listing.source_key == entry.source_key)
        and (listing.review_from is None or (entry.review_by or date.min) >= listing.review_from)
        and (listing.review_until is None or (entry.review_by or date.max) <= listing.review_until)
        and (listing.changed_since is None or listing.changed_since <= entry.saved_at)
    )
