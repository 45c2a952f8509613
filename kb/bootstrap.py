"""The composition root: the one place that names adapters and joins them to services.

Nothing here decides anything. `services` opens what lies in a home and gives one service per noun; pages and commands
take what they need from the value that it returns.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kb.adapters.system import SystemClock, SystemRandomness
from kb.config import Settings
from kb.domain.ports import Clock, Randomness


@dataclass(frozen=True)
class Services:
    """Everything that a page or a command can ask for, one attribute per service."""

    clock: Clock
    secret_key: bytes = field(repr=False)


def services(
    settings: Settings, clock: Clock | None = None, randomness: Randomness | None = None
) -> Services:
    """Open the home that `settings` name; raises BadSetting where there is none."""
    settings.require_home()
    clock, randomness = clock or SystemClock(), randomness or SystemRandomness()
    return Services(clock=clock, secret_key=randomness.token().encode())
