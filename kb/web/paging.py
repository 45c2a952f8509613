"""Pages of long lists: which one is asked for, and how many there are."""

from __future__ import annotations

from collections.abc import Mapping


def pages_of(total: int, size: int) -> int:
    """Give the number of pages; at least 1."""
    return max(1, -(-total // size))


def page_number(arguments: Mapping[str, str], last: int | None = None, name: str = "page") -> int:
    """Give the page asked for; nonsense is the first one, beyond the end is the last one."""
    text = arguments.get(name, "")
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 1
    return min(max(number, 1), last) if last is not None else max(number, 1)
