"""Start time: a new process until it has answered its first search, beside a bare interpreter."""

from __future__ import annotations

import os
import subprocess
import sys

from benchmarks.figures import milliseconds, show, spread
from benchmarks.home import Home

STARTS = 7
COMMANDS = (
    ("python, doing nothing", ("-c", "pass")),
    ("kb version", ("-m", "kb", "version")),
    ("kb search, one query", ("-m", "kb", "search", "valve failure", "--json")),
    ("kb index status", ("-m", "kb", "index", "status")),
)


def run(home: Home) -> None:
    """Measure each command several times."""
    environment = {**os.environ, "KB_HOME": str(home.folder)}

    def start(arguments: tuple[str, ...]) -> object:
        return subprocess.run(
            (sys.executable, *arguments), env=environment, check=True, stdout=subprocess.DEVNULL
        )

    rows = [
        (name, spread([milliseconds(lambda args=args: start(args)) for _ in range(STARTS)]))  # type: ignore[misc]
        for name, args in COMMANDS
    ]
    show(f"Starting, {home.imported} cases; p50 / p95 in ms", ("command", f"{STARTS} starts"), rows)
