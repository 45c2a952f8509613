"""Memory: what a process holds that does nothing but open the index and answer; two at once, so that what they share shows."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from benchmarks.base import Base
from benchmarks.engines.ours import query_of
from benchmarks.pagework import Ask, questions
from benchmarks.section import Section, Table, shown

QUERIES = 500
PROCESSES = 2
_ROLLUP = {
    "rss": ("Rss",),
    "pss": ("Pss",),
    "private": ("Private_Clean", "Private_Dirty"),
    "shared": ("Shared_Clean", "Shared_Dirty"),
}
"""What is told, and of which lines of the kernel's account it is the sum."""


def measure(base: Base) -> Section:
    """Let readers answer the same questions, then read the kernel's account of each while all live."""
    base.ours()
    kinds = [ask for ask in Ask if ask is not Ask.NOTHING]
    each = -(-QUERIES // len(kinds))
    sample = base.sample()
    asked = [question for ask in kinds for question in questions(ask, sample, each, filtered=False)]
    texts = "".join(f"{query_of(question).model_dump_json()}\n" for question in asked[:QUERIES])
    with ExitStack() as stack:
        readers = [stack.enter_context(_reader(base.folder / "casebook")) for _ in range(PROCESSES)]
        before = [_answered(reader, "") for reader in readers]
        after = [_answered(reader, texts) for reader in readers]
        for reader in readers:
            assert reader.stdin is not None
            reader.stdin.close()
    figures = {f"memory/{name}": max(account[name] for account in after) for name in after[0]}
    figures["memory/rss before opening"] = max(account["rss"] for account in before)
    names = ("rss before opening", "rss", "most ever", "private", "shared", "pss")
    rows = [tuple(shown(figures[f"memory/{name}"]) for name in names)]
    title = f"Memory of one process of {PROCESSES}, about {base.size} units, {QUERIES} queries; MB"
    return Section([Table(title, names, rows)], figures)


def _reader(folder: Path) -> subprocess.Popen[str]:
    command = (sys.executable, "-m", "benchmarks.reader", str(folder))
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _answered(reader: subprocess.Popen[str], texts: str) -> dict[str, float]:
    """Let a reader answer; gives what it holds afterwards, in MB."""
    assert reader.stdin is not None
    assert reader.stdout is not None
    reader.stdin.write(f"{texts}\n")
    reader.stdin.flush()
    json.loads(reader.stdout.readline())
    return account_of(reader.pid)


def account_of(process: int) -> dict[str, float]:
    """Give the kernel's account of a process, in MB."""
    rollup = _lines(Path(f"/proc/{process}/smaps_rollup"))
    found = {name: sum(rollup[line] for line in lines) for name, lines in _ROLLUP.items()}
    found["most ever"] = _lines(Path(f"/proc/{process}/status"))["VmHWM"]
    return {name: round(value / 1024, 1) for name, value in found.items()}


def _lines(path: Path) -> dict[str, int]:
    """Read `Name: 12 kB` lines, those of another form left out."""
    words = (line.split() for line in path.read_text(encoding="ascii").splitlines())
    return {each[0].rstrip(":"): int(each[1]) for each in words if len(each) == 3 and each[2] == "kB"}
