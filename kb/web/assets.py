"""Static files under an address that changes with their content, so that browsers may keep them for good.

The fingerprint is a folder of the address, not a query: style sheets and modules that name each other by relative
address stay together, and a page never mixes two releases.
"""

from __future__ import annotations

import hashlib
from importlib.metadata import version

from kb.paths import STATIC

BORROWED = ("bootstrap-flask",)
"""Packages that bring static files of their own, which change with the release."""
LENGTH = 12


def static_address() -> str:
    """Give the address of the folder of static files, with the fingerprint of everything in it."""
    digest = hashlib.sha256(" ".join(version(name) for name in BORROWED).encode())
    for path in sorted(path for path in STATIC.rglob("*") if path.is_file()):
        digest.update(path.relative_to(STATIC).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return f"/static/{digest.hexdigest()[:LENGTH]}"
