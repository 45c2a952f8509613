"""What was searched in vain, counted without who searched."""

from __future__ import annotations

from typing import Protocol

from kb.domain.period import YearMonth
from kb.domain.vain_search import MarkedSearch, VainSearch


class VainSearchStore(Protocol):
    """Counts searches in vain.

    Of a text that one account alone looked for it keeps the two marks, the reason and the month, never the text. With the
    second account the text comes, and the marks of the accounts go: from then on searches are counted, not who searches.
    What was dealt with is counted like a new text, and is open again when two accounts have looked for it since.
    """

    def count(self, search: MarkedSearch, *, forget_before: YearMonth) -> None:
        """Count a search, durably; what was last counted before that month is forgotten on the way.

        Of what one account alone typed, at most `MOST_ALONE` texts are remembered.
        """

    def list(self, *, since: YearMonth) -> tuple[VainSearch, ...]:
        """Give every text, open and dealt with, that was counted in or after that month."""

    def deal_with(self, mark: str, note: str, month: YearMonth) -> bool:
        """Put an open search aside with a note; False where none is open under this mark."""

    def forget(self, mark: str) -> None:
        """Remove a text with everything about it, open or dealt with."""
