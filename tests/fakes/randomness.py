"""Chance that repeats itself: the n-th draw of a test is the same in every run, and no two draws are alike."""

from __future__ import annotations

from itertools import count

from kb.domain.identifier import ALPHABET, LENGTH


class FakeRandomness:
    def __init__(self) -> None:
        self._numbers = count(1)

    def identifier(self) -> str:
        number, letters = next(self._numbers), ""
        while number:
            number, digit = divmod(number, len(ALPHABET))
            letters = ALPHABET[digit] + letters
        return letters.rjust(LENGTH, ALPHABET[0])

    def token(self) -> str:
        return f"token-{next(self._numbers)}"

    def salt(self) -> str:
        return f"{next(self._numbers):032x}"
