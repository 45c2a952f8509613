"""Keys that lie in the home, in files of their own: drawn at the first start, readable by the server's user alone."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from kb.domain.errors import BadSetting

SHORTEST = 32


def secret_key(path: Path, new: str, otherwise: str) -> bytes:
    """Give the key in `path`, or keep `new` there when there is none.

    The file appears whole or not at all: two processes that start together end with one key, and a kill leaves no
    half of one. Raises BadSetting where the file is too short to be a key, with what else can be done about it.
    """
    if not path.exists():
        _keep(path, new)
    key = path.read_bytes().strip()
    if len(key) < SHORTEST:
        raise BadSetting(f"{path} holds no key. Restore it from a backup. {otherwise}")
    return key


def _keep(path: Path, new: str) -> None:
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    whole = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(new + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(whole, path)
    except FileExistsError:
        return
    finally:
        whole.unlink()
