"""Every touch of the file system by this package: one thin method per system call that changes something.

Tests derive from `FileOperations` to kill the process, fill the disk or cut the power before any of them.
"""

from __future__ import annotations

import datetime as dt
import errno
import fcntl
import os
import stat
from pathlib import Path
from typing import NamedTuple

FILE_MODE = 0o440
"""A revision is never written again; neither are its texts for every user of the machine."""
LOCK_MODE = 0o600
FOLDER_MODE = 0o750


class Found(NamedTuple):
    """One name in a folder. Links are neither folder nor file: what they point at is none of ours."""

    name: str
    is_folder: bool
    is_file: bool


class FileOperations:
    """The file system, as far as the store needs it. Every method raises OSError."""

    def create(self, path: Path) -> int:
        """Make a new, empty file and give its descriptor; raises FileExistsError, also for a dangling link."""
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, FILE_MODE)

    def write(self, descriptor: int, data: bytes) -> int:
        """Write what the system takes of `data` now; gives how many bytes that was."""
        return os.write(descriptor, data)

    def fsync(self, descriptor: int) -> None:
        """Bring a file's content to the disk."""
        os.fsync(descriptor)

    def close(self, descriptor: int) -> None:
        os.close(descriptor)

    def link(self, source: Path, target: Path) -> None:
        """Give a file a second name in one step; raises FileExistsError where that name is taken."""
        os.link(source, target, follow_symlinks=False)

    def rename(self, source: Path, target: Path) -> None:
        """Put a file in the place of another in one step."""
        source.replace(target)

    def unlink(self, path: Path) -> None:
        path.unlink()

    def mkdir(self, path: Path) -> None:
        path.mkdir(FOLDER_MODE)

    def rmdir(self, path: Path) -> None:
        """Remove a folder if nothing is in it."""
        path.rmdir()

    def fsync_folder(self, path: Path) -> None:
        """Bring the names in a folder to the disk."""
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def lock(self, descriptor: int) -> bool:
        """Try to take the exclusive lock of an open file; the kernel gives it back when its process ends."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def unlock(self, descriptor: int) -> None:
        """Give the lock back, also for children that inherited the descriptor."""
        fcntl.flock(descriptor, fcntl.LOCK_UN)

    def open_lock(self, path: Path) -> int:
        """Open a file that exists only to be locked, and make it where it is missing."""
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, LOCK_MODE)

    def open_existing(self, path: Path) -> int:
        """Open a file for reading; never follows a link and never waits for a pipe's writer."""
        return os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)

    def read(self, path: Path, limit: int) -> bytes:
        """Give a regular file's content, at most `limit` bytes and one more by which too long a file is told."""
        with os.fdopen(self.open_existing(path), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise OSError(errno.EINVAL, "It is no regular file")
            return file.read(limit + 1)

    def list(self, folder: Path) -> tuple[Found, ...]:
        """Give the names in a folder, sorted; none where there is no such folder."""
        try:
            with os.scandir(folder) as names:
                found = [
                    Found(each.name, each.is_dir(follow_symlinks=False), each.is_file(follow_symlinks=False))
                    for each in names
                ]
        except (FileNotFoundError, NotADirectoryError):
            return ()
        return tuple(sorted(found))

    def is_folder(self, path: Path) -> bool:
        """Say whether a folder has this name; a link to one counts, the root may be one."""
        return path.is_dir()

    def same_file(self, descriptor: int, path: Path) -> bool:
        """Say whether `path` still names the open file."""
        try:
            return os.path.samestat(os.fstat(descriptor), path.stat(follow_symlinks=False))
        except FileNotFoundError:
            return False

    def modified_at(self, path: Path) -> dt.datetime:
        return dt.datetime.fromtimestamp(path.stat(follow_symlinks=False).st_mtime, dt.UTC)
