"""Our engine, asked through its port as the services ask it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from benchmarks.pagework import COUNTED, SIZE, Page, Question
from kb.adapters.search.engine import WhooshSearchEngine
from kb.domain.query import SearchPage, SearchQuery
from kb.domain.unit import Facet, SearchUnit


class Ours:
    """It counts all its facets each time, not only those that are compared, and finds other spellings by itself."""

    name = "Casebook"

    def __init__(self, folder: Path) -> None:
        self.engine = WhooshSearchEngine(folder)

    def build(self, units: Iterable[SearchUnit]) -> None:
        """Index these units beside whatever is there, and change over; how many there are is for a progress bar alone."""
        self.engine.rebuild(units, 0)

    def page(self, question: Question) -> Page:
        """Answer, and put the answer in the form that is compared."""
        found = self.engine.search(query_of(question))
        return Page(
            found.total,
            tuple(hit.id for hit in found.hits),
            {facet: _counts(found, facet) for facet in COUNTED},
            tuple(hit.snippet.text for hit in found.hits),
        )


def query_of(question: Question) -> SearchQuery:
    """Give the question as the services would ask it."""
    return SearchQuery(viewer=question.viewer, text=question.text, filters=question.filters, size=SIZE)


def _counts(found: SearchPage, facet: Facet) -> Mapping[str, int]:
    return {each.value: each.count for each in found.counts(facet) if each.count}
