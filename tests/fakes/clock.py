"""A clock that stands still until told to move."""

from __future__ import annotations

import datetime as dt

NOON = dt.datetime(2026, 9, 1, 12, 0, tzinfo=dt.UTC)


class FakeClock:
    def __init__(self, now: dt.datetime = NOON) -> None:
        self.time = now

    def now(self) -> dt.datetime:
        return self.time

    def tick(self, **passed: float) -> dt.datetime:
        """Let time pass, a minute where nothing else is said: `tick(hours=2)`."""
        self.time += dt.timedelta(**(passed or {"minutes": 1}))
        return self.time
