"""Puts bytes under their name in one step, so that no reader and no crash ever meets half a file."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from kb.adapters.files import layout
from kb.adapters.files.folders import Folders
from kb.adapters.files.operations import FileOperations
from kb.domain.ports import Randomness


class NameTaken(Exception):
    """Another save has the number: the commit point was reached by somebody else."""


class Writer:
    """Writes revisions by way of a temporary name in the record's folder.

    The temporary file is locked while its process lives: whoever can lock it may remove it, so nothing needs a clock
    to tell what a crash left from what is being written.
    """

    def __init__(self, folders: Folders, operations: FileOperations, randomness: Randomness) -> None:
        self._folders = folders
        self._operations = operations
        self._randomness = randomness

    def add(self, folder: Path, number: int, data: bytes) -> str:
        """Make `data` revision `number`; gives a warning, or nothing. Raises OSError, NameTaken: nothing has changed."""
        made = self._folders.ensure(folder)
        try:
            self._write_and_link(folder, number, data)
        except (OSError, NameTaken):
            self._folders.discard(made)
            raise
        try:
            self._folders.settle(folder)
        except OSError as error:
            return (
                "Saved, but the disk did not confirm it"
                f" ({error.strerror}): a power cut now might undo it. Have the disk looked at."
            )
        return ""

    def replace(self, folder: Path, number: int, data: bytes) -> None:
        """Put `data` in the place of revision `number`. Raises OSError: the old or the new one is there."""
        temporary = folder / layout.temporary_name(number, self._randomness.salt())
        descriptor = self._written(temporary, data)
        try:
            self._operations.rename(temporary, folder / layout.revision_name(number))
        except OSError:
            self._remove(temporary)
            raise
        finally:
            self._close(descriptor)
        self._folders.settle(folder)

    def sweep(self, folder: Path) -> int:
        """Remove the temporary names that crashed saves left in a record's folder; gives how many. Raises OSError."""
        names = [found.name for found in self._operations.list(folder) if layout.is_temporary(found.name)]
        removed = sum(self.remove_abandoned(folder / name) for name in names)
        if removed:
            self._folders.settle(folder)
        return removed

    def settle(self, folder: Path) -> None:
        """Flush the names in a folder once more, where an earlier flush may have failed. Raises OSError."""
        self._folders.settle(folder)

    def remove_abandoned(self, temporary: Path) -> bool:
        """Remove a temporary name unless its save is alive; says whether it did. Raises OSError."""
        try:
            descriptor = self._operations.open_existing(temporary)
        except FileNotFoundError:
            return False
        try:
            abandoned = self._operations.lock(descriptor)
            if abandoned:
                self._operations.unlink(temporary)
            return abandoned
        finally:
            self._operations.close(descriptor)

    def _write_and_link(self, folder: Path, number: int, data: bytes) -> None:
        temporary = folder / layout.temporary_name(number, self._randomness.salt())
        descriptor = self._written(temporary, data)
        try:
            self._operations.link(temporary, folder / layout.revision_name(number))
        except FileExistsError:
            raise NameTaken from None
        finally:
            self._remove(temporary)
            self._close(descriptor)

    def _written(self, temporary: Path, data: bytes) -> int:
        """Give the descriptor of a new file that holds `data`, on the disk and locked; leaves no file if it fails."""
        descriptor = self._operations.create(temporary)
        try:
            self._operations.lock(descriptor)
            write_whole(self._operations, descriptor, data)
            self._operations.fsync(descriptor)
        except OSError:
            self._remove(temporary)
            self._close(descriptor)
            raise
        return descriptor

    def _remove(self, temporary: Path) -> None:
        """Drop the temporary name; one that stays is ignored by readers and removed by `kb fsck`."""
        with suppress(OSError):
            self._operations.unlink(temporary)

    def _close(self, descriptor: int) -> None:
        """Close what was flushed already: an error tells nothing about the text any more."""
        with suppress(OSError):
            self._operations.close(descriptor)


def write_whole(operations: FileOperations, descriptor: int, data: bytes) -> None:
    """Write all of `data`, in as many calls as the system wants."""
    rest = memoryview(data)
    while rest:
        rest = rest[operations.write(descriptor, bytes(rest)) :]
