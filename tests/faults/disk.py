"""A disk that can be watched: something may happen before each operation that changes it."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from kb.adapters.files.operations import FileOperations

CHUNK = 300
"""Bytes that the watched disk takes at once, so that every text is written in several operations."""


class Step(NamedTuple):
    """An operation about to be done. Those on an open file name the path under which it was made."""

    name: str
    path: Path
    target: Path | None = None
    data: bytes = b""


Before = Callable[[Step], bool]
"""Told of each step before it is done; says whether it is done at all, may raise OSError or never come back."""


class WatchedOperations(FileOperations):
    """The real file system, with `before` ahead of each change."""

    def __init__(self, before: Before) -> None:
        self._before = before
        self._paths: dict[int, Path] = {}

    def create(self, path: Path) -> int:
        self._before(Step("create", path))
        descriptor = super().create(path)
        self._paths[descriptor] = path
        return descriptor

    def write(self, descriptor: int, data: bytes) -> int:
        part = data[:CHUNK]
        self._before(Step("write", self._paths[descriptor], data=part))
        return super().write(descriptor, part)

    def fsync(self, descriptor: int) -> None:
        if self._before(Step("fsync", self._paths[descriptor])):
            super().fsync(descriptor)

    def close(self, descriptor: int) -> None:
        path = self._paths.pop(descriptor, None)
        try:
            if path:
                self._before(Step("close", path))
        finally:
            super().close(descriptor)

    def link(self, source: Path, target: Path) -> None:
        self._before(Step("link", source, target))
        super().link(source, target)

    def rename(self, source: Path, target: Path) -> None:
        self._before(Step("rename", source, target))
        super().rename(source, target)

    def unlink(self, path: Path) -> None:
        self._before(Step("unlink", path))
        super().unlink(path)

    def mkdir(self, path: Path) -> None:
        self._before(Step("mkdir", path))
        super().mkdir(path)

    def rmdir(self, path: Path) -> None:
        self._before(Step("rmdir", path))
        super().rmdir(path)

    def fsync_folder(self, path: Path) -> None:
        if self._before(Step("fsync_folder", path)):
            super().fsync_folder(path)


class Record:
    """Keeps every step; `number` of them were done."""

    def __init__(self) -> None:
        self.steps: list[Step] = []

    def __call__(self, step: Step) -> bool:
        self.steps.append(step)
        return True


class SignalBefore:
    """Sends this very process a signal before step `number`, counted from 1."""

    def __init__(self, number: int, what: signal.Signals) -> None:
        self._left = number
        self._what = what

    def __call__(self, step: Step) -> bool:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), self._what)
        return True


class RefuseAt:
    """Refuses step `number` with an error of the system; with `for_good` every later one too."""

    def __init__(self, number: int, code: int, *, for_good: bool = False) -> None:
        self._left = number
        self._code = code
        self._for_good = for_good
        self.refused: list[Step] = []

    def __call__(self, step: Step) -> bool:
        self._left -= 1
        if self._left == 0 or (self._left < 0 and self._for_good):
            self.refused.append(step)
            raise OSError(self._code, os.strerror(self._code))
        return True


REFUSALS = (errno.ENOSPC, errno.EFBIG, errno.EROFS)
