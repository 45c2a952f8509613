"""`python -m benchmarks.insights`: each page across borders through the whole application, beside the plain search page."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from flask.testing import FlaskClient

from benchmarks.base import Base
from benchmarks.figures import Clock, milliseconds, percentile, ratio, show, spread
from benchmarks.generator import EVENT
from benchmarks.parts.existence import client_of

CASES = 10_000
ROUNDS = 12
GOAL = 100
"""Milliseconds."""
SEARCH = "/search?q=preservation"
PAGES = (
    "/across-borders",
    "/difficulties",
    "/difficulties?sort=AT&phenomenon=grooming",
    "/difficulties?from=2010&to=2014",
    "/difficulties.json",
    "/difficulties/mla-delay",
    "/corridors",
    "/corridors/AT/DE",
    "/corridors/ask?from=AT&to=DE&need=preserve",
    "/partners",
    "/partners/platform",
    "/instruments",
    "/instruments/mlat",
    "/legislation",
    "/legislation/compare?country=AT&country=DE&country=FR",
    "/resources",
    "/resources?difficulty=training",
    "/events",
    f"/events/{EVENT}",
    f"/events/{EVENT}/in-common",
)
OK = 200


def measure(client: FlaskClient, pages: Sequence[str], clock: Clock) -> dict[str, list[float]]:
    """Ask for every page in turns, so that what else goes on hits all alike; the first round warms up."""
    times: dict[str, list[float]] = {page: [] for page in pages}
    for turn in range(ROUNDS + 1):
        for page, known in times.items():
            taken = milliseconds(partial(client.get, page), clock)
            if turn:
                known.append(taken)
    return times


def run(folder: Path, count: int, clock: Clock) -> None:
    """Measure and print; a page that this version does not have is said to be missing."""
    client = client_of(Base(folder, count))
    there = {page: client.get(page) for page in PAGES}
    answered = [page for page, answer in there.items() if answer.status_code == OK]
    times = measure(client, (SEARCH, *answered), clock)
    rows = [
        (
            page,
            f"{len(client.get(page).data) // 1024}",
            spread(known),
            ratio(known, times[SEARCH]),
            "yes" if percentile(known, 50) < GOAL else "no",
        )
        for page, known in times.items()
    ]
    rows += [(page, "", "not there", "", "") for page in PAGES if page not in answered]
    show(
        f"Pages across borders, {count} cases",
        ("page", "KiB", "p50 / p95 ms", "by search", f"under {GOAL} ms"),
        rows,
    )


def main(arguments: Sequence[str]) -> int:
    """Measure on a base that is made, or one that was kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--keep", type=Path, help="a folder in which the base is made once")
    parser.add_argument("--clock", choices=("wall", "cpu"), default="wall")
    options = parser.parse_args(arguments)
    clock = {"wall": time.perf_counter, "cpu": time.process_time}[options.clock]
    with TemporaryDirectory(prefix="casebook-insights-") as temporary:
        run(options.keep or Path(temporary), options.cases, clock)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
