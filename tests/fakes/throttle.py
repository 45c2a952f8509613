"""Failed tries, counted in memory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

from kb.domain.throttle import MEMORY, Limit, Tally, failed, wait


class MemoryThrottle:
    """`tallies` are what stands, by key."""

    def __init__(self) -> None:
        self.tallies: dict[str, Tally] = {}

    def reserve(self, limits: Mapping[str, Limit], now: dt.datetime) -> dt.timedelta:
        self.tallies = {key: each for key, each in self.tallies.items() if now - each.last_at < MEMORY}
        waits = [wait(limit, self.tallies.get(key), now) for key, limit in limits.items()]
        longest = max(waits, default=dt.timedelta(0))
        if not longest:
            self.tallies |= {key: failed(self.tallies.get(key), now) for key in limits}
        return longest

    def forget(self, keys: Collection[str]) -> None:
        for key in keys:
            self.tallies.pop(key, None)

    def take_back(self, keys: Collection[str]) -> None:
        for key in keys:
            if key in self.tallies:
                fewer = self.tallies[key].failures - 1
                self.tallies[key] = self.tallies[key].model_copy(update={"failures": fewer})
        self.tallies = {key: each for key, each in self.tallies.items() if each.failures > 0}
