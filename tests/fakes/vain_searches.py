"""Searches in vain, counted in memory."""

from __future__ import annotations

from kb.domain.period import YearMonth
from kb.domain.vain_search import MOST_ALONE, MarkedSearch, Reason, VainSearch


class MemoryVainSearches:
    """`marks` is what one account alone typed; a real store keeps no more of it than this, without the text."""

    def __init__(self, most_alone: int = MOST_ALONE) -> None:
        self._most_alone = most_alone
        self.marks: dict[str, tuple[str, Reason, YearMonth]] = {}
        self._shown: dict[str, VainSearch] = {}

    def count(self, search: MarkedSearch, *, forget_before: YearMonth) -> None:
        self.marks = {key: mark for key, mark in self.marks.items() if mark[2] >= forget_before}
        self._shown = {key: each for key, each in self._shown.items() if each.month >= forget_before}
        shown, first = self._shown.get(search.mark), self.marks.get(search.mark)
        if shown is not None and shown.dealt_with is None:
            self._show(search, shown, search.reason)
        elif first is None or first[0] == search.account_mark:
            self.marks[search.mark] = (search.account_mark, search.reason, search.month)
            if len(self.marks) > self._most_alone:
                del self.marks[next(mark for mark in self.marks if mark != search.mark)]
        else:
            del self.marks[search.mark]
            note = shown.note if shown else ""
            new = VainSearch(mark=search.mark, text=search.text, month=search.month, note=note)
            self._show(search, new, first[1], search.reason)

    def list(self, *, since: YearMonth) -> tuple[VainSearch, ...]:
        kept = (each for each in self._shown.values() if each.month >= since)
        return tuple(sorted(kept, key=lambda each: each.text))

    def deal_with(self, mark: str, note: str, month: YearMonth) -> bool:
        shown = self._shown.get(mark)
        if shown is None or shown.dealt_with is not None:
            return False
        self._shown[mark] = shown.model_copy(update={"note": note, "dealt_with": month})
        return True

    def forget(self, mark: str) -> None:
        self.marks.pop(mark, None)
        self._shown.pop(mark, None)

    def _show(self, search: MarkedSearch, shown: VainSearch, *reasons: Reason) -> None:
        counted = {
            "nothing_found": shown.nothing_found + reasons.count(Reason.NOTHING_FOUND),
            "none_opened": shown.none_opened + reasons.count(Reason.NONE_OPENED),
        }
        self._shown[search.mark] = shown.model_copy(update={**counted, "month": search.month})
