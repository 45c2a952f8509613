"""Chores that are only written down, or done at once, or done for real but for mailing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kb.adapters.children import ChoresInChildren
from kb.domain.ports import Chore


class MemoryChores:
    def __init__(self, deeds: Mapping[Chore, Callable[[], object]] | None = None) -> None:
        self.asked: list[Chore] = []
        self._deeds = deeds or {}

    def do(self, chore: Chore) -> None:
        self.asked.append(chore)
        if deed := self._deeds.get(chore):
            deed()


class ChoresWithoutMail(ChoresInChildren):
    """Mends what is derived in processes of its own; a home of a test mails nobody beside it."""

    def do(self, chore: Chore) -> None:
        if chore is not Chore.MAIL:
            super().do(chore)
