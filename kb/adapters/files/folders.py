"""Folders that outlive a power cut: a new name is safe only when the folder that holds it was flushed.

That goes for the folder's own name too, up to the root, and also where another process made it a moment ago: its
flush may not have come yet. So every parent is flushed once per process, and at once after this process made it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from kb.adapters.files.operations import FileOperations


class Folders:
    """Makes and flushes the folders of one store."""

    def __init__(self, root: Path, operations: FileOperations) -> None:
        self._root = root
        self._operations = operations
        self._settled: set[Path] = set()

    def ensure(self, folder: Path) -> Sequence[Path]:
        """Make `folder` and its parents up to the root; gives those that were missing, outermost first."""
        missing = []
        for each in self._upwards(folder):
            if self._operations.is_folder(each):
                break
            missing.append(each)
        made = []
        try:
            for each in reversed(missing):
                with suppress(FileExistsError):
                    self._operations.mkdir(each)
                    made.append(each)
                self._settled.discard(each)
        except OSError:
            self.discard(made)
            raise
        return made

    def discard(self, made: Sequence[Path]) -> None:
        """Remove folders that a failed save made, as far as nobody uses them."""
        with suppress(OSError):
            for each in reversed(made):
                self._operations.rmdir(each)
                self._settled.discard(each)

    def settle(self, folder: Path) -> None:
        """Flush `folder`, then the name of every folder on the way that was not flushed before. Raises OSError."""
        self._operations.fsync_folder(folder)
        for each in self._upwards(folder):
            if each not in self._settled:
                self._operations.fsync_folder(each.parent)
                self._settled.add(each)

    def _upwards(self, folder: Path) -> Iterable[Path]:
        """Give `folder` and its parents, the root last."""
        yield folder
        if folder != self._root:
            yield from self._upwards(folder.parent)
