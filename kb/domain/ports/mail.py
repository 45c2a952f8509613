"""Mail: how a letter leaves."""

from __future__ import annotations

from typing import Protocol

from kb.domain.letter import Letter


class Mailer(Protocol):
    """Takes letters on, one at a time."""

    def send(self, letter: Letter) -> None:
        """Hand it over, so that it is not lost from here on; raises NotSent, with a sentence that names no person."""

    @property
    def place(self) -> str:
        """Say in a few words where letters go."""
