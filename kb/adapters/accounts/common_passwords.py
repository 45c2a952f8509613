"""Common passwords by zxcvbn: its lists, and its estimate of how many guesses a password stands.

The estimate takes longer than linear time (seconds for a hundred look-alikes of letters), so a long password is looked at
in parts. It stands at least as many guesses as its hardest part.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property
from threading import Lock

from kb.domain.password import FEWEST_GUESSES

PART = 24
"""Characters looked at together: half a second at the very worst, milliseconds as people type."""


class ZxcvbnPasswords:
    """`CommonPasswords`. zxcvbn keeps a person's words in a global of its own, so one at a time is estimated."""

    def __init__(self) -> None:
        self._one_at_a_time = Lock()

    def lists(self, word: str) -> bool:
        return word in self._listed

    def guesses(self, password: str, own_words: Collection[str]) -> float:
        """Estimate the parts until one is hard enough: then the others change nothing."""
        most = 0.0
        for part in _parts(password):
            most = max(most, self._estimate(part, own_words))
            if most >= FEWEST_GUESSES:
                break
        return most

    def _estimate(self, part: str, own_words: Collection[str]) -> float:
        from zxcvbn import zxcvbn

        with self._one_at_a_time:
            return float(zxcvbn(part, user_inputs=sorted(own_words))["guesses"])

    @cached_property
    def _listed(self) -> frozenset[str]:
        from zxcvbn.frequency_lists import FREQUENCY_LISTS

        return frozenset(FREQUENCY_LISTS["passwords"])


def _parts(password: str) -> Iterator[str]:
    return (password[start : start + PART] for start in range(0, len(password), PART))
