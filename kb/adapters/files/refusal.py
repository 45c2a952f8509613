"""What to say when the disk refuses: what stands, why, and what to do."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from kb.domain.errors import StoreFailure

_WHY = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EFBIG: "the file would be larger than this system allows",
    errno.EROFS: "the disk can only be read",
    errno.EACCES: "the home may not be written",
    errno.EIO: "the disk has an error",
}


@contextmanager
def told(what: str) -> Iterator[None]:
    """Turn the system's error into a sentence that says what stands and what to do."""
    try:
        yield
    except OSError as error:
        why = _WHY.get(error.errno or 0, (error.strerror or "the disk refused").lower())
        raise StoreFailure(f"{what}: {why}. Have that mended, then try again.") from error
