"""`python -m benchmarks [NAME]...`: all measurements, or those named."""

from __future__ import annotations

import platform
import sqlite3
import sys
from collections.abc import Callable

from benchmarks import bulk, duplicates, known_item, quality, saving, skos, speed, starting, tags
from benchmarks.corpus import MissingCorpus
from benchmarks.home import Home, imported

ALONE: dict[str, Callable[[], None]] = {
    "known-item": known_item.run,
    "quality": quality.run,
    "speed": speed.run,
    "tags": tags.run,
    "skos": skos.run,
    "duplicates": duplicates.run,
}
WITH_HOME: dict[str, Callable[[Home], None]] = {
    "import": bulk.run,
    "save": saving.run,
    "start": starting.run,
}


def main(names: list[str]) -> int:
    """Run the measurements named, or all; gives the exit status."""
    known = (*ALONE, *WITH_HOME)
    if unknown := [name for name in names if name not in known]:
        print(f"There is no measurement {unknown[0]!r}; there are: {', '.join(known)}.", file=sys.stderr)
        return 2
    wanted = names or known
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {platform.machine()}")
    try:
        _measure(wanted)
    except MissingCorpus as missing:
        print(missing, file=sys.stderr)
        return 1
    return 0


def _measure(wanted: list[str] | tuple[str, ...]) -> None:
    for name, run in ALONE.items():
        if name in wanted:
            run()
    if any(name in wanted for name in WITH_HOME):
        with imported() as home:
            for name, measure in WITH_HOME.items():
                if name in wanted:
                    measure(home)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
