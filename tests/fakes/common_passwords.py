"""What guessers know, in a few words: what is listed, and how many different characters are left without own words."""

from __future__ import annotations

from collections.abc import Collection


class FewPasswords:
    def __init__(self, *listed: str) -> None:
        self._listed = {"password", "letmein", "iloveyou", *listed}

    def lists(self, word: str) -> bool:
        return word in self._listed

    def guesses(self, password: str, own_words: Collection[str]) -> float:
        rest = password.casefold()
        for word in sorted({*own_words, *self._listed}, key=len, reverse=True):
            rest = rest.replace(word, "")
        return 10.0 ** len(set(rest))
