"""What was used last, within so many bytes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

ENTRY = 400
"""What remembering costs beside the value."""

Value = TypeVar("Value")


class Remembered(Generic[Value]):
    """Values under keys; those not used for longest are forgotten first. Safe for threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._bytes = 0
        self._known: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Value | None:
        """Give a value and make it the last to be forgotten."""
        with self._lock:
            found = self._known.get(key)
            if found is None:
                return None
            self._known.move_to_end(key)
            return found[0]

    def drop(self, key: Hashable) -> None:
        """Forget one."""
        with self._lock:
            if key in self._known:
                self._bytes -= self._known.pop(key)[1]

    def put(self, key: Hashable, value: Value, size: int) -> Value:
        """Keep a value of some bytes, forgetting those not used for longest."""
        with self._lock:
            if key not in self._known:
                self._known[key] = value, size + ENTRY
                self._bytes += size + ENTRY
            while self._bytes > self._most:
                self._bytes -= self._known.popitem(last=False)[1][1]
        return value
