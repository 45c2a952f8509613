"""File operations of code that is not ours, told by the interpreter itself: Whoosh and SQLite know no injected disk."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
CHANGES = frozenset({"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "sqlite3.connect"})


def watch(folder: Path, before: Callable[[str], object]) -> None:
    """Let `before` be told of every operation that changes something under `folder`, for as long as this process lives."""

    def hear(event: str, arguments: tuple[object, ...]) -> None:
        if event in CHANGES or (event == "open" and _writes(arguments)):
            path = str(arguments[0])
            if path.startswith(str(folder)) or not path.startswith("/"):  # a folder is removed name by name
                before(f"{event} {path}")

    sys.addaudithook(hear)


def _writes(arguments: tuple[object, ...]) -> bool:
    flags = arguments[2]
    return isinstance(flags, int) and bool(flags & WRITING)
