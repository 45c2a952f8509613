"""A password hasher that is quick and hides nothing: what it keeps is the password after a version."""

from __future__ import annotations


class PlainHasher:
    def __init__(self, version: int = 1) -> None:
        self.version = version
        self.verified: list[str | None] = []

    def hash(self, password: str) -> str:
        return f"v{self.version}:{password}"

    def verify(self, hashed: str | None, password: str) -> bool:
        self.verified.append(hashed)
        return hashed is not None and hashed.partition(":")[2] == password

    def outdated(self, hashed: str) -> bool:
        return not hashed.startswith(f"v{self.version}:")
