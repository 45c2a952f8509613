"""The same difficulty, told by several cases: who meets it in one is led to what was tried against it in all that they may see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress

from kb.domain.account import Account
from kb.domain.case_links import case_of
from kb.domain.case_study import CaseStatus, CaseStudy
from kb.domain.entry import Listing, Order
from kb.domain.errors import NotFound
from kb.domain.identifier import Identifier
from kb.domain.lesson import Difficulty, Solution
from kb.domain.permission import Permission, demand
from kb.domain.ports import Catalogue
from kb.domain.record import Kind
from kb.domain.text import Value
from kb.services.cases import Cases, CaseView

MOST_TELLINGS = 20
"""Others that are shown beside one difficulty; it bounds what a page can cost."""


class Telling(Value):
    """The same difficulty as another case tells it, with what was tried against it there."""

    id: Identifier
    case: CaseStudy
    difficulty: Difficulty
    solutions: tuple[Solution, ...]


class SameDifficulties:
    """Finds them in both directions, through cases that exist for the actor and are current."""

    def __init__(self, cases: Cases, catalogue: Catalogue) -> None:
        self._cases = cases
        self._catalogue = catalogue

    def of(self, actor: Account | None, view: CaseView) -> Mapping[str, tuple[Telling, ...]]:
        """Give the other tellings of each difficulty of a case by its key, the nearest first; those without any are left out."""
        account = demand(actor, Permission.READ)
        walk = _Walk(account, self._cases, self._catalogue, view)
        found = {each.key: walk.tellings(f"{view.id}/{each.key}") for each in view.case.difficulties}
        return {key: tellings for key, tellings in found.items() if tellings}


class _Walk:
    """One walk from difficulty to difficulty, which reads each case once."""

    def __init__(self, account: Account, cases: Cases, catalogue: Catalogue, start: CaseView) -> None:
        self._account = account
        self._cases = cases
        self._catalogue = catalogue
        self._read: dict[str, CaseStudy | None] = {start.id: start.case}
        self._naming: dict[str, tuple[str, ...]] = {}

    def tellings(self, start: str) -> tuple[Telling, ...]:
        found = {start: self._telling(start)}
        waiting = [start]
        while waiting and len(found) <= MOST_TELLINGS:
            for unit in self._beside(waiting.pop(0)):
                telling = self._telling(unit)
                if unit not in found and telling:
                    found[unit] = telling
                    waiting.append(unit)
        return tuple(each for unit, each in found.items() if each and unit != start)[:MOST_TELLINGS]

    def _beside(self, unit: str) -> Iterator[str]:
        """Give the difficulties that this one names, then those that name it."""
        telling = self._telling(unit)
        yield from telling.difficulty.same_as if telling else ()
        for other in self._naming_case(case_of(unit)):
            case = self._case(other)
            for each in case.difficulties if case else ():
                if unit in each.same_as:
                    yield f"{other}/{each.key}"

    def _naming_case(self, identifier: str) -> tuple[str, ...]:
        if identifier not in self._naming:
            listing = Listing(
                viewer=self._account.viewer,
                kinds=frozenset({Kind.CASE_STUDY}),
                statuses=frozenset({CaseStatus.PUBLISHED.value}),
                naming=identifier,
                order=Order.TITLE,
                limit=MOST_TELLINGS,
            )
            self._naming[identifier] = tuple(entry.id for entry in self._catalogue.list(listing))
        return self._naming[identifier]

    def _telling(self, unit: str) -> Telling | None:
        identifier = case_of(unit)
        case = self._case(identifier)
        difficulty = case.lesson(unit.removeprefix(f"{identifier}/")) if case else None
        if case is None or not isinstance(difficulty, Difficulty):
            return None
        return Telling(
            id=identifier, case=case, difficulty=difficulty, solutions=case.solutions_of(difficulty.key)
        )

    def _case(self, identifier: str) -> CaseStudy | None:
        """Give a case as the actor may read it, if it is current."""
        if identifier not in self._read:
            self._read[identifier] = None
            with suppress(NotFound):
                case = self._cases.get(self._account, identifier).case
                self._read[identifier] = case if case.status is CaseStatus.PUBLISHED else None
        return self._read[identifier]
