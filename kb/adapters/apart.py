"""Processes that read one stranger's file and end: what they are given, and how their end is told.

The file and the answer lie in memory that has no name in any file system (memfd), so a child that is killed leaves
nothing behind, and nothing of the file ever touches a disk. Like `bounds`, this is no family but ground under those that
read files; it imports nothing of theirs.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum, auto
from threading import BoundedSemaphore

from kb.adapters.bounds import Limits
from kb.domain.errors import Busy
from kb.paths import CHECKOUT

OUT_OF_TIME = frozenset({-signal.SIGXCPU, -signal.SIGKILL})
"""How a child ends whose processor time is used up."""


class Ending(Enum):
    """How a reading ended."""

    ANSWERED = auto()
    TOO_SLOW = auto()
    DIED = auto()
    """It wanted more than it may have, or something in it broke."""


class Turns:
    """Lets so many read at the same time, in one process of the server; who waits in vain is told the sentence `full`."""

    def __init__(self, at_once: int, patience: float, full: str) -> None:
        self._turns = BoundedSemaphore(at_once)
        self._patience = patience
        self._full = full

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn, and give it back; raises Busy."""
        if not self._turns.acquire(timeout=self._patience):
            raise Busy(self._full)
        try:
            yield
        finally:
            self._turns.release()


def ask(module: str, arguments: tuple[str, ...], content: bytes, limits: Limits) -> tuple[Ending, bytes]:
    """Let a child run `module` over `content`, with its limits behind its arguments; gives how it ended and what it said.

    It gets nothing of the server's: no environment, no open files, no secrets.
    """
    bounds = (str(limits.memory), str(limits.cpu), str(limits.output))
    with _memory(content) as question, _memory() as answer:
        child = subprocess.Popen(  # noqa: S603 - no shell; every argument is ours
            [sys.executable, "-P", "-s", "-m", module, *arguments, *bounds],
            env={"PYTHONPATH": os.pathsep.join(filter(None, (str(CHECKOUT), os.environ.get("PYTHONPATH"))))},
            stdin=question,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            cwd="/",
        )
        try:
            ended = child.wait(limits.clock)
        except subprocess.TimeoutExpired:
            return Ending.TOO_SLOW, b""
        finally:
            child.kill()
            child.wait()
        if ended:
            return Ending.TOO_SLOW if ended in OUT_OF_TIME else Ending.DIED, b""
        with os.fdopen(os.dup(answer), "rb") as file:
            file.seek(0)
            return Ending.ANSWERED, file.read()


@contextmanager
def _memory(content: bytes = b"") -> Iterator[int]:
    """Give a file that lies in memory alone, holding `content`, read from its beginning."""
    number = os.memfd_create("stranger")
    try:
        with os.fdopen(os.dup(number), "wb") as file:
            file.write(content)
        os.lseek(number, 0, os.SEEK_SET)
        yield number
    finally:
        os.close(number)
