"""The page work on every engine, question by question in turns, so that whatever else the machine does hits all of them."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from benchmarks.base import Base, rivals, say
from benchmarks.corpus import MissingCorpus, lessons
from benchmarks.engines.ours import Ours
from benchmarks.figures import Clock, milliseconds
from benchmarks.pagework import Ask, Engine, Question, questions
from benchmarks.section import Figures, Section, Table, cells, figures_of, shown
from kb.domain.unit import SearchUnit

ROUNDS = ("first", "warm")
ALONE = frozenset({Ask.MISSPELT})
"""Not in the sum: each engine does something else about a misspelt word, and FTS5 nothing."""
_Times = Mapping[str, Sequence[float]]


def measure(base: Base, count: int, clock: Clock) -> Section:
    """Ask `count` questions of each kind, without and with two filters."""
    kinds = [
        (ask, filtered) for ask in Ask for filtered in ((True,) if ask is Ask.NOTHING else (False, True))
    ]
    asked = _drawn(base.sample(), kinds, count)
    return _compared("search", f"about {base.size} units", base.engines(), asked, clock)


def measure_lessons(folder: Path, count: int, clock: Clock) -> Section:
    """Ask the same of the real lessons, which have no vocabulary of ours to filter by; without their file, nothing."""
    try:
        units = [lesson.unit() for lesson in lessons()]
    except MissingCorpus as missing:
        say(str(missing))
        return Section((), {})
    engines: list[Engine] = [Ours(folder / "casebook")]
    engines += [make(folder / place) for _, place, make in rivals()]
    for engine in engines:
        engine.build(units)
    asked = _drawn(units, [(ask, False) for ask in Ask if ask is not Ask.NOTHING], count)
    return _compared("lessons", f"{len(units)} real lessons", engines, asked, clock)


def _drawn(
    units: Sequence[SearchUnit], kinds: Sequence[tuple[Ask, bool]], count: int
) -> Mapping[tuple[Ask, bool], Sequence[Question]]:
    return {(ask, filtered): questions(ask, units, count, filtered=filtered) for ask, filtered in kinds}


def _compared(
    root: str,
    what: str,
    engines: Sequence[Engine],
    asked: Mapping[tuple[Ask, bool], Sequence[Question]],
    clock: Clock,
) -> Section:
    """Ask everything twice, kind by kind: what was not and what was asked before."""
    gc.collect()
    gc.freeze()
    figures: dict[str, float] = {}
    pooled: dict[str, list[float]] = defaultdict(list)
    for (ask, filtered), drawn in asked.items():
        for phase in ROUNDS:
            for engine, measured in _times(engines, drawn, clock).items():
                figures |= figures_of(f"{_path(root, ask, filtered=filtered)}/{phase}/{engine}", measured)
                if ask not in ALONE:
                    pooled[f"{root}/all/{phase}/{engine}"] += measured
    for path, measured in pooled.items():
        figures |= figures_of(path, measured)
    names = [engine.name for engine in engines]
    paths = [f"{root}/all", *(_path(root, ask, filtered=filtered) for ask, filtered in asked)]
    return Section(
        tuple(_tables(figures, names, paths, what)), figures | dict(_ratios(figures, names, paths))
    )


def _times(engines: Sequence[Engine], asked: Sequence[Question], clock: Clock) -> _Times:
    """Ask every engine each question, another one first each time."""
    times: dict[str, list[float]] = {engine.name: [] for engine in engines}
    for number, question in enumerate(asked):
        first = number % len(engines)
        for engine in (*engines[first:], *engines[:first]):
            times[engine.name].append(milliseconds(partial(engine.page, question), clock))
    return times


def _path(root: str, ask: Ask, *, filtered: bool) -> str:
    return f"{root}/{ask.value}{', filtered' if filtered and ask is not Ask.NOTHING else ''}"


def _tables(figures: Figures, names: Sequence[str], paths: Sequence[str], what: str) -> Iterator[Table]:
    for phase in reversed(ROUNDS):
        header = ("query", *names, *(f"of {name}'s" for name in names if name != Ours.name))
        yield Table(
            f"Search, {what}, {phase}; p50 / p95 / max in ms; ratios of p50 / p95",
            header,
            [tuple(_row(figures, names, path, phase)) for path in paths],
        )


def _row(figures: Figures, names: Sequence[str], path: str, phase: str) -> Iterator[str]:
    yield path.partition("/")[2]
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
                    key = f"{path.replace('/', ' ratio/', 1)}/{name}/{which}"
                    yield key, round(_ratio(figures, f"{path}/warm", name, which), 3)


def _ratio(figures: Figures, path: str, name: str, which: str) -> float:
    return figures[f"{path}/{Ours.name}/{which}"] / max(figures[f"{path}/{name}/{which}"], 0.001)
