"""`python -m benchmarks.speed`: how fast search is on a made-up knowledge base, beside other engines, against the goals."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import goals
from benchmarks.base import BadFolder, Base, say
from benchmarks.generator import UNITS_PER_CASE
from benchmarks.parts import existence, hostile, http, indexing, memory, saving, searching
from benchmarks.section import Section

DEFAULT_CASES = 1_667
CLOCKS = {"wall": time.perf_counter, "cpu": time.process_time}
PARTS: dict[str, Callable[[Base, argparse.Namespace], Section]] = {
    "search": lambda base, options: searching.measure(base, options.queries, CLOCKS[options.clock]),
    "lessons": lambda _, options: _lessons(options),
    "indexing": lambda base, _: indexing.measure(base),
    "memory": lambda base, _: memory.measure(base),
    "hostile": lambda base, options: hostile.measure(base, CLOCKS[options.clock]),
    "existence": lambda base, options: existence.measure(base, CLOCKS[options.clock]),
    "http": lambda base, options: http.measure(base, options.seconds),
    "saving": lambda base, options: saving.measure(base, options.saves, CLOCKS[options.clock]),
}


def main(arguments: Sequence[str]) -> int:
    """Measure what is asked for; gives the exit status, which no goal decides."""
    options = _options(arguments)
    figures: dict[str, float] = {}
    with ExitStack() as stack:
        folder = options.keep or Path(stack.enter_context(TemporaryDirectory(prefix="casebook-speed-")))
        try:
            base = Base(folder, options.cases or -(-options.units // UNITS_PER_CASE))
        except BadFolder as bad:
            say(str(bad))
            return 2
        for name in options.only:
            say(f"Measuring: {name} ...")
            section = PARTS[name](base, options)
            figures |= section.figures
            if not options.json:
                section.show()
    found = goals.verdicts(figures)
    if options.json:
        reached = {each.goal.sentence: {"figure": each.figure, "verdict": each.word} for each in found}
        print(json.dumps({"cases": base.count, "figures": figures, "goals": reached}, indent=1))
    else:
        Section([goals.table(found)], {}).show()
    return 0


def _lessons(options: argparse.Namespace) -> Section:
    with TemporaryDirectory() as folder:
        return searching.measure_lessons(Path(folder), options.queries, CLOCKS[options.clock])


def run() -> None:
    """Measure everything at the size that is measured by default."""
    main([])


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--cases", type=int, help=f"how many case studies to make up ({DEFAULT_CASES})")
    size.add_argument("--units", type=int, default=DEFAULT_CASES * UNITS_PER_CASE, help="or how many units")
    parser.add_argument(
        "--only", type=_parts, default=tuple(PARTS), metavar="PART,...", help=", ".join(PARTS)
    )
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="make the base there, and use it again")
    parser.add_argument("--queries", type=int, default=100, help="questions of each kind (%(default)s)")
    parser.add_argument("--saves", type=int, default=300, help="saves (%(default)s)")
    parser.add_argument("--seconds", type=int, default=20, help="how long the server is asked (%(default)s)")
    parser.add_argument(
        "--clock",
        choices=tuple(CLOCKS),
        default="wall",
        help="cpu: for what one process does on a machine that is busy",
    )
    parser.add_argument("--json", action="store_true", help="print all figures for programs")
    return parser.parse_args(arguments)


def _parts(text: str) -> tuple[str, ...]:
    names = tuple(text.split(","))
    if unknown := [name for name in names if name not in PARTS]:
        raise argparse.ArgumentTypeError(f"there is no part {unknown[0]!r}; there are: {', '.join(PARTS)}")
    return names


if __name__ == "__main__":
    # Ended from outside, it ends what it started too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main(sys.argv[1:]))
