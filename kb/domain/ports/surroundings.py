"""What is asked of the surroundings: the time, chance, to be told how far something is, and a hand with what takes long."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from enum import StrEnum
from typing import Protocol

Progress = Callable[[int, int], None]
"""Called with (done, total) while something long runs."""


class Chore(StrEnum):
    """What is done beside, because it may take minutes and nobody should wait for it."""

    UPDATE = "update"
    """Bring in order what is derived: search was found unusable."""
    MERGE = "merge"
    """Merge what many changes have left in the search index."""
    MAIL = "mail"
    """Mail what somebody wishes to be told at once."""


class Chores(Protocol):
    """Has chores done beside, of each kind one at a time, so that asking often costs nothing."""

    def do(self, chore: Chore) -> None:
        """Begin it, unless somebody is at it; neither waits nor raises."""


class Clock(Protocol):
    """Tells the time, so that tests can say what it is."""

    def now(self) -> dt.datetime:
        """Give the time, aware, in UTC, to the second."""


class Randomness(Protocol):
    """Draws what must not be guessed, so that tests can say what is drawn."""

    def identifier(self) -> str:
        """Give a new record id: ten base32 letters."""

    def token(self) -> str:
        """Give 256 bits as URL-safe text, for sessions, links and passwords."""

    def secret(self) -> str:
        """Give 160 bits as 32 base32 letters, as apps take the secret of a second factor (RFC 4226, 4)."""

    def recovery_code(self) -> str:
        """Give 120 bits as 24 base32 letters, for a code that people write down."""

    def salt(self) -> str:
        """Give 128 bits as 32 hexadecimal digits."""


class Markup(Protocol):
    """Markdown to safe HTML, and HTML to Markdown."""

    def render(self, markdown: str) -> str:
        """Give sanitised HTML of a lesson's text."""

    def from_html(self, html: str) -> str:
        """Give Markdown for HTML as importers meet it, fragments and stray tags included."""
