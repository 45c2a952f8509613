"""Resolving: what readers ask, as merged concepts make it. Whoever asks the search engine for somebody asks here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kb.domain.cross_table import CrossQuery, CrossTable, SumQuery, UnitFigures, UnitSum
from kb.domain.lexicon import BORNE
from kb.domain.ports import Searcher
from kb.domain.query import Filter, Hit, SearchPage, SearchQuery
from kb.domain.replacement import Replacements
from kb.domain.similarity import SimilarQuery
from kb.domain.unit import Facet, Standing
from kb.services.vocabulary import Vocabularies


class ResolvingSearcher:
    """The search engine over concepts as they stand: a merge is seen by the next question, and no unit is indexed anew."""

    def __init__(self, engine: Searcher, vocabularies: Vocabularies) -> None:
        self._engine = engine
        self._vocabularies = vocabularies

    def search(self, query: SearchQuery) -> SearchPage:
        """Answer; raises SearchUnavailable. The page tells the query as it was understood."""
        return self._engine.search(self._resolved(query))

    def count(self, query: SearchQuery) -> int:
        """Count; raises SearchUnavailable."""
        return self._engine.count(self._resolved(query))

    def similar(self, query: SimilarQuery) -> tuple[Hit, ...]:
        """Give what is similar; raises SearchUnavailable and NotFound."""
        standing = frozenset(_standing(self._replacements))
        return self._engine.similar(query.model_copy(update={"standing": standing}) if standing else query)

    def cross(self, query: CrossQuery) -> CrossTable:
        """Count two facets against each other; raises SearchUnavailable."""
        return self._engine.cross(query.model_copy(update={"asked": self._resolved(query.asked)}))

    def sums(self, query: SumQuery) -> Mapping[str, UnitSum]:
        """Sum up what a search finds by each value of a facet; raises SearchUnavailable."""
        return self._engine.sums(query.model_copy(update={"asked": self._resolved(query.asked)}))

    def figures(self, query: SearchQuery, facets: frozenset[Facet]) -> tuple[UnitFigures, ...]:
        """Give the figures of all units that a query finds; raises SearchUnavailable."""
        return self._engine.figures(self._resolved(query), facets)

    def lacking(self, query: SearchQuery, facet: Facet) -> Mapping[str, int]:
        """Count the units without a value of a facet; raises SearchUnavailable."""
        return self._engine.lacking(self._resolved(query), facet)

    @property
    def _replacements(self) -> Replacements:
        return self._vocabularies.thesaurus().replacements

    def _resolved(self, query: SearchQuery) -> SearchQuery:
        replacements = self._replacements
        if not replacements:
            return query
        update = {
            "standing": frozenset(_standing(replacements)),
            "filters": resolved_filters(query.filters, replacements),
        }
        return query.model_copy(update=update)


def resolved_filters(filters: tuple[Filter, ...], replacements: Replacements) -> tuple[Filter, ...]:
    """Give filters that name what stands: an old address finds what is counted under the new value."""
    return tuple(
        each.model_copy(
            update={"values": frozenset(replacements.of(BORNE[each.facet], value) for value in each.values)}
        )
        if each.facet in BORNE
        else each
        for each in filters
    )


def as_standing(
    pairs: Iterable[tuple[Facet, str]], replacements: Replacements
) -> frozenset[tuple[Facet, str]]:
    """Give the concepts that stand for those that a unit bears."""
    return frozenset(
        (facet, replacements.of(BORNE[facet], value) if facet in BORNE else value) for facet, value in pairs
    )


def _standing(replacements: Replacements) -> Iterator[Standing]:
    for (replaced, key), end in replacements.by_name.items():
        yield from ((facet, key, end) for facet, scheme in BORNE.items() if scheme is replaced)
