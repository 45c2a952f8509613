"""The matrix in the address and on the page: what is asked for is read leniently, and every number is a link to its search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from flask import url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from kb.domain.concept import Scheme
from kb.domain.insight import (
    BY_NAME,
    BY_TOTAL,
    Heading,
    Line,
    Matrix,
    MatrixRequest,
    MatrixView,
    Opening,
    matrix_of,
)
from kb.domain.lesson import Outcome
from kb.domain.query import Filter, Scope, SearchRequest
from kb.domain.unit import NOT_STATED, Facet
from kb.services.in_common import Common
from kb.web.country import country_name
from kb.web.presenting import concept_label, facet_label
from kb.web.searching import LONGEST_VALUE, MOST_VALUES, Addresses
from kb.web.words import word

MOST_FOLDED = 40


def matrix_request_from(arguments: MultiDict[str, str]) -> MatrixRequest:
    """Read what is asked for; what means nothing is left out."""
    sort = arguments.get("sort", BY_TOTAL)
    return MatrixRequest(
        since=_year(arguments.get("from", "")),
        until=_year(arguments.get("to", "")),
        phenomenon=_value(arguments.get("phenomenon", "")),
        stage=_value(arguments.get("stage", "")),
        sort=sort if sort in {BY_TOTAL, BY_NAME, NOT_STATED} or len(sort) == len("AT") else BY_TOTAL,
    )


def folded_from(arguments: MultiDict[str, str]) -> tuple[str, ...]:
    """Read which groups show their heading alone."""
    return tuple(filter(None, map(_value, arguments.getlist("fold")[:MOST_FOLDED])))


def _year(text: str) -> int | None:
    return (
        int(text)
        if text.isascii() and text.isdigit() and len(text) == len("2007") and text[0] != "0"
        else None
    )


def _value(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else ""


class Column(NamedTuple):
    """A country: its code, its name, and where the table sorted by it is."""

    value: str
    code: str
    name: str
    sort: str
    is_own: bool


class Cell(NamedTuple):
    """How many cases a row has in a column, and their shade."""

    number: int
    level: int
    column: str


class MatrixPage:
    """Columns in the order in which they are read, and the address behind each number.

    A table has thousands of numbers, so what the addresses of a row share is written once.
    """

    def __init__(self, view: MatrixView, folded: Sequence[str]) -> None:
        self._view = view
        self._asked = _said(view.request)
        self.folded = frozenset(folded)
        self._cases = Addresses(SearchRequest(scope=Scope.CASES, filters=view.filters))
        self._sayable = all(len(each.values) <= MOST_VALUES for each in view.filters)
        undated = tuple(each for each in view.filters if each.facet is not Facet.YEAR)
        self._in_any_year = SearchRequest(scope=Scope.CASES, filters=undated)

    @property
    def conditions(self) -> tuple[str, ...]:
        """Say by what the counted cases are narrowed, in words: on paper no form tells."""
        asked = self._view.request
        said = (
            (asked.since, _("begun in %(year)s or later", year=asked.since)),
            (asked.until, _("begun in %(year)s or earlier", year=asked.until)),
            *(
                (value, f"{word(facet)}: {facet_label(facet, value)}")
                for facet, value in ((Facet.PHENOMENON, asked.phenomenon), (Facet.STAGE, asked.stage))
            ),
        )
        return tuple(words for value, words in said if value)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Give the countries: the reader's own first, the others by name, and what is not stated last."""
        found = (
            Column(
                value,
                "–" if value == NOT_STATED else value,
                _named(value),
                self.sorted_by(value),
                value == self._view.country,
            )
            for value in self._view.matrix.columns
        )
        return tuple(sorted(found, key=lambda each: (each.value == NOT_STATED, not each.is_own, each.name)))

    @property
    def everything(self) -> Line:
        """Give all cases that are counted, with a difficulty or none: of how many a number is."""
        return _all_cases(self._view, self._view.matrix)

    @property
    def every_year(self) -> Line:
        """Give the same by year."""
        return _all_cases(self._view, self._view.by_year)

    def cells(self, line: Line) -> Iterator[Cell]:
        """Give what stands in each column of a row."""
        return _cells(self._view.matrix, line, (column.value for column in self.columns))

    def sorted_by(self, sort: str) -> str:
        """Give the address of the table in another order."""
        return self._address(sort=sort)

    def fold(self, *keys: str) -> str:
        """Give the address of the table with these groups folded, and no others."""
        return self._address(fold=sorted(keys))

    def toggled(self, key: str) -> str:
        """Give the address of the table with one group folded that is not, or the other way round."""
        return f"{self.fold(*self.folded ^ {key})}#group-{key}"

    def data(self, form: str) -> str:
        """Give the address of the same table for programs."""
        return url_for(f"difficulties.{form}", **self._asked)

    def search(self, line: Line) -> str:
        """Give the address of the search behind a row's number, to which a column adds its country; none where it would be too long to say."""
        return self._cases.only(Facet.DIFFICULTY, *line.keys) if self._can_say(line) else ""

    def by_year(self, line: Line) -> Iterator[tuple[int, str]]:
        """Give the number of each year with the search behind it, as far as an address can say it."""
        sayable = self._can_say(line)
        chosen = (*self._in_any_year.filters, *_chosen(Facet.DIFFICULTY, line.keys))
        addresses = Addresses(self._in_any_year.model_copy(update={"filters": chosen}))
        for year in self._view.by_year.columns:
            yield line.cells.get(year, 0), addresses.only(Facet.YEAR, year) if sayable else ""

    def here(self, opening: Opening) -> str:
        """Give the address of the cases of the reader's country that tell a difficulty."""
        return self._own.only(Facet.DIFFICULTY, opening.key)

    def elsewhere(self, opening: Opening) -> str:
        """Give the address of the solutions that worked against a difficulty."""
        return self._worked.only(Facet.DIFFICULTY, opening.key)

    @cached_property
    def _own(self) -> Addresses:
        return self._counting(Scope.CASES, Facet.COUNTRY, self._view.country or "")

    @cached_property
    def _worked(self) -> Addresses:
        return self._counting(Scope.SOLUTIONS, Facet.OUTCOME, Outcome.WORKED.value)

    def _can_say(self, line: Line) -> bool:
        """Say whether an address is read with all that narrows the search behind a row."""
        return self._sayable and len(line.keys) <= MOST_VALUES

    def _counting(self, scope: Scope, facet: Facet, value: str) -> Addresses:
        filters = (*self._view.filters, *_chosen(facet, (value,)))
        return Addresses(SearchRequest(scope=scope, filters=filters))

    def _address(self, **changes: str | Sequence[str]) -> str:
        said = {**self._asked, "fold": sorted(self.folded), **changes}
        return url_for("difficulties.index", **said)


class EventMatrix:
    """The same numbers of one event's cases: few enough to stand in one order, with nothing folded."""

    def __init__(self, common: Common) -> None:
        self._matrix = matrix_of(common.table, lambda key: Heading(concept_label(Scheme.DIFFICULTY, key)))
        self._columns = sorted(common.countries, key=lambda code: code == NOT_STATED)
        held = _chosen(Facet.EVENT, (common.view.id,))
        self._cases = Addresses(SearchRequest(scope=Scope.CASES, filters=tuple(held)))

    @property
    def columns(self) -> tuple[str, ...]:
        """Give the names of the countries, those in most case studies first, and what is not stated last."""
        return tuple(map(_named, self._columns))

    @property
    def lines(self) -> tuple[Line, ...]:
        """Give the rows, those with most case studies first."""
        return tuple(self._matrix.lines)

    def cells(self, line: Line) -> Iterator[Cell]:
        """Give what stands in each column of a row."""
        return _cells(self._matrix, line, self._columns)

    def search(self, line: Line) -> str:
        """Give the address of the search behind a row's number, to which a column adds its country."""
        return self._cases.only(Facet.DIFFICULTY, line.key)


def _all_cases(view: MatrixView, matrix: Matrix) -> Line:
    return Line(key="", label="", keys=(), total=view.total, cells=matrix.totals)


def _cells(matrix: Matrix, line: Line, columns: Iterable[str]) -> Iterator[Cell]:
    for column in columns:
        count = line.cells.get(column, 0)
        yield Cell(count, matrix.level(count), column)


def _named(column: str) -> str:
    return word(column) if column == NOT_STATED else country_name(column)


def _chosen(facet: Facet, values: Sequence[str]) -> Iterator[Filter]:
    if values:
        yield Filter(facet=facet, values=frozenset(values))


def _said(request: MatrixRequest) -> dict[str, Any]:
    """Give what an address says of a request; what goes without saying is left out."""
    said = {
        "from": request.since,
        "to": request.until,
        "phenomenon": request.phenomenon,
        "stage": request.stage,
        "sort": request.sort if request.sort != BY_TOTAL else "",
    }
    return {name: value for name, value in said.items() if value}
