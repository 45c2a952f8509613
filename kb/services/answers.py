"""Answers: what was tried against the difficulties that a search found, and what the solutions that it found are for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from threading import Lock

from kb.domain.account import Account
from kb.domain.case_study import CaseStudy
from kb.domain.entry import Version
from kb.domain.errors import NotFound
from kb.domain.lesson import Outcome
from kb.domain.ports import Catalogue
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

    What was read of a case is kept under its version, the digest included: a page of results opens a case's file once, and a backup
    that gives the same number to another text is seen.
    """

    def __init__(self, cases: Cases, catalogue: Catalogue) -> None:
        self._cases = cases
        self._catalogue = catalogue
        self._kept: dict[tuple[str, Version], Beside] = {}
        self._lock = Lock()

    def beside(self, actor: Account | None, hits: Iterable[Hit]) -> Beside:
        """Give what belongs to each difficulty and solution among `hits`, by the hit's id, as the revision indexed tells it.

        Who may see the hit may see this: a lesson's audience is its case's.
        """
        answered = [hit for hit in hits if hit.kind in ANSWERED]
        versions = self._catalogue.versions({hit.case for hit in answered}) if answered else {}
        return {hit.id: self._of(actor, hit, versions.get(hit.case)).get(hit.id, ()) for hit in answered}

    def _of(self, actor: Account | None, hit: Hit, version: Version | None) -> Beside:
        if version is None or version.revision != hit.revision:
            return self._read(actor, hit)
        with self._lock:
            kept = self._kept.get((hit.case, version))
        if kept is not None:
            return kept
        read = self._read(actor, hit)
        with self._lock:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[hit.case, version] = read
        return read

    def _read(self, actor: Account | None, hit: Hit) -> Beside:
        try:
            return _linked(hit.case, self._cases.revision(actor, hit.case, hit.revision).case)
        except NotFound:
            return {}


def _linked(identifier: str, case: CaseStudy) -> Beside:
    difficulties = {
        each.key: Sibling(
            id=f"{identifier}/{each.key}",
            kind=UnitKind.DIFFICULTY,
            title=each.title,
            language=case.language,
        )
        for each in case.difficulties
    }
    beside: defaultdict[str, tuple[Sibling, ...]] = defaultdict(tuple)
    for each in sorted(case.solutions, key=lambda solution: _ORDER[solution.outcome]):
        name = f"{identifier}/{each.key}"
        solution = Sibling(
            id=name,
            kind=UnitKind.SOLUTION,
            title=each.title,
            language=case.language,
            outcome=each.outcome,
        )
        for key in each.answers:
            beside[difficulties[key].id] += (solution,)
            beside[name] += (difficulties[key],)
    return dict(beside)
