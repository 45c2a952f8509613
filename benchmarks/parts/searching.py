"""The page work on every engine, question by question in turns, so that whatever else the machine does hits all of them."""

from __future__ import annotations

import gc
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from benchmarks.base import Base
from benchmarks.engines.ours import Ours
from benchmarks.pagework import Ask, Engine, Question, questions
from benchmarks.section import Figures, Section, Table, cells, figures_of, shown

ROUNDS = ("first", "warm")
ALONE = frozenset({Ask.MISSPELT})
"""Not in the sum: each engine does something else about a misspelt word, and FTS5 nothing."""
_Times = Mapping[str, Sequence[float]]


def measure(base: Base, count: int, clock: Callable[[], float] = time.perf_counter) -> Section:
    """Ask `count` questions of each kind, without and with two filters, twice: what was not and what was asked before.

    Where others work on the machine, `time.process_time` as the clock counts what is ours alone.
    """
    engines = base.engines()
    sample = base.sample()
    asked = {
        (ask, filtered): questions(ask, sample, count, filtered=filtered)
        for ask in Ask
        for filtered in ((True,) if ask is Ask.NOTHING else (False, True))
    }
    del sample
    gc.collect()
    gc.freeze()
    figures: dict[str, float] = {}
    pooled: dict[str, list[float]] = defaultdict(list)
    for (ask, filtered), drawn in asked.items():
        for phase in ROUNDS:
            times = _times(engines, drawn, clock)
            for engine, measured in times.items():
                figures |= figures_of(f"{_path(ask, filtered=filtered)}/{phase}/{engine}", measured)
                if ask not in ALONE:
                    pooled[f"search/all/{phase}/{engine}"] += measured
    for path, measured in pooled.items():
        figures |= figures_of(path, measured)
    names = [engine.name for engine in engines]
    paths = ["search/all", *(_path(ask, filtered=filtered) for ask, filtered in asked)]
    return Section(
        tuple(_tables(figures, names, paths, base.size)), figures | dict(_ratios(figures, names, paths))
    )


def _times(engines: Sequence[Engine], asked: Sequence[Question], clock: Callable[[], float]) -> _Times:
    """Ask every engine each question, another one first each time."""
    times: dict[str, list[float]] = {engine.name: [] for engine in engines}
    for number, question in enumerate(asked):
        first = number % len(engines)
        for engine in (*engines[first:], *engines[:first]):
            start = clock()
            engine.page(question)
            times[engine.name].append((clock() - start) * 1_000)
    return times


def _path(ask: Ask, *, filtered: bool) -> str:
    return f"search/{ask.value}{', filtered' if filtered and ask is not Ask.NOTHING else ''}"


def _tables(figures: Figures, names: Sequence[str], paths: Sequence[str], size: int) -> Iterator[Table]:
    for phase in reversed(ROUNDS):
        header = ("query", *names, *(f"of {name}'s" for name in names if name != Ours.name))
        yield Table(
            f"Search, about {size} units, {phase}; p50 / p95 / max in ms; ratios of p50 / p95",
            header,
            [tuple(_row(figures, names, path, phase)) for path in paths],
        )


def _row(figures: Figures, names: Sequence[str], path: str, phase: str) -> Iterator[str]:
    yield path.removeprefix("search/")
    for name in names:
        yield cells(figures, f"{path}/{phase}/{name}", "p50", "p95", "max")
    for name in names:
        if name != Ours.name:
            ratios = (_ratio(figures, f"{path}/{phase}", name, which) for which in ("p50", "p95"))
            yield " / ".join(shown(each) for each in ratios)


def _ratios(figures: Figures, names: Sequence[str], paths: Sequence[str]) -> Iterator[tuple[str, float]]:
    """Give how many times another engine's figures ours are, and for how many kinds of question that is within the goal."""
    for name in names:
        if name != Ours.name:
            for path in paths:
                for which in ("p50", "p95"):
                    key = f"{path.replace('search/', 'search ratio/', 1)}/{name}/{which}"
                    yield key, round(_ratio(figures, f"{path}/warm", name, which), 3)


def _ratio(figures: Figures, path: str, name: str, which: str) -> float:
    return figures[f"{path}/{Ours.name}/{which}"] / max(figures[f"{path}/{name}/{which}"], 0.001)
