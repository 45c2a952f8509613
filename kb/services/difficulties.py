"""A difficulty: where it was met, what was tried and how that went, what helps, and who may be asked.

Numbers come from the columns of the index; files are opened for what the page tells in full, and for no more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from kb.domain.account import Account
from kb.domain.concept import Concept, Scheme
from kb.domain.cross_table import CrossTable
from kb.domain.instrument import Instrument
from kb.domain.lesson import BorderOutcome, Outcome
from kb.domain.marking import Marking, highest
from kb.domain.permission import Permission, demand
from kb.domain.query import Filter, Scope, SearchRequest
from kb.domain.record import Origin
from kb.domain.resource import Resource
from kb.domain.tried import MOST_SHOWN, TOLD, by_outcome
from kb.domain.unit import Facet
from kb.services.concepts import Concepts
from kb.services.insights import Insights
from kb.services.practices import PracticeFilter, PracticeLine, Practices
from kb.services.reference import References
from kb.services.reference_view import ReferenceView
from kb.services.weighing import ApplicationView, CitedLesson, Weighed, Weighing


class Told(NamedTuple):
    """A solution in full, with what speaks for it."""

    cited: CitedLesson
    weighed: Weighed


class Tried(NamedTuple):
    """The solutions of one outcome: how many there are, and the first of them."""

    outcome: Outcome
    total: int
    told: tuple[Told, ...]


class Channel(NamedTuple):
    """A channel that was used where the difficulty was met at a border, and how often it went how."""

    key: str
    total: int
    outcomes: Mapping[str, int]
    is_written: bool
    """Whether an instrument tells of it."""


@dataclass(frozen=True)
class DifficultyView:
    """A difficulty's page, as one reader may see it."""

    concept: Concept
    stands: str
    """The key of the concept that stands for it, if it was merged into one."""
    cases: int
    countries: Mapping[str, int]
    years: Mapping[str, int]
    stages: Mapping[str, int]
    tried: tuple[Tried, ...]
    met: tuple[CitedLesson, ...]
    """The latest lessons that tell it, where nobody tells what they tried: they can be asked all the same."""
    channels: tuple[Channel, ...]
    practices: tuple[PracticeLine, ...]
    resources: tuple[ReferenceView[Resource], ...]
    instruments: tuple[ReferenceView[Instrument], ...]
    """Those that are said to help with it, used in a case or not."""
    marking: Marking
    """The narrowest marking of what is told or counted."""
    illustrative: bool

    @property
    def desks(self) -> tuple[CitedLesson, ...]:
        """Give one lesson of each case that names a desk which agreed to be asked."""
        told = [each.cited for group in self.tried for each in group.told] or self.met
        named = [each for each in told if each.case.contact]
        return tuple({each.case_id: each for each in reversed(named)}.values())[::-1]


class Difficulties:
    """Reads everything about one difficulty."""

    def __init__(
        self,
        insights: Insights,
        concepts: Concepts,
        weighing: Weighing,
        *,
        practices: Practices,
        reference: References,
    ) -> None:
        self._insights = insights
        self._concepts = concepts
        self._weighing = weighing
        self._practices = practices
        self._reference = reference

    def get(self, actor: Account | None, key: str) -> DifficultyView:
        """Give a difficulty's page; raises NotFound, and SearchUnavailable while nothing can be counted."""
        account = demand(actor, Permission.READ)
        meaning = self._concepts.meaning(account, Scheme.DIFFICULTY, key)
        cases = self._cross(account, Scope.CASES, key, Facet.COUNTRY, Facet.YEAR)
        stages = self._cross(account, Scope.DIFFICULTIES, key, Facet.STAGE, Facet.COUNTRY)
        channels = self._cross(account, Scope.CROSS_BORDER, key, Facet.CHANNEL, Facet.OUTCOME)
        markings = self._cross(account, Scope.ALL, key, Facet.MARKING, Facet.ORIGIN)
        practices = self._register(account, (meaning.stands, *(each.key for each in meaning.merged)))
        resources = self._reference.resources_for(account, meaning.stands)
        instruments = self._reference.instruments_for(account, meaning.stands)
        helping = (*resources, *instruments)
        tried = tuple(self._tried(account, key))
        return DifficultyView(
            concept=meaning.concept,
            stands=meaning.stands,
            cases=cases.total,
            countries=cases.rows,
            years=cases.columns,
            stages=stages.rows,
            tried=tried,
            met=() if tried else self._met(account, key),
            channels=tuple(self._channels(account, channels)),
            practices=practices,
            resources=resources,
            instruments=instruments,
            marking=highest(
                *map(Marking, markings.rows),
                *(each.weighed.marking for group in tried for each in group.told),
                *(highest(line.practice.audience.marking, line.weighed.marking) for line in practices),
                *(each.record.audience.marking for each in helping),
            ),
            illustrative=markings.illustrative
            or any(line.practice.origin is Origin.ILLUSTRATIVE for line in practices)
            or any(each.record.origin is Origin.ILLUSTRATIVE for each in helping)
            or any(each.weighed.reuse.illustrative for group in tried for each in group.told),
        )

    def _cross(self, account: Account, scope: Scope, key: str, rows: Facet, columns: Facet) -> CrossTable:
        return self._insights.cross(account, about(scope, key), rows, columns)

    def _register(self, account: Account, keys: Iterable[str]) -> tuple[PracticeLine, ...]:
        """Give the practices of the register about any of these, each once: they keep the key that they were written with."""
        lines = (
            line for key in keys for line in self._practices.list(account, PracticeFilter(difficulty=key))
        )
        return tuple({line.id: line for line in lines}.values())

    def _channels(self, account: Account, table: CrossTable) -> Iterator[Channel]:
        written = {each.id for each in self._reference.instruments(account)}
        for key, total in sorted(table.rows.items(), key=lambda row: (-row[1], row[0])):
            outcomes = {
                each.value: table.cells[key, each] for each in BorderOutcome if (key, each) in table.cells
            }
            yield Channel(key, total, outcomes, key in written)

    def _tried(self, account: Account, key: str) -> Iterator[Tried]:
        found = self._insights.figures(account, about(Scope.SOLUTIONS, key), TOLD)
        applied = self._weighing.applied_in(account, {each.case for each in found})
        wanted = {each.id for each in found}
        known = self._told(account, wanted & applied.keys(), applied)
        judged = {name: (told.weighed.evidence, told.weighed.confirmation) for name, told in known.items()}
        for outcome, names in by_outcome(found, judged):
            shown = names[:MOST_SHOWN]
            told = known | self._told(account, set(shown) - known.keys(), applied)
            yield Tried(outcome, len(names), tuple(told[name] for name in shown if name in told))

    def _met(self, account: Account, key: str) -> tuple[CitedLesson, ...]:
        found = [
            (max(each.values[Facet.YEAR], default=""), each.id)
            for scope in (Scope.DIFFICULTIES, Scope.CROSS_BORDER)
            for each in self._insights.figures(account, about(scope, key), frozenset({Facet.YEAR}))
        ]
        return self._weighing.cited(account, [name for _, name in sorted(found, reverse=True)[:MOST_SHOWN]])

    def _told(
        self, account: Account, names: Collection[str], applied: Mapping[str, tuple[ApplicationView, ...]]
    ) -> dict[str, Told]:
        """Read solutions; one that is no longer as the index has it is left out."""
        return {
            each.name: Told(each, self._weighing.weighed(each.case, each.lesson, applied.get(each.name, ())))
            for each in self._weighing.cited(account, sorted(names))
        }


def about(scope: Scope, key: str) -> SearchRequest:
    """Ask for units of a scope about a difficulty."""
    chosen = Filter(facet=Facet.DIFFICULTY, values=frozenset({key}))
    return SearchRequest(scope=scope, filters=(chosen,))
