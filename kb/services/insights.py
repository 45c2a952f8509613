"""Insights: what the cases have in common, counted from the columns of the index and never from files.

Everything is as the actor may see and know it; a number is what the search that it leads to returns.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import partial
from typing import NamedTuple

from kb.domain.account import Account
from kb.domain.concept import Scheme
from kb.domain.cross_table import CrossQuery, CrossTable, SumQuery, UnitFigures, UnitSum
from kb.domain.insight import (
    ABOVE,
    Heading,
    Matrix,
    MatrixRequest,
    MatrixView,
    Opening,
    matrix_of,
    open_in,
    shared_by_several,
)
from kb.domain.lesson import Outcome
from kb.domain.marking import Marking, highest
from kb.domain.permission import Permission, demand
from kb.domain.ports import Searcher
from kb.domain.query import Filter, Scope, SearchQuery, SearchRequest
from kb.domain.unit import ANY_COUNTRY, NOT_STATED, Facet
from kb.services.vocabulary import Vocabularies, Vocabulary

CASES = SearchRequest(scope=Scope.CASES)
BORDERS = SearchRequest(scope=Scope.CROSS_BORDER)
WORKED = Filter(facet=Facet.OUTCOME, values=frozenset({Outcome.WORKED.value}))


class Overview(NamedTuple):
    """What there is, in a few numbers."""

    cases: int
    countries: int
    difficulties: int
    shared: int
    """Difficulties that units of several countries reported."""
    corridors: int
    illustrative: bool


class Insights:
    """Counts for pages and commands."""

    def __init__(self, engine: Searcher, vocabularies: Vocabularies) -> None:
        self._engine = engine
        self._vocabularies = vocabularies

    def cross(self, actor: Account | None, request: SearchRequest, rows: Facet, columns: Facet) -> CrossTable:
        """Count two facets against each other over what the actor finds; raises SearchUnavailable."""
        account = demand(actor, Permission.READ)
        return self._crossed(account, request, rows, columns)

    def sums(
        self, actor: Account | None, request: SearchRequest, by: Facet, told: frozenset[Facet]
    ) -> Mapping[str, UnitSum]:
        """Sum up what the actor finds by each value of a facet; raises SearchUnavailable."""
        account = demand(actor, Permission.READ)
        asked = SearchQuery(viewer=account.viewer, **dict(request))
        return self._engine.sums(SumQuery(asked=asked, by=by, told=told))

    def standing(self, actor: Account | None, scheme: Scheme, key: str) -> str:
        """Give the concept that units which bear one are counted under: another where it was merged."""
        return self._vocabularies.of(demand(actor, Permission.READ)).standing(scheme, key)

    def figures(
        self, actor: Account | None, request: SearchRequest, facets: Collection[Facet]
    ) -> tuple[UnitFigures, ...]:
        """Give the figures of all units that the actor finds, by id; raises SearchUnavailable."""
        account = demand(actor, Permission.READ)
        asked = SearchQuery(viewer=account.viewer, **dict(request))
        return self._engine.figures(asked, frozenset(facets))

    def matrix(
        self, actor: Account | None, request: MatrixRequest | None = None, language: str = "en"
    ) -> MatrixView:
        """Count cases by difficulty and country, and by difficulty and year; raises SearchUnavailable."""
        account, request = demand(actor, Permission.READ), request or MatrixRequest()
        vocabulary = self._vocabularies.of(account)
        place = partial(placed, vocabulary, language)
        everything = self._crossed(account, CASES, Facet.YEAR, Facet.ORIGIN)
        years = tuple(sorted(everything.rows.keys() - {NOT_STATED}))
        filters = request.filters(years)
        asked = CASES.model_copy(update={"filters": filters})
        under = frozenset(_under(vocabulary))
        table = self._crossed(account, asked, Facet.DIFFICULTY, Facet.COUNTRY, under)
        by_year = self._crossed(account, asked, Facet.DIFFICULTY, Facet.YEAR, under)
        markings = self._crossed(account, asked, Facet.MARKING, Facet.ORIGIN)
        matrix = matrix_of(table, place, request.sort)
        reported = self._crossed(account, asked, Facet.DIFFICULTY, Facet.REPORTER)
        country = account.organisation.country if account.organisation else None
        return MatrixView(
            request=request,
            filters=filters,
            matrix=matrix,
            by_year=matrix_of(by_year, place),
            shared=shared_by_several(reported, lambda key: place(key).label),
            country=country,
            openings=self._openings(account, country, matrix, filters) if country else (),
            silent=tuple(_silent(vocabulary, matrix, language)),
            total=table.total,
            marking=highest(*map(Marking, markings.rows)),
            illustrative=table.illustrative,
            years=years,
            phenomena=_choices(vocabulary, Scheme.PHENOMENON, language),
            stages=_choices(vocabulary, Scheme.STAGE, language),
        )

    def overview(self, actor: Account | None) -> Overview:
        """Give a few numbers about everything; raises SearchUnavailable."""
        account = demand(actor, Permission.READ)
        table = self._crossed(account, CASES, Facet.DIFFICULTY, Facet.COUNTRY)
        reported = self._crossed(account, CASES, Facet.DIFFICULTY, Facet.REPORTER)
        borders = self._crossed(account, BORDERS, Facet.CORRIDOR, Facet.ORIGIN)
        return Overview(
            cases=table.total,
            countries=len(table.columns.keys() - {NOT_STATED}),
            difficulties=len(table.rows),
            shared=len(shared_by_several(reported, str)),
            corridors=sum(_is_of_two_countries(value) for value in borders.rows),
            illustrative=table.illustrative or borders.illustrative,
        )

    def _openings(
        self, account: Account, country: str, matrix: Matrix, filters: tuple[Filter, ...]
    ) -> tuple[Opening, ...]:
        """Give what is open at home; there a solution counts at whichever stage it is, as a case counts at each of its own."""
        solutions = SearchRequest(scope=Scope.SOLUTIONS, filters=(*filters, WORKED))
        worked = self._crossed(account, solutions, Facet.DIFFICULTY, Facet.COUNTRY)
        here = Filter(facet=Facet.COUNTRY, values=frozenset({country}))
        at_home = (*(each for each in filters if each.facet is not Facet.STAGE), WORKED, here)
        solved = self._crossed(
            account, solutions.model_copy(update={"filters": at_home}), Facet.DIFFICULTY, Facet.ORIGIN
        )
        return open_in(country, matrix, worked, solved.rows)

    def _crossed(
        self,
        account: Account,
        request: SearchRequest,
        rows: Facet,
        columns: Facet,
        under: frozenset[tuple[str, str]] = frozenset(),
    ) -> CrossTable:
        asked = SearchQuery(viewer=account.viewer, **dict(request))
        return self._engine.cross(CrossQuery(asked=asked, rows=rows, columns=columns, under=under))


def _is_of_two_countries(corridor: str) -> bool:
    return corridor != NOT_STATED and ANY_COUNTRY not in corridor


def placed(vocabulary: Vocabulary, language: str, key: str) -> Heading:
    """Say how a difficulty is called, and under what it stands."""
    label, above = (
        vocabulary.label(Scheme.DIFFICULTY, key, language),
        vocabulary.heading(Scheme.DIFFICULTY, key),
    )
    return Heading(label, above.key, above.label(language)) if above else Heading(label)


def _under(vocabulary: Vocabulary) -> Iterable[tuple[str, str]]:
    """Give each difficulty with its heading, as a cross table knows it."""
    for concept in vocabulary.scheme(Scheme.DIFFICULTY):
        if above := vocabulary.heading(Scheme.DIFFICULTY, concept.key):
            yield concept.key, f"{ABOVE}{above.key}"


def _silent(vocabulary: Vocabulary, matrix: Matrix, language: str) -> Iterable[tuple[str, str]]:
    told = {line.key for line in matrix.lines}
    return (each for each in _choices(vocabulary, Scheme.DIFFICULTY, language) if each[0] not in told)


def _choices(vocabulary: Vocabulary, scheme: Scheme, language: str) -> tuple[tuple[str, str], ...]:
    return tuple((each.key, each.label(language)) for each in vocabulary.choices(scheme, language))
