"""Answers: what was tried against the difficulties that a search found, and what the solutions that it found are for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from threading import Lock

from kb.domain.account import Account
from kb.domain.case_study import CaseStudy
from kb.domain.errors import NotFound
from kb.domain.lesson import Outcome
from kb.domain.query import Hit, Sibling
from kb.domain.unit import UnitKind
from kb.services.cases import Cases

MOST_KEPT = 4_096
"""Cases of which it is kept what answers what; about a kilobyte each."""
ANSWERED = frozenset({UnitKind.DIFFICULTY, UnitKind.SOLUTION})

Beside = Mapping[str, tuple[Sibling, ...]]
"""By the id of a difficulty its solutions, those that worked first; by the id of a solution the difficulties it answers."""
_ORDER = {outcome: number for number, outcome in enumerate(Outcome)}


class Answers:
    """Gives what stands beside a hit.

    A revision never changes, so what was read is kept under its number: a page of results opens a case's file once.
    """

    def __init__(self, cases: Cases) -> None:
        self._cases = cases
        self._kept: dict[tuple[str, int], Beside] = {}
        self._lock = Lock()

    def beside(self, actor: Account | None, hits: Iterable[Hit]) -> Beside:
        """Give what belongs to each difficulty and solution among `hits`, by the hit's id, as the revision indexed tells it.

        Who may see the hit may see this: a lesson's audience is its case's.
        """
        return {hit.id: self._of(actor, hit).get(hit.id, ()) for hit in hits if hit.kind in ANSWERED}

    def _of(self, actor: Account | None, hit: Hit) -> Beside:
        name = (hit.case, hit.revision)
        with self._lock:
            kept = self._kept.get(name)
        if kept is not None:
            return kept
        try:
            read = _linked(hit.case, self._cases.revision(actor, hit.case, hit.revision).case)
        except NotFound:
            return {}
        with self._lock:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[name] = read
        return read


def _linked(identifier: str, case: CaseStudy) -> Beside:
    difficulties = {
        each.key: Sibling(id=f"{identifier}/{each.key}", kind=UnitKind.DIFFICULTY, title=each.title)
        for each in case.difficulties
    }
    beside: defaultdict[str, tuple[Sibling, ...]] = defaultdict(tuple)
    for each in sorted(case.solutions, key=lambda solution: _ORDER[solution.outcome]):
        name = f"{identifier}/{each.key}"
        solution = Sibling(id=name, kind=UnitKind.SOLUTION, title=each.title, outcome=each.outcome)
        for key in each.answers:
            beside[difficulties[key].id] += (solution,)
            beside[name] += (difficulties[key],)
    return dict(beside)
