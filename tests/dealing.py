"""Dealing: in which order the workers of one run take its tests, so that none is left alone with the longest at the end.

pytest-xdist gives each worker a part of the tests in a row, and who is done takes from the end of the longest queue that is
left (`--dist worksteal`). It can take no test that has begun, nor the one after it: a test of a minute that stands at the end
of a queue keeps the whole run waiting, with the other workers idle. So every part begins with its share of the slow ones, and
what is taken from its end are tests of milliseconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def dealt(slow: Sequence[T], others: Sequence[T], workers: int) -> list[T]:
    """Give all of them in the order in which they are cut into parts in a row, the slow ones dealt out over their beginnings."""
    order: list[T] = []
    following, left = iter(others), len(slow) + len(others)
    for worker in range(workers):
        size, first = left // (workers - worker), slow[worker::workers]
        order += [*first, *islice(following, max(0, size - len(first)))]
        left -= size
    return [*order, *following]
