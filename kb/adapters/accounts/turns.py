"""Turns at hashing: passwords are hashed slowly on purpose, so few do it at a time, over all processes of a home.

Two at a time use two processors and 128 MiB for a moment; fifty would use all there is, and who only reads would wait.
"""

from __future__ import annotations

import fcntl
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kb.domain.errors import Busy, StoreFailure
from kb.domain.ports import PasswordHasher

PLACES = 2
PATIENCE = 3.0
"""Seconds after which somebody is told to come again."""
PAUSE = 0.02


class HasherInTurns:
    """A `PasswordHasher` that lets another work when a place is free; raises Busy where none is for too long.

    A place is a lock on a file of its own, which the kernel gives back when the holder dies. Each try opens the file anew,
    so that threads of one process exclude each other like processes do.
    """

    def __init__(self, hasher: PasswordHasher, folder: Path, patience: float = PATIENCE) -> None:
        self._hasher, self._patience = hasher, patience
        self._places = tuple(folder / f"hashing.{number}.lock" for number in range(PLACES))

    def hash(self, password: str) -> str:
        with self._turn():
            return self._hasher.hash(password)

    def verify(self, hashed: str | None, password: str) -> bool:
        with self._turn():
            return self._hasher.verify(hashed, password)

    def outdated(self, hashed: str) -> bool:
        return self._hasher.outdated(hashed)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        held = self._wait()
        try:
            yield
        finally:
            os.close(held)

    def _wait(self) -> int:
        until = time.monotonic() + self._patience
        while True:
            for place in self._places:
                if (held := _taken(place)) is not None:
                    return held
            if time.monotonic() >= until:
                raise Busy
            time.sleep(PAUSE)


def _taken(place: Path) -> int | None:
    """Give the descriptor that holds the place, or None where somebody else has it."""
    try:
        descriptor = os.open(place, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, stat.S_IRUSR | stat.S_IWUSR)
    except OSError as error:
        raise StoreFailure(
            f"Passwords cannot be checked ({error.strerror}). Check that the home can be written."
        ) from error
    with suppress(BlockingIOError):
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return descriptor
    os.close(descriptor)
    return None
