"""What guessers know: lists of common passwords, and how far they get with words and patterns."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol


class CommonPasswords(Protocol):
    """Knows what is guessed first."""

    def lists(self, word: str) -> bool:
        """Say whether a word in lower case is on the list of common passwords."""

    def guesses(self, password: str, own_words: Collection[str]) -> float:
        """Estimate how many guesses it takes who knows the lists, common patterns and the person's own words."""
