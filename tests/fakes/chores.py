"""Chores that are only written down, or done at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kb.domain.ports import Chore


class MemoryChores:
    def __init__(self, deeds: Mapping[Chore, Callable[[], object]] | None = None) -> None:
        self.asked: list[Chore] = []
        self._deeds = deeds or {}

    def do(self, chore: Chore) -> None:
        self.asked.append(chore)
        if deed := self._deeds.get(chore):
            deed()
