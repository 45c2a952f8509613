"""The seal of an index folder: what its files must be, and which segments and documents make up this generation of the index.

Checked before anything is opened. Whoosh keeps no checksums and never syncs; a zeroed page would give wrong answers in silence. So
every commit ends with syncing the files and writing their checksums. A reader goes by the seal and the arrays, and opens none of Whoosh's
files, because that runs pickles.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Literal

from kb.adapters.search.schema import fingerprint
from kb.adapters.search.segment import SUFFIX
from kb.adapters.search.toc import SegmentState, states
from kb.domain.text import Value

NAME = "seal.json"
_SEALED = (".toc", ".seg", SUFFIX)
_PRIVATE = 0o700
_OTHERS_WRITE = 0o022


class Broken(Exception):
    """The folder is not what its seal says; the text tells an operator why."""


class Missing(Broken):
    """There is no index yet: a home was just made, or the index was deleted, which is allowed at any time."""


class Seal(Value):
    """Checksums of the files, what decides their terms, and the segments; the first line of its own file is that of the rest."""

    format: Literal[3] = 3
    fingerprint: str
    files: Mapping[str, str]
    segments: tuple[SegmentState, ...]


class Sums:
    """Checksums of files that never change once they are there, remembered by size, time and inode: links share one."""

    def __init__(self, most: int = 1_000) -> None:
        self._most = most
        self._known: dict[tuple[int, int, int, int], str] = {}

    def of(self, path: Path) -> str:
        """Give the sha256 of a file."""
        status = path.stat()
        key = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)
        if key not in self._known:
            if len(self._known) >= self._most:
                self._known.clear()
            with path.open("rb") as handle:
                self._known[key] = hashlib.file_digest(handle, "sha256").hexdigest()
        return self._known[key]


def write(folder: Path, sums: Sums) -> None:
    """Flush the folder's files to the disk, then say what they are; atomic, so that readers see one seal or the other."""
    paths = _sealed(folder)
    flushed = _named(folder)
    for path in paths:
        if path.name not in flushed:
            _sync(path)
    _sync(folder)
    files = {path.name: sums.of(path) for path in paths}
    seal = Seal(fingerprint=fingerprint(), files=files, segments=states(folder))
    text = seal.model_dump_json(indent=1)
    replace(folder / NAME, f"{_sum(text)}\n{text}")


def verify(folder: Path, sums: Sums) -> Seal:
    """Give the seal; raises Broken, with the reason, unless the folder is exactly what it says."""
    seal = _read(folder)
    status = folder.stat()
    if status.st_mode & _OTHERS_WRITE or status.st_uid != os.geteuid():
        raise Broken(f"{folder.name} could be written by others")
    if seal.fingerprint != fingerprint():
        raise Broken("it was made by another version")
    names = {path.name for path in _sealed(folder)}
    tables = {name for name in names if name.endswith(".toc")}
    arrays = {f"{segment.name}{SUFFIX}" for segment in seal.segments}
    if not tables | arrays <= set(seal.files) <= names:
        raise Broken("its files are not those that were committed")
    for name, expected in seal.files.items():
        if sums.of(folder / name) != expected:
            raise Broken(f"{name} is damaged")
    return seal


def _named(folder: Path) -> Collection[str]:
    """Give the files that were flushed before they were sealed; no file changes after that."""
    try:
        return _read(folder).files
    except Broken:
        return ()


def files(folder: Path) -> Sequence[str]:
    """Give the names of the files that are sealed; raises Broken where no seal can be read."""
    return sorted(_read(folder).files)


def replace(path: Path, text: str) -> None:
    """Put a small file in place whole, durably."""
    temporary = path.with_name(f"{path.name}.new")
    temporary.write_text(text, encoding="utf-8")
    _sync(temporary)
    temporary.replace(path)
    _sync(path.parent)


def private_folder(path: Path) -> Path:
    """Make a folder that only this user can enter."""
    path.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
    if stat.S_IMODE(path.stat().st_mode) != _PRIVATE:
        path.chmod(_PRIVATE)
    return path


def _read(folder: Path) -> Seal:
    try:
        checksum, _, text = (folder / NAME).read_text(encoding="utf-8").partition("\n")
        if checksum == _sum(text):
            return Seal.model_validate_json(text)
    except (OSError, ValueError) as error:
        raise Broken("it has no seal that can be read") from error
    raise Broken("its seal is damaged")


def _sum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _sealed(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix in _SEALED)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
