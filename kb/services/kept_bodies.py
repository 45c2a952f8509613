"""Bodies that are asked for again and again: what was read of a file is kept for as long as the catalogue names the same text."""

from __future__ import annotations

from threading import Lock

from kb.domain.entry import Entry
from kb.domain.errors import Damaged, NotFound
from kb.domain.marking import Viewer
from kb.domain.ports import Catalogue, EntryStore
from kb.domain.revision import Body, RecordRef

MOST_KEPT = 2_048
"""Records; about ten kilobytes each."""


class KeptBodies:
    """Gives records in full form to services that show them; the catalogue says each time whether one exists for a viewer."""

    def __init__(self, store: EntryStore, catalogue: Catalogue, most: int = MOST_KEPT) -> None:
        self._store = store
        self._catalogue = catalogue
        self._most = most
        self._kept: dict[RecordRef, tuple[str, Body]] = {}
        self._lock = Lock()

    def get(self, viewer: Viewer, ref: RecordRef) -> Body | None:
        """Give the current body, or None where it is missing, hidden or damaged."""
        entry = self._catalogue.get(viewer, ref)
        return self.of(entry) if entry else None

    def of(self, entry: Entry) -> Body | None:
        """Give the body that an entry was made of, or None where its file cannot be read."""
        with self._lock:
            kept = self._kept.get(entry.ref)
        if kept and kept[0] == entry.digest:
            return kept[1]
        try:
            body = self._store.revision(entry.ref, entry.revision).body
        except (Damaged, NotFound):
            return None
        if body is not None:
            self._keep(entry, body)
        return body

    def _keep(self, entry: Entry, body: Body) -> None:
        with self._lock:
            if len(self._kept) >= self._most:
                self._kept.clear()
            self._kept[entry.ref] = (entry.digest, body)
