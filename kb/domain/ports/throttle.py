"""Failed tries, counted under keys that tell nobody what was tried."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Protocol

from kb.domain.throttle import Limit


class ThrottleStore(Protocol):
    """Counts tries before they are made, so that many at once cannot slip through together."""

    def reserve(self, limits: Mapping[str, Limit], now: dt.datetime) -> dt.timedelta:
        """Count a failure under each key, and give no wait; or count nothing, and give the longest wait still to come."""

    def forget(self, keys: Collection[str]) -> None:
        """Forget every failure under these keys."""

    def take_back(self, keys: Collection[str]) -> None:
        """Take one failure back under each of these keys: the try was none."""
