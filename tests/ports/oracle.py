"""What a search must answer: Whoosh's own scorer over an index of exactly the given units, and plain counting over what it finds.

Nothing here knows of viewers. The units are those that somebody may see, in the form in which they see them, and no others exist.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from whoosh import index, scoring, searching
from whoosh import query as whoosh_query
from whoosh.fields import KEYWORD

from kb.adapters.search import analysis
from kb.adapters.search.audience import K1, B
from kb.adapters.search.plan import Facetted, Intersection, Plan, Union, as_whoosh, planned, weighs
from kb.adapters.search.schema import FACETS, STORED_RECORD, WORDS, StoredRecord, document, schema
from kb.adapters.search.suggest import MOST_EXPANDED
from kb.domain.grammar import parse
from kb.domain.marking import Viewer
from kb.domain.query import KINDS_IN, MOST_SIBLINGS, SearchPage, SearchQuery, Sort
from kb.domain.syntax import Node
from kb.domain.unit import ASIDE, MAY_BE_UNSTATED, NOT_STATED, ORIGIN_FACETS, Facet, SearchUnit

Counted = tuple[Facet, str, int, bool]


class Found(NamedTuple):
    """What a node finds, by id, and whether the scores say anything."""

    scores: Mapping[str, float]
    weighs: bool


class Weighting(scoring.BM25F):  # type: ignore[misc]  # Whoosh has no types
    """Whoosh's BM25F, but that a field's mean length is over the documents that have the field, not over all."""

    def scorer(
        self, searcher: searching.Searcher, fieldname: str, text: bytes, qf: int = 1
    ) -> scoring.BM25FScorer:
        """Let Whoosh make its scorer, and correct what it takes from the whole index."""
        made = super().scorer(searcher, fieldname, text, qf)
        parent = searcher.get_parent()
        reader = parent.reader()
        having = sum(1 for each in reader.all_doc_ids() if reader.doc_field_length(each, fieldname))
        made.avgfl = parent.field_length(fieldname) / having
        return made


class Oracle:
    """Answers from `units` alone; the index is made when it is first asked."""

    def __init__(self, folder: Path, units: Iterable[SearchUnit]) -> None:
        self._folder = folder
        self._index: index.Index | None = None
        self.units = {unit.id: unit for unit in units}

    def found(self, node: Node | None) -> Found:
        """Ask Whoosh itself."""
        if node is None:
            return Found(dict.fromkeys(self.units, 0.0), weighs=False)
        plan = planned(node, self.expansion)
        passed = self.scores(as_whoosh(_weighty(plan)))
        scores = self.scores(as_whoosh(plan)) if weighs(plan) else {}
        return Found({each: scores.get(each, 0.0) for each in passed}, weighs=weighs(plan))

    def scores(self, asked: whoosh_query.Query) -> dict[str, float]:
        """Give the score of each unit that a query of Whoosh's own finds; of a union, what scores nothing is left out."""
        with self._opened().searcher(weighting=Weighting(K1=K1, B=B, **{f"{WORDS}_B": 0.0})) as searcher:
            hits = searcher.search(asked, limit=None)
            return {StoredRecord(*hit[STORED_RECORD]).id: hit.score for hit in hits}

    def expansion(self, prefix: str) -> list[str]:
        """Give the most frequent words that begin so, by frequency, then by letter."""
        frequency = Counter(
            word
            for unit in self.units.values()
            for word in analysis.surface_words(
                analysis.family_of(unit.language), f"{unit.title}\n{unit.text}"
            )
            if word.startswith(prefix)
        )
        return sorted(frequency, key=lambda word: (-frequency[word], word))[:MOST_EXPANDED]

    def assert_answers(self, page: SearchPage) -> None:
        """Compare a page with what it must be: totals, counts, scores and order."""
        query = page.query
        found = self.found(query.wider or parse(query.text).node)
        inside = [self.units[each] for each in found.scores if _is_inside(self.units[each], query)]
        ranked = sorted(
            (unit for unit in inside if _passes(unit, query)), key=lambda unit: _key(unit, found, query)
        )
        leaves = _folded(ranked) if query.folds else [[unit] for unit in ranked]
        wanted = leaves[(query.page - 1) * query.size :][: query.size]
        assert (page.total, page.groups) == (len(ranked), len(leaves) if query.folds else 0)
        assert [hit.id for hit in page.hits] == [leaf[0].id for leaf in wanted]
        for hit, (_, *others) in zip(page.hits, wanted, strict=True):
            assert hit.score == pytest.approx(_rounded(found.scores[hit.id]), rel=1e-9, abs=0)
            named = [each.id for each in hit.siblings]
            assert (hit.more, named) == (len(others), [each.id for each in others[:MOST_SIBLINGS]])
        counts = [(each.facet, each.value, each.count, each.chosen) for each in page.facets]
        assert counts == list(_counted(inside, query))

    def _opened(self) -> index.Index:
        if self._index is None:
            self._folder.mkdir(parents=True)
            fields = schema()
            fields.add(WORDS, KEYWORD(scorable=True))
            self._index = index.create_in(str(self._folder), fields)
            with self._index.writer() as writing:
                for unit in self.units.values():
                    found = document(unit)
                    apart = {FACETS: sorted(_named(unit)), WORDS: sorted(found.words)}
                    writing.add_document(**found.fields() | apart)
        return self._index


def shown_to(viewer: Viewer, unit: SearchUnit) -> SearchUnit:
    """Give a unit in the form in which the viewer sees it."""
    own = unit.owner is not None and unit.owner == viewer.organisation
    if own or viewer.unrestricted or not unit.chatham_house:
        return unit
    facets = frozenset(pair for pair in unit.facets if pair[0] not in ORIGIN_FACETS)
    return unit.model_copy(update={"facets": facets, "owner": None, "source_key": ""})


def _weighty(plan: Plan) -> Plan:
    """Let filters weigh something, so that all that passes has a score."""
    match plan:
        case Facetted():
            return replace(plan, weight=1.0)
        case Union():
            return Union(tuple(_weighty(part) for part in plan.parts))
        case Intersection():
            parts, without = ([_weighty(part) for part in each] for each in (plan.parts, plan.without))
            return Intersection(tuple(parts), tuple(without))
        case _:
            return plan


def _rounded(score: float) -> float:
    return float(f"{score:.6g}")


def _values(unit: SearchUnit, facet: Facet) -> frozenset[str]:
    untold = unit.kind in MAY_BE_UNSTATED.get(facet, ())
    return unit.values(facet) or frozenset({NOT_STATED} if untold else ())


def _named(unit: SearchUnit) -> Iterable[str]:
    """Give what fields of a query name: every value that is counted, whatever its case."""
    return (f"{facet.value}={value.casefold()}" for facet in Facet for value in _values(unit, facet))


def _is_inside(unit: SearchUnit, query: SearchQuery) -> bool:
    return unit.kind in KINDS_IN[query.scope] and (not query.cases or unit.case in query.cases)


def _passes(unit: SearchUnit, query: SearchQuery, but: Facet | None = None) -> bool:
    facets = {each.facet for each in query.filters} - {but}
    return all(query.chosen(facet) & _values(unit, facet) for facet in facets)


def _key(unit: SearchUnit, found: Found, query: SearchQuery) -> tuple[float, str]:
    """Give what orders units: the rounded score or the date, those without a date last, then the id."""
    if query.sort is Sort.RELEVANCE and found.weighs:
        return -_rounded(found.scores[unit.id]), unit.id
    if not unit.date:
        return float("inf"), unit.id
    year, _, month = unit.date.partition("-")
    months = int(year) * 13 + int(month or 0)
    return months if query.sort is Sort.OLDEST else -months, unit.id


def _folded(ranked: Sequence[SearchUnit]) -> list[list[SearchUnit]]:
    leaves: dict[str, list[SearchUnit]] = {}
    for unit in ranked:
        leaves.setdefault(unit.case, []).append(unit)
    return list(leaves.values())


def _counted(inside: Sequence[SearchUnit], query: SearchQuery) -> Iterable[Counted]:
    """Count each facet under all filters but its own."""
    for facet in Facet:
        chosen = query.chosen(facet)
        if facet in ASIDE and facet not in {each.facet for each in query.filters}:
            continue
        counts = Counter(dict.fromkeys(chosen, 0))
        counts.update(
            value for unit in inside if _passes(unit, query, facet) for value in _values(unit, facet)
        )
        for value, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            yield facet, value, count, value in chosen
