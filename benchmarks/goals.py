"""What search is to reach, as a table: a goal, where its figure stands, and what it is held against."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from benchmarks.section import Figures, Table, shown

AT_MOST, AT_LEAST = "at most", "at least"
_REACHED: dict[str, Callable[[float, float], bool]] = {
    AT_MOST: lambda figure, bound: figure <= bound,
    AT_LEAST: lambda figure, bound: figure >= bound,
}


class Goal(NamedTuple):
    """One goal; `figure` is the name of what is compared with `bound`."""

    sentence: str
    figure: str
    which: str
    bound: float
    unit: str = ""


class Verdict(NamedTuple):
    """A goal with its figure; without one, it was not measured."""

    goal: Goal
    figure: float | None

    @property
    def word(self) -> str:
        """Say how it went."""
        if self.figure is None:
            return "not measured"
        return "reached" if _REACHED[self.goal.which](self.figure, self.goal.bound) else "missed"


GOALS = (
    Goal("warm page, p50 of FTS5's", "search ratio/all/SQLite FTS5/p50", AT_MOST, 0.6),
    Goal("warm page, p95 of FTS5's", "search ratio/all/SQLite FTS5/p95", AT_MOST, 0.5),
    Goal("warm page, p50 of tantivy's", "search ratio/all/tantivy/p50", AT_MOST, 5),
    Goal("first query after a commit, of the same warm, p50", "saving/first of warm", AT_MOST, 3),
    Goal("save to searchable, p95", "saving/searchable/p95", AT_MOST, 500, "ms"),
    Goal("indexing per core, of Whoosh's default", "indexing/of plain Whoosh", AT_LEAST, 1),
    Goal("memory of one process", "memory/rss", AT_MOST, 600, "MB"),
    Goal("HTTP, errors", "http/reading/errors", AT_MOST, 0),
    Goal("HTTP, errors during a rebuild", "http/rebuilding/errors", AT_MOST, 0),
    Goal("HTTP, p99 during a rebuild, of the same without", "http/rebuilding of reading/p99", AT_MOST, 2),
    Goal("hidden and missing, apart in time by standard errors", "existence/apart", AT_MOST, 3),
    Goal("hostile texts, slowest", "hostile/max", AT_MOST, 300, "ms"),
)


def verdicts(figures: Figures) -> Sequence[Verdict]:
    """Hold the figures against the goals."""
    return [Verdict(goal, figures.get(goal.figure)) for goal in GOALS]


def table(found: Sequence[Verdict]) -> Table:
    """Give the table of goals."""
    rows = [
        (
            goal.sentence,
            f"{goal.which} {goal.bound:g} {goal.unit}".strip(),
            "" if figure is None else f"{shown(figure)} {goal.unit}".strip(),
            verdict.word,
        )
        for verdict in found
        for goal, figure in (verdict,)
    ]
    return Table("Goals", ("goal", "bound", "figure", ""), rows)
