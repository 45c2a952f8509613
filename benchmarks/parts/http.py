"""The search page of the running server under many clients, by itself and while the index is rebuilt."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from urllib.parse import urlencode

from benchmarks.base import Base
from benchmarks.figures import percentile
from benchmarks.made_home import made_home, opened
from benchmarks.pagework import Ask, Question, questions
from benchmarks.section import Section, Table, cells, figures_of, shown
from benchmarks.server import Load, asked_by, environment, serving

CLIENTS = 16
ASKED = (Ask.WORD, Ask.WORDS, Ask.TEN, Ask.ALL, Ask.PHRASE, Ask.PREFIX, Ask.NOTHING)
EACH = 40
WARMING_UP = 5
"""Seconds that do not count: each of the server's processes opens the index."""
AFTERWARDS = 5
"""Seconds after a rebuild that count with it: readers go over to the new index in them."""


def measure(base: Base, seconds: float) -> Section:
    """Ask for a while; then rebuild, and go on asking until that is over."""
    home = made_home(base)
    opened(home)
    addresses = _addresses(base)
    with serving(home, base.folder / "server.log") as server:
        asked_by(server, CLIENTS, addresses, _until(WARMING_UP))
        reading = asked_by(server, CLIENTS, addresses, _until(seconds))
        command = (sys.executable, "-m", "kb", "index", "rebuild")
        with subprocess.Popen(command, env=environment(home), stdout=subprocess.DEVNULL) as rebuild:
            try:
                rebuilding = asked_by(server, CLIENTS, addresses, _while_running(rebuild))
            finally:
                rebuild.terminate()
    loads = {"reading": reading, "rebuilding": rebuilding}
    figures = {
        "http/rebuilding of reading/p99": round(
            percentile(rebuilding.times, 99) / percentile(reading.times, 99), 3
        )
    }
    for name, load in loads.items():
        figures |= _figures(f"http/{name}", load)
    rows = [
        (
            name,
            cells(figures, f"http/{name}", "p50", "p95", "p99", "max"),
            shown(figures[f"http/{name}/requests per second"]),
            str(load.errors),
        )
        for name, load in loads.items()
    ]
    title = f"GET /search, about {base.size} units, {CLIENTS} clients; p50 / p95 / p99 / max in ms"
    return Section([Table(title, ("", "answers", "requests/s", "errors"), rows)], figures)


def _until(seconds: float) -> Callable[[], bool]:
    """Say yes until some seconds have gone by."""
    end = time.monotonic() + seconds
    return lambda: time.monotonic() < end


def _while_running(process: subprocess.Popen[bytes]) -> Callable[[], bool]:
    """Say yes while a process runs, and a little longer."""
    ended: list[Callable[[], bool]] = []

    def go_on() -> bool:
        if process.poll() is not None and not ended:
            ended.append(_until(AFTERWARDS))
        return not ended or ended[0]()

    return go_on


def _addresses(base: Base) -> Sequence[str]:
    """Give addresses of all kinds of question, mixed, half of them with filters."""
    sample = base.sample()
    drawn = [questions(ask, sample, EACH, filtered=filtered) for ask in ASKED for filtered in (False, True)]
    return [_address(question) for together in zip(*drawn, strict=True) for question in together]


def _address(question: Question) -> str:
    pairs = [(each.facet.value, value) for each in question.filters for value in sorted(each.values)]
    return f"/search?{urlencode([('q', question.text), *pairs])}"


def _figures(path: str, load: Load) -> dict[str, float]:
    return {
        **figures_of(path, load.times),
        f"{path}/requests per second": round(len(load.times) / load.seconds, 1),
        f"{path}/errors": load.errors,
    }
