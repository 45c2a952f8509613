"""A mailer that keeps what it is given, and refuses what it is told to."""

from __future__ import annotations

from collections.abc import Callable

from kb.domain.errors import NotSent
from kb.domain.letter import Letter


class MemoryMailer:
    """`refusing` gives by address why a letter does not leave; `down` why none does; `meanwhile` happens before each."""

    place = "memory"

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.refusing: dict[str, str] = {}
        self.down = ""
        self.meanwhile: Callable[[], object] = lambda: None

    def send(self, letter: Letter) -> None:
        self.meanwhile()
        if self.down:
            raise NotSent(self.down, for_all=True)
        if sentence := self.refusing.get(letter.to):
            raise NotSent(sentence)
        self.letters.append(letter)

    @property
    def told(self) -> dict[str, str]:
        """Give the last letter to each address, as text."""
        return {each.to: each.text for each in self.letters}
