"""Trying a home before anybody trusts it: the save protocol needs link(2) and fsync to work there."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from kb.adapters.files.operations import FileOperations

_NAME = ".probe"
_NEEDED = "It needs a file system with hard links and fsync, writable for the user that runs Casebook."


def probe(folder: Path, chance: str, operations: FileOperations | None = None) -> tuple[str, ...]:
    """Write, flush, link and remove a file in `folder`; gives a sentence per thing that does not work."""
    operations = operations or FileOperations()
    first, second = folder / f"{_NAME}.{chance}.1", folder / f"{_NAME}.{chance}.2"
    try:
        _try(operations, first, second)
    except OSError as error:
        reason = (error.strerror or "the system refused").lower()
        return (f"{folder} cannot hold a knowledge base: {reason}. {_NEEDED}",)
    finally:
        for path in (first, second):
            with suppress(OSError):
                operations.unlink(path)
    return ()


def _try(operations: FileOperations, first: Path, second: Path) -> None:
    descriptor = operations.create(first)
    try:
        operations.write(descriptor, b"probe")
        operations.fsync(descriptor)
    finally:
        operations.close(descriptor)
    operations.link(first, second)
    operations.fsync_folder(first.parent)
