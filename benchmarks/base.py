"""A made-up knowledge base on the disk: an index of each engine, and a whole home; made once, and kept where a folder is given."""

from __future__ import annotations

import json
import resource
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar

from benchmarks.engines.fts5 import Fts5
from benchmarks.engines.ours import Ours
from benchmarks.generator import SEED, UNITS_PER_CASE, Made, cases
from benchmarks.pagework import ASKER, Engine
from kb.domain.query import IndexState
from kb.domain.unit import SearchUnit

SAMPLE = 1_000
"""Cases that questions are drawn from; more of them would ask nothing else."""
STAMP = "built.json"

Some = TypeVar("Some", bound=Engine)


class BadFolder(Exception):
    """The folder holds another base; the text says which."""


class Built(NamedTuple):
    """What indexing took, in seconds, without the time in which the units were made up."""

    units: int
    seconds: float
    cpu: float


class Metered:
    """Passes units on, and takes the time that making them up needs off the time that an engine needs."""

    def __init__(self, units: Iterable[SearchUnit]) -> None:
        self._units = iter(units)
        self._passed = 0
        self._seconds, self._cpu = -time.perf_counter(), -cpu_seconds()

    def __iter__(self) -> Iterator[SearchUnit]:
        return self

    def __next__(self) -> SearchUnit:
        wall, cpu = time.perf_counter(), time.thread_time()
        try:
            unit = next(self._units)
        finally:
            self._seconds -= time.perf_counter() - wall
            self._cpu -= time.thread_time() - cpu
        self._passed += 1
        return unit

    def built(self) -> Built:
        """Give the figures up to now; CPU time is of all threads and of processes that have ended."""
        return Built(self._passed, self._seconds + time.perf_counter(), self._cpu + cpu_seconds())


class Base:
    """So many cases, in one folder. A folder that was kept is used as it is, where it holds the same base."""

    def __init__(self, folder: Path, count: int) -> None:
        self.folder = folder
        self.count = count
        folder.mkdir(parents=True, exist_ok=True)
        self._stamp = folder / STAMP
        known = json.loads(self._stamp.read_text(encoding="utf-8")) if self._stamp.exists() else {}
        if (known.get("cases", count), known.get("seed", SEED)) != (count, SEED):
            raise BadFolder(f"{folder} holds a base of {known['cases']} cases. Give another folder.")
        self._made: dict[str, list[float]] = known.get("made", {})

    @property
    def size(self) -> int:
        """Give about how many units there are."""
        return self.count * UNITS_PER_CASE

    def cases(self) -> Iterator[Made]:
        """Make the cases up, anew each time."""
        return cases(self.count)

    def units(self) -> Iterator[SearchUnit]:
        """Make the units up, anew each time."""
        return (unit for each in self.cases() for unit in each.units)

    def sample(self) -> tuple[SearchUnit, ...]:
        """Give units to draw questions from: those that the asker may see, whose words they may have heard."""
        units = (unit for each in cases(min(SAMPLE, self.count)) for unit in each.units)
        return tuple(unit for unit in units if ASKER.viewer.sees(unit.readers))

    def ours(self) -> Ours:
        """Give our engine with everything indexed; what another version of it indexed is indexed again."""
        state = Ours(self.folder / "casebook").engine.report().state
        if state is not IndexState.READY:
            self._made.pop(Ours.name, None)
        return self._filled(Ours.name, "casebook", Ours)

    def engines(self) -> list[Engine]:
        """Give ours and the others, all with everything indexed."""
        return [self.ours(), *(self._filled(*rival) for rival in rivals())]

    def built(self, engine: Engine) -> Built:
        """Give what filling an engine took."""
        units, seconds, cpu = self._made[engine.name]
        return Built(int(units), seconds, cpu)

    def once(self, name: str, place: str, make: Callable[[Path], Iterable[float]]) -> Path:
        """Give something in the folder, made the first time; what was begun and not ended is begun again."""
        path = self.folder / place
        if name not in self._made:
            remove(path)
            self._made[name] = list(make(path))
            known = {"cases": self.count, "seed": SEED, "made": self._made}
            self._stamp.write_text(json.dumps(known), encoding="utf-8")
        return path

    def _filled(self, name: str, place: str, opened: Callable[[Path], Some]) -> Some:
        def fill(path: Path) -> Built:
            say(f"{name}: indexing about {self.size} units ...")
            units = Metered(self.units())
            opened(path).build(units)
            return units.built()

        return opened(self.once(name, place, fill))


def rivals() -> Iterator[tuple[str, str, Callable[[Path], Engine]]]:
    """Give name, place and class of each other engine; tantivy only where it is installed, and said so."""
    yield Fts5.name, "fts5.sqlite", Fts5
    try:
        from benchmarks.engines.tantivy import Tantivy
    except ImportError:
        say("tantivy is not installed and is left out; `make bench` installs it.")
    else:
        yield Tantivy.name, "tantivy", Tantivy


def cpu_seconds() -> float:
    """Give the CPU time of this process, all its threads, and the processes that it started and that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def remove(path: Path) -> None:
    """Remove a file or a folder with all that is in it, where there is one."""
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)


def say(sentence: str) -> None:
    """Tell whoever waits what goes on; figures go elsewhere."""
    print(sentence, file=sys.stderr, flush=True)
