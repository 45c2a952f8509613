"""Turns at the writer's lock: long work takes it bit by bit, so that what is saved meanwhile is followed in between."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from itertools import islice
from typing import TypeVar

from kb.domain.ports import WriterLock
from kb.services.derivation import Owed
from kb.services.drain import PATIENCE, PAUSE, Drain, DrainReport

TURN = 100
"""Records followed in one turn: a save that comes meanwhile waits some seconds to be found, never minutes."""

Done = TypeVar("Done")


class Turns:
    """Waits for the lock by `pause`, in seconds."""

    def __init__(self, lock: WriterLock, drain: Drain, pause: Callable[[float], None]) -> None:
        self._lock = lock
        self._drain = drain
        self._pause = pause

    def take(self, act: Callable[[], Done]) -> Done | None:
        """Give what `act` gives, done under the lock; None where another process holds it for too long."""
        for _ in range(PATIENCE):
            with self._lock.try_hold() as had:
                done = [act()] if had else []
            if done:
                return done[0]
            self._pause(PAUSE)
        return None

    def follow(self, owed: Iterable[Owed]) -> DrainReport | None:
        """Let what is derived follow these records, and after each turn those whose saves found the lock taken."""
        report, rest = DrainReport(), iter(owed)
        while turn := tuple(islice(rest, TURN)):
            followed = self.take(partial(self._drain.follow, turn))
            if followed is None:
                return None
            report = report.joined(followed.report).joined(self._drain.run())
        return report
