"""The lock under which one drain works at a time, over all processes and threads of a home."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kb.adapters.files.operations import FileOperations
from kb.domain.errors import StoreFailure


class WriterLock:
    """A lock on a file of its own; the kernel gives it back when the holder dies.

    Each try opens the file anew, so that threads of one process exclude each other like processes do.
    """

    def __init__(self, path: Path, operations: FileOperations | None = None) -> None:
        self._path = path
        self._operations = operations or FileOperations()

    @contextmanager
    def try_hold(self) -> Iterator[bool]:
        """Try to take the lock without waiting; raises StoreFailure where the file cannot be opened."""
        descriptor = self._open()
        try:
            # A file that was removed meanwhile locks nobody out: then somebody else may have it, so say no.
            held = self._operations.lock(descriptor) and self._operations.same_file(descriptor, self._path)
            try:
                yield held
            finally:
                if held:
                    self._operations.unlock(descriptor)
        finally:
            with suppress(OSError):
                self._operations.close(descriptor)

    def _open(self) -> int:
        try:
            return self._operations.open_lock(self._path)
        except OSError as error:
            raise StoreFailure(
                f"The writer's lock cannot be opened ({error.strerror}). Check that the home can be written."
            ) from error
