"""A difficulty's page: the address behind each number, and the bars of its years."""

from __future__ import annotations

from typing import NamedTuple

from kb.domain.query import Scope, SearchRequest
from kb.domain.unit import NOT_STATED, Facet
from kb.services.difficulties import DifficultyView, about
from kb.web.presenting import facet_label
from kb.web.searching import Addresses

HEIGHT = 48
"""Of the highest bar, in pixels."""


class Row(NamedTuple):
    """A value with its number and the search that gives it."""

    label: str
    number: int
    address: str


class Bar(NamedTuple):
    """A year; `height` is of HEIGHT, so that none of a case is lower than one pixel."""

    year: str
    number: int
    height: int
    address: str


class DifficultyPage:
    """What a template shows of a difficulty beside its texts."""

    height = HEIGHT

    def __init__(self, view: DifficultyView) -> None:
        self._view = view
        self._key = view.concept.key

    @property
    def countries(self) -> list[Row]:
        """Give the countries by name, what is not stated last."""
        rows = [
            (value == NOT_STATED, facet_label(Facet.COUNTRY, value), count, value)
            for value, count in self._view.countries.items()
        ]
        return [Row(label, count, self._of(Facet.COUNTRY, value)) for _, label, count, value in sorted(rows)]

    @property
    def stages(self) -> list[Row]:
        """Give the stages, the most frequent first."""
        counts = sorted(self._view.stages.items(), key=lambda each: (-each[1], each[0]))
        return [
            Row(
                facet_label(Facet.STAGE, value),
                count,
                self._of(Facet.STAGE, value, scope=Scope.DIFFICULTIES),
            )
            for value, count in counts
        ]

    @property
    def bars(self) -> list[Bar]:
        """Give each year from the first to the last, those of which no case is told too, and what is not stated."""
        counts = self._view.years
        years = sorted(int(year) for year in counts if year.isdigit())
        values = [str(year) for year in range(years[0], years[-1] + 1)] if years else []
        values += [NOT_STATED] if NOT_STATED in counts else []
        most = max(counts.values(), default=1)
        return [
            Bar(
                facet_label(Facet.YEAR, value),
                count := counts.get(value, 0),
                -(-count * HEIGHT // most),
                self._of(Facet.YEAR, value),
            )
            for value in values
        ]

    @property
    def cases(self) -> str:
        """Give the address of all its cases."""
        return Addresses(about(Scope.CASES, self._key)).page(1)

    def outcome(self, outcome: str) -> str:
        """Give the address of its solutions that went so."""
        return self._of(Facet.OUTCOME, outcome, scope=Scope.SOLUTIONS)

    def channel(self, channel: str) -> str:
        """Give the address of its border issues in which a channel was used."""
        return self._of(Facet.CHANNEL, channel, scope=Scope.CROSS_BORDER)

    def _of(self, facet: Facet, value: str, scope: Scope = Scope.CASES) -> str:
        asked: SearchRequest = about(scope, self._key)
        return Addresses(asked).only(facet, value)
