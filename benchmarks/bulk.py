"""Import: lessons a second from a file to the moment they are found, beside SQLite FTS5 taking in the same units."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.corpus import lessons
from benchmarks.figures import show, stopwatch
from benchmarks.home import Home
from benchmarks.reference import Fts5
from kb.domain.account import OPERATOR


def run(home: Home) -> None:
    """Print what the import took, and what rebuilding the index from the entries takes."""
    with stopwatch() as seconds:
        home.services.indexing.rebuild(OPERATOR)
        rebuilt = seconds()
    units = [lesson.unit() for lesson in lessons()]
    with TemporaryDirectory() as folder, stopwatch() as seconds:
        Fts5(Path(folder) / "fts5.sqlite").add(units)
        theirs = seconds()
    rows = (
        ("import: checked, saved, catalogued, audited, indexed", home.seconds),
        ("rebuild of catalogue and index from the entries", rebuilt),
        ("SQLite FTS5: index alone", theirs),
    )
    show(
        f"Import, {home.imported} lessons",
        ("", "s", "lessons/s"),
        [(name, f"{taken:.1f}", f"{home.imported / taken:.0f}") for name, taken in rows],
    )
