"""Sharing: what is the same for every worker of a run is made by the first that needs it, and read or copied by the others."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory


def made_once(shared: Path, name: str, make: Callable[[Path], object]) -> Path:
    """Give the folder of this name in `shared`, made where nobody has yet.

    The others wait meanwhile. It appears whole or not at all, so that a worker that dies over it leaves it to the next, and as
    a copy, so that nobody has a file of it open. Nobody may change it.
    """
    ready = shared / name
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.exists():
            with TemporaryDirectory(dir=shared) as folder:
                made, copied = Path(folder) / "made", Path(folder) / "copied"
                make(made)
                shutil.copytree(made, copied)
                copied.rename(ready)
    return ready
