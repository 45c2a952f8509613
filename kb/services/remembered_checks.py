"""Remembered checks: each text is looked through once, though a case is saved and shown again and again.

What is remembered is where something was found, under a hash of the text; never the text.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from kb.domain.checks import Names, Objection, objections, remarks

MOST = 20_000
"""Texts of which the findings are remembered at a time: some hundreds of cases."""
SHORT = 64
"""A text of so few characters is looked through in less time than it is looked up."""

Found = tuple[Objection, ...]


class RememberedChecks:
    """Looks texts through, and remembers what it found."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._found: OrderedDict[tuple[bytes, str, int], Found] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        """Give for how many texts the findings are remembered."""
        return len(self._found)

    def objections(self, text: str) -> Found:
        """Give what blocks the text."""
        return self._remembered(text, "", 0, lambda: objections(text))

    def remarks(self, text: str, names: Names, language: str) -> Found:
        """Give the findings of all severities in the text."""
        return self._remembered(text, language, hash(names), lambda: remarks(text, names, language))

    def _remembered(self, text: str, language: str, names: int, look: Callable[[], Found]) -> Found:
        if len(text) <= SHORT:
            return look()
        key = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest(), language, names
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                return self._found[key]
        found = look()
        with self._lock:
            self._found[key] = found
            while len(self._found) > self._most:
                self._found.popitem(last=False)
        return found
