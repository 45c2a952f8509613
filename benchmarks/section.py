"""What one measurement gives: tables for people, and the same figures under names for programs and for the goals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from benchmarks.figures import percentile, show

Figures = Mapping[str, float]
"""Names are paths, from the measurement to the percentile; times are in milliseconds where the name does not say otherwise."""


class Table(NamedTuple):
    """A table as the documentation has it."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]


class Section(NamedTuple):
    """One measurement."""

    tables: Sequence[Table]
    figures: Figures

    def show(self) -> None:
        """Print the tables."""
        for table in self.tables:
            show(*table)


def figures_of(path: str, times: Sequence[float]) -> Figures:
    """Give p50, p95, p99 and the most under one path."""
    shares = {f"p{percent}": percentile(times, percent) for percent in (50, 95, 99)}
    return {f"{path}/{name}": round(value, 3) for name, value in (*shares.items(), ("max", max(times)))}


def cells(figures: Figures, path: str, *names: str) -> str:
    """Give some figures of a path as one cell."""
    return " / ".join(shown(figures[f"{path}/{name}"]) for name in names)


def shown(value: float) -> str:
    """Give a figure with as many digits as mean something."""
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
