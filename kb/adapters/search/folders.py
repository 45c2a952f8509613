"""The folders of an index: the one in use, those in the making beside it, and the locks that keep them apart.

`ROOT/current` names the folder in use. Another one is made beside it and then takes its place by changing that name, so that every
process, which looks at the name before each answer, goes over to it. Whoever makes a folder holds a lock on it: what nobody holds
and nobody uses was left by a crash, and is swept.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from kb.adapters.search import seal
from kb.adapters.search.seal import Broken, Missing
from kb.domain.errors import StoreFailure

CURRENT, PREFIX = "current", "index-"
MAKING, CHANGING = "rebuild.lock", "change.lock"
_GONE = "gone-"
"""A folder is renamed before it is removed: whoever still makes it then finds nothing to go on with."""


class Folders:
    """What lies under one root. The kernel gives every lock back when its holder dies."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def current(self) -> Path:
        """Give the folder in use; raises Broken where there is none."""
        try:
            name = _read(f"{self.root}/{CURRENT}").strip()
        except (OSError, ValueError) as error:
            raise Missing("there is no index yet") from error
        if not name.startswith(PREFIX) or "/" in name or not os.path.isdir(f"{self.root}/{name}"):  # noqa: PTH112 - five times as fast
            raise Broken("the index folder is gone")
        return self.root / name

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Change the index in use, or which one that is: one at a time over all processes and threads, and never for long."""
        seal.private_folder(self.root)
        with (self.root / CHANGING).open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    @contextmanager
    def still(self) -> Iterator[bool]:
        """Let nobody change the index in use meanwhile; False where somebody does so already."""
        try:
            handle = (self.root / CHANGING).open("r")
        except FileNotFoundError:
            yield True
            return
        with handle:
            yield _locked(handle.fileno(), fcntl.LOCK_SH)

    @contextmanager
    def making(self) -> Iterator[bool]:
        """Try to become the one who makes an index beside; without waiting, because another may need minutes."""
        seal.private_folder(self.root)
        with (self.root / MAKING).open("w") as handle:
            yield _locked(handle.fileno(), fcntl.LOCK_EX)

    @property
    def is_being_made(self) -> bool:
        """Say whether somebody makes an index beside."""
        try:
            with (self.root / MAKING).open("r") as handle:
                return not _locked(handle.fileno(), fcntl.LOCK_SH)
        except FileNotFoundError:
            return False

    @contextmanager
    def fresh(self) -> Iterator[Path]:
        """Make a folder beside, which goes again unless it is in use at the end."""
        with self.changing():
            self.sweep()
            folder = seal.private_folder(self.root / f"{PREFIX}{secrets.token_hex(6)}")
            held = _hold(folder)
        try:
            yield folder
        finally:
            os.close(held)
            if not self._is_in_use(folder):
                _remove(folder)

    def use(self, folder: Path, *, alone: bool = False) -> None:
        """Let a folder take the place of the one in use, which goes; `alone` takes those in the making with it.

        `changing` is the caller's. Raises Broken where somebody else's `alone` took this one.
        """
        if not folder.is_dir():
            raise Broken("the index in the making was swept away")
        seal.replace(self.root / CURRENT, folder.name)
        if self.sweep(alone=alone) and alone:
            raise StoreFailure(
                "An older search index could not be removed. Look at the disk, then try again."
            )

    def sweep(self, *, alone: bool = False) -> bool:
        """Remove what is not in use and nobody makes; with `alone` what others make too. `changing` is the caller's.

        Gives whether something could not be removed.
        """
        for folder in self._others():
            if alone or not _is_held(folder):
                _remove(folder)
        return any(alone or not _is_held(folder) for folder in self._others())

    def _others(self) -> Sequence[Path]:
        found = (*self.root.glob(f"{PREFIX}*"), *self.root.glob(f"{_GONE}*"))
        return [folder for folder in found if not self._is_in_use(folder)]

    def _is_in_use(self, folder: Path) -> bool:
        try:
            return self.current() == folder
        except Broken:
            return False


def _read(path: str) -> str:
    """Read a name of at most some dozen letters; every answer waits for it."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        return os.read(descriptor, 1_000).decode()
    finally:
        os.close(descriptor)


def _hold(folder: Path) -> int:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    return descriptor


def _is_held(folder: Path) -> bool:
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return False
    try:
        return not _locked(descriptor, fcntl.LOCK_SH)
    finally:
        os.close(descriptor)


def _locked(descriptor: int, how: int) -> bool:
    try:
        fcntl.flock(descriptor, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _remove(folder: Path) -> None:
    gone = folder.with_name(f"{_GONE}{secrets.token_hex(6)}")
    try:
        folder.rename(gone)
    except OSError:
        gone = folder
    shutil.rmtree(gone, ignore_errors=True)
