"""A writer's lock inside one process; `held` says that another process has it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager


class MemoryLock:
    def __init__(self) -> None:
        self.held = False
        self.after_release: Callable[[], object] | None = None
        """What another process does in the moment in which the lock has just been given back; done once."""

    @contextmanager
    def try_hold(self) -> Iterator[bool]:
        if self.held:
            yield False
            return
        self.held = True
        try:
            yield True
        finally:
            self.held = False
        then, self.after_release = self.after_release, None
        if then:
            then()
