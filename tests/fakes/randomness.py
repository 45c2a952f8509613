"""Chance that repeats itself: the n-th draw of a test is the same in every run, and no two draws are alike."""

from __future__ import annotations

import base64
import random
from itertools import count

from kb.domain.identifier import ALPHABET, LENGTH
from kb.domain.second_factor import RECOVERY_LENGTH


class FakeRandomness:
    def __init__(self) -> None:
        self._numbers = count(1)

    def identifier(self) -> str:
        number, letters = next(self._numbers), ""
        while number:
            number, digit = divmod(number, len(ALPHABET))
            letters = ALPHABET[digit] + letters
        return letters.rjust(LENGTH, ALPHABET[0])

    def secret(self) -> str:
        return base64.b32encode(next(self._numbers).to_bytes(20, "big")).decode()

    def token(self) -> str:
        return f"token-{next(self._numbers)}"

    def recovery_code(self) -> str:
        return self.identifier().rjust(RECOVERY_LENGTH, ALPHABET[0])

    def salt(self) -> str:
        return f"{next(self._numbers):032x}"


class SeededRandomness:
    """Chance that looks like chance, and is the same again for the same seed."""

    def __init__(self, seed: int = 1) -> None:
        self._draw = random.Random(seed)

    def identifier(self) -> str:
        return "".join(self._draw.choices(ALPHABET, k=LENGTH))

    def secret(self) -> str:
        return base64.b32encode(self._draw.randbytes(20)).decode()

    def token(self) -> str:
        return base64.urlsafe_b64encode(self._draw.randbytes(32)).decode().rstrip("=")

    def recovery_code(self) -> str:
        return "".join(self._draw.choices(ALPHABET, k=RECOVERY_LENGTH))

    def salt(self) -> str:
        return self._draw.randbytes(16).hex()
