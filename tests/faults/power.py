"""A model of a disk whose power is cut: what was flushed stands, what was not may stand or not.

Rules, as strict as POSIX allows a file system to be. A file's content is safe after its own fsync; before that nothing,
half or all of it may be there. A name is safe after the fsync of the folder that holds it; before that each change of
names in a folder may have come or not, whatever its order. A rename is one change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path, PurePath
from typing import TypeAlias

from tests.faults.disk import Step

Tree: TypeAlias = "frozenset[tuple[PurePath, bytes | None]]"
"""What is found after the cut: every path with its content; a folder has none."""


@dataclass(eq=False)
class _File:
    synced: bytes = b""
    written: bytes = b""

    def remains(self) -> Sequence[bytes]:
        """Give what may be left of the content."""
        if self.synced == self.written:
            return [self.written]
        half = (len(self.synced) + len(self.written)) // 2
        return [self.synced, self.written[:half], self.written]


_Node: TypeAlias = "_File | _Folder"


@dataclass(frozen=True)
class _Change:
    """Names that go and come together."""

    gone: str | None = None
    come: str | None = None
    node: _Node | None = None


@dataclass(eq=False)
class _Folder:
    synced: dict[str, _Node] = field(default_factory=dict)
    pending: list[_Change] = field(default_factory=list)

    def names(self, changes: Iterable[_Change] | None = None) -> dict[str, _Node]:
        """Give the names with all pending changes, or with these."""
        names = dict(self.synced)
        for change in self.pending if changes is None else changes:
            if change.gone:
                names.pop(change.gone, None)
            if change.come and change.node:
                names[change.come] = change.node
        return names


class Disk:
    """The disk that held the files under `home` when nothing was pending, after some steps."""

    def __init__(self, home: Path, files: Mapping[Path, bytes | None]) -> None:
        self._home = home
        self._root = _Folder()
        self._files: list[_File] = []
        self._open: dict[Path, _File] = {}
        for path, content in sorted(files.items()):
            node: _Node = _Folder() if content is None else self._file(content)
            self._folder(path.parent).synced[path.name] = node

    def do(self, step: Step) -> None:
        """Do one step; the power has not been cut yet."""
        deeds: dict[str, Callable[[Step], None]] = {
            "create": self._create,
            "write": self._write,
            "fsync": self._fsync,
            "close": lambda _step: None,
            "link": self._link,
            "rename": self._rename,
            "unlink": self._remove,
            "rmdir": self._remove,
            "mkdir": self._make_folder,
            "fsync_folder": self._flush,
        }
        deeds[step.name](step)

    def _create(self, step: Step) -> None:
        node = self._open[step.path] = self._file(b"")
        self._change(step.path, _Change(come=step.path.name, node=node))

    def _write(self, step: Step) -> None:
        self._open[step.path].written += step.data

    def _fsync(self, step: Step) -> None:
        self._open[step.path].synced = self._open[step.path].written

    def _link(self, step: Step) -> None:
        assert step.target
        self._change(step.target, _Change(come=step.target.name, node=self._node(step.path)))

    def _rename(self, step: Step) -> None:
        assert step.target
        assert step.target.parent == step.path.parent, "a rename between folders is more than one change"
        moved = _Change(gone=step.path.name, come=step.target.name, node=self._node(step.path))
        self._change(step.path, moved)

    def _remove(self, step: Step) -> None:
        self._change(step.path, _Change(gone=step.path.name))

    def _make_folder(self, step: Step) -> None:
        self._change(step.path, _Change(come=step.path.name, node=_Folder()))

    def _flush(self, step: Step) -> None:
        folder = self._folder(step.path)
        folder.synced, folder.pending = folder.names(), []

    def _change(self, path: Path, change: _Change) -> None:
        self._folder(path.parent).pending.append(change)

    def _node(self, path: Path) -> _Node:
        return self._folder(path.parent).names()[path.name]

    def after_a_cut(self) -> Iterator[Tree]:
        """Give every state in which the disk may be found."""
        for contents in product(*(file.remains() for file in self._files)):
            yield from _trees(self._root, PurePath(), dict(zip(self._files, contents, strict=True)))

    def _file(self, content: bytes) -> _File:
        self._files.append(_File(content, content))
        return self._files[-1]

    def _folder(self, path: Path) -> _Folder:
        folder = self._root
        for part in path.relative_to(self._home).parts:
            inner = folder.names()[part]
            assert isinstance(inner, _Folder)
            folder = inner
        return folder


def _trees(folder: _Folder, place: PurePath, contents: Mapping[_File, bytes]) -> Iterator[Tree]:
    """Give what may be found under a folder, for every choice among its pending changes."""
    for chosen in product((True, False), repeat=len(folder.pending)):
        changes = [change for change, stands in zip(folder.pending, chosen, strict=True) if stands]
        found: list[tuple[PurePath, bytes | None]] = []
        inner: list[Iterable[Tree]] = []
        for name, node in folder.names(changes).items():
            if isinstance(node, _File):
                found.append((place / name, contents[node]))
            else:
                found.append((place / name, None))
                inner.append(list(_trees(node, place / name, contents)))
        for trees in product(*inner):
            yield frozenset(found).union(*trees)


def lay_out(tree: Tree, home: Path) -> None:
    """Put what was found after a cut into an empty folder."""
    home.mkdir(parents=True)
    for place, content in sorted(tree):
        if content is None:
            (home / place).mkdir()
        else:
            (home / place).write_bytes(content)


def files_in(home: Path) -> dict[Path, bytes | None]:
    """Give everything under a home as a disk is made of it."""
    return {path: None if path.is_dir() else path.read_bytes() for path in sorted(home.rglob("*"))}
