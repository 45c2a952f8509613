"""Answers: what was tried against the difficulties that a search found, shown beside each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from threading import Lock

from kb.domain.account import Account
from kb.domain.case_study import CaseStudy
from kb.domain.errors import NotFound
from kb.domain.lesson import Outcome
from kb.domain.query import Hit
from kb.domain.text import Value
from kb.domain.unit import UnitKind
from kb.services.cases import Cases

MOST_KEPT = 4_096
"""Cases whose outcomes are kept; some hundred bytes each."""


class OutcomeCount(Value):
    """How many solutions of one difficulty ended so."""

    outcome: Outcome
    count: int


OutcomesByKey = Mapping[str, tuple[OutcomeCount, ...]]


class Answers:
    """Counts the outcomes of solutions per difficulty.

    A revision never changes, so what was counted is kept under its number: a page of results opens a case's file once.
    """

    def __init__(self, cases: Cases) -> None:
        self._cases = cases
        self._kept: dict[tuple[str, int], OutcomesByKey] = {}
        self._lock = Lock()

    def beside(self, actor: Account | None, hits: Iterable[Hit]) -> Mapping[str, tuple[OutcomeCount, ...]]:
        """Give the outcomes for each difficulty among `hits`, by the hit's id, as the revision indexed tells them."""
        return {
            hit.id: self._of(actor, hit).get(hit.key or "", ())
            for hit in hits
            if hit.kind is UnitKind.DIFFICULTY
        }

    def _of(self, actor: Account | None, hit: Hit) -> OutcomesByKey:
        name = (hit.case, hit.revision)
        with self._lock:
            kept = self._kept.get(name)
        if kept is not None:
            return kept
        try:
            counted = _count(self._cases.revision(actor, hit.case, hit.revision).case)
        except NotFound:
            return {}
        with self._lock:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[name] = counted
        return counted


def _count(case: CaseStudy) -> OutcomesByKey:
    by_key = {
        each.key: Counter(solution.outcome for solution in case.solutions_of(each.key))
        for each in case.difficulties
    }
    return {
        key: tuple(OutcomeCount(outcome=each, count=counts[each]) for each in Outcome if counts[each])
        for key, counts in by_key.items()
    }
