"""Markers: one small file per save, on the disk before the save is, that says what the drain owes.

Its name tells everything; its content is the time of the save, so that an old one can be told under any clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from kb.adapters.files import layout
from kb.adapters.files.folders import Folders
from kb.adapters.files.operations import FileOperations
from kb.adapters.files.reading import Reader
from kb.adapters.files.writing import write_whole
from kb.domain.ports import Marker, Randomness
from kb.domain.record import Kind
from kb.domain.revision import Save

_LONGEST_TIME = 40


class Markers:
    """The folder `.pending` of one store."""

    def __init__(
        self,
        root: Path,
        folders: Folders,
        reader: Reader,
        operations: FileOperations,
        randomness: Randomness,
    ) -> None:
        self._root = root
        self._folders = folders
        self._reader = reader
        self._operations = operations
        self._randomness = randomness

    def put(self, save: Save) -> Marker:
        """Leave a durable marker for `save`. Raises OSError, and then none is left."""
        marker = Marker(ref=save.ref, revision=save.number, token=self._randomness.salt())
        path = self._path(marker)
        made = self._folders.ensure(path.parent)
        try:
            self._write(path, save.saved_at)
        except OSError:
            self._folders.discard(made)
            raise
        return marker

    def release(self, markers: Iterable[Marker]) -> None:
        """Remove markers. One that stays is harmless: the drain looks at its record once more."""
        for marker in markers:
            with suppress(OSError):
                self._operations.unlink(self._path(marker))

    def standing(self) -> tuple[Marker, ...]:
        """List the markers by kind, id, number and token."""
        return tuple(
            sorted(self._found(), key=lambda each: (each.ref.kind, each.ref.id, each.revision, each.token))
        )

    def stale(self, older_than: dt.datetime) -> tuple[Marker, ...]:
        """List those made before `older_than` whose revision never came."""
        return tuple(
            marker
            for marker in self.standing()
            if self._reader.last(marker.ref) < marker.revision and self._made_at(marker) < older_than
        )

    def _found(self) -> Iterator[Marker]:
        for kind in Kind:
            for found in self._reader.names(layout.marker_folder(self._root, kind)):
                marker = layout.marker_of(kind, found.name) if found.is_file else None
                if marker:
                    yield marker

    def _write(self, path: Path, saved_at: dt.datetime) -> None:
        """Bring the marker, its name and its folder's name to the disk, or leave no file."""
        descriptor = self._operations.create(path)
        try:
            write_whole(self._operations, descriptor, f"{saved_at.astimezone(dt.UTC).isoformat()}\n".encode())
            self._operations.fsync(descriptor)
            self._folders.settle(path.parent)
        except OSError:
            with suppress(OSError):
                self._operations.unlink(path)
            raise
        finally:
            with suppress(OSError):
                self._operations.close(descriptor)

    def _made_at(self, marker: Marker) -> dt.datetime:
        """Give when the save began; the file's own time where a crash took the content. A marker now gone is new."""
        path = self._path(marker)
        try:
            return dt.datetime.fromisoformat(
                self._operations.read(path, _LONGEST_TIME).decode().strip()
            ).astimezone(dt.UTC)
        except ValueError:
            return self._operations.modified_at(path)
        except OSError:
            return dt.datetime.max.replace(tzinfo=dt.UTC)

    def _path(self, marker: Marker) -> Path:
        return layout.marker_folder(self._root, marker.ref.kind) / layout.marker_name(marker)
