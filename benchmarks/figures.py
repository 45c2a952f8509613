"""Times as figures: percentiles and a table of plain text that can go into the documentation as it is."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

Clock = Callable[[], float]
"""Gives seconds: the wall's, or, where others work on the machine, those of this process alone."""


def percentile(values: Sequence[float], percent: int) -> float:
    """Give the value below which `percent` of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def milliseconds(act: Callable[[], object], clock: Clock = time.perf_counter) -> float:
    """Give how long one call takes."""
    start = clock()
    act()
    return (clock() - start) * 1_000


@contextmanager
def stopwatch() -> Iterator[Callable[[], float]]:
    """Give a function that says how many seconds have gone by."""
    start = time.perf_counter()
    yield lambda: time.perf_counter() - start


def spread(times: Sequence[float]) -> str:
    """Give p50 and p95 of times in milliseconds."""
    return f"{percentile(times, 50):.1f} / {percentile(times, 95):.1f}"


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> str:
    """Give how many times the reference's median ours is."""
    return f"{percentile(ours, 50) / percentile(theirs, 50):.1f}"


def show(title: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a Markdown table."""
    print(f"\n### {title}\n")
    print(f"| {' | '.join(header)} |")
    print(f"|{'---|' * len(header)}")
    for row in rows:
        print(f"| {' | '.join(row)} |")
