"""Answering one query from one generation: plan, mask, order, count, then read the texts of one page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeVar

import numpy as np

from kb.adapters.search.array_file import Integers, Mask, Weights
from kb.adapters.search.audience import Audience
from kb.adapters.search.columns import Columns
from kb.adapters.search.facet_columns import FacetColumns
from kb.adapters.search.facets import counted, filters_of, passing
from kb.adapters.search.leaf import Leaf, Ranked, folded, unfolded
from kb.adapters.search.plan import Intersection, Plan, Planned, planned, says_nothing, terms_of, weighs
from kb.adapters.search.postings import Postings
from kb.adapters.search.reading import Reading
from kb.adapters.search.remembered import Remembered
from kb.adapters.search.scorer import Scorer, rounded
from kb.adapters.search.snippets import snippet
from kb.adapters.search.suggest import expanded, respelt
from kb.adapters.search.texts import Text
from kb.domain.grammar import parse
from kb.domain.query import KINDS_IN, FacetCount, Hit, SearchPage, SearchQuery, Sibling, Sort
from kb.domain.syntax import Node, Parsed
from kb.domain.unit import ORIGIN_FACETS, Facet, SearchUnit

Made = TypeVar("Made")
EVERYTHING = Planned(Intersection(), frozenset())
TERM = 300
"""What a term takes in a plan that is remembered, in bytes."""
SMALL_WORDS = (
    "These words stand in every text and are not searched alone: add one that says what it is about."
)


class _Asked(NamedTuple):
    query: SearchQuery
    node: Node | None
    audience: Audience
    scorer: Scorer
    postings: Postings
    plans: Remembered[Planned]

    def plan(self, node: Node | None) -> Planned:
        """Plan a tree for this audience; of no tree, everything."""
        if node is None:
            return EVERYTHING
        key = self.query.viewer, node
        known = self.plans.get(key)
        if known is not None:
            return known
        plan = planned(node, lambda prefix: expanded(prefix, self.scorer))
        terms = [term.text for term in terms_of(plan)]
        return self.plans.put(key, Planned(plan, frozenset(terms)), TERM * len(terms))


class _Passed(NamedTuple):
    planned: Planned
    weights: Weights
    inside: Mask
    """What the words find in the scope."""
    filters: dict[Facet, Mask]
    documents: Mask
    """Those of them that pass all filters."""


class _Found(NamedTuple):
    total: int
    leaf: Leaf
    scores: Sequence[float]
    knows: Mask
    columns: FacetColumns
    facets: tuple[FacetCount, ...]
    terms: frozenset[str]
    suggestion: str


def answer(reading: Reading, query: SearchQuery) -> SearchPage:
    """Answer a query; raises TextGone where a commit has replaced what this generation names."""

    def question(audience: Audience, scorer: Scorer, postings: Postings) -> _Found:
        asked = _Asked(query, query.wider or parsed.node, audience, scorer, postings, reading.plans)
        return _find(asked, reading.columns)

    parsed = parse(query.text)
    found = reading.ask(query, question)
    leaf = found.leaf
    texts = texts_of(reading, leaf.shown())
    hits = tuple(
        hit_of(
            texts[number],
            bool(found.knows[number]),
            score,
            found.terms,
            end=found.columns.end,
            more=leaf.more.get(number, 0),
            siblings=tuple(_sibling(texts[each].unit) for each in leaf.siblings.get(number, ())),
        )
        for number, score in zip(leaf.documents.tolist(), found.scores, strict=True)
    )
    return SearchPage(
        query=query,
        total=found.total,
        groups=leaf.cases,
        hits=hits,
        facets=found.facets,
        read_as=parsed.read_as if found.total else _read_in_vain(parsed),
        suggestion=found.suggestion,
    )


def count(reading: Reading, query: SearchQuery) -> int:
    """Count what a query finds."""
    return over(reading, query, lambda _, found: int(found.sum()))


def over(reading: Reading, query: SearchQuery, make: Callable[[Audience, Mask], Made]) -> Made:
    """Make something of all documents that a query finds."""

    def question(audience: Audience, scorer: Scorer, postings: Postings) -> Made:
        asked = _Asked(
            query, query.wider or parse(query.text).node, audience, scorer, postings, reading.plans
        )
        return make(audience, _passed(asked, reading.columns).documents)

    return reading.ask(query, question)


def _passed(asked: _Asked, columns: Columns) -> _Passed:
    query, audience = asked.query, asked.audience
    wanted = asked.plan(asked.node)
    scored = asked.scorer.score(wanted.plan)
    inside = scored.mask & columns.of_kinds(KINDS_IN[query.scope])
    if query.cases:
        inside &= columns.of_cases(query.cases)
    filters = filters_of(query, audience)
    return _Passed(wanted, scored.weights, inside, filters, passing(inside, filters))


def _find(asked: _Asked, columns: Columns) -> _Found:
    query, audience = asked.query, asked.audience
    passed = _passed(asked, columns)
    documents = np.flatnonzero(passed.documents)
    leaf = _leaf(query, passed.planned.plan, columns, documents, passed.weights)
    return _Found(
        total=len(documents),
        leaf=leaf,
        scores=rounded(passed.weights[leaf.documents]).tolist(),
        knows=audience.knows,
        columns=audience.facets,
        facets=tuple(counted(query, audience, passed.inside, passed.filters)),
        terms=passed.planned.texts,
        suggestion=_suggestion(asked),
    )


def _leaf(query: SearchQuery, plan: Plan, columns: Columns, documents: Integers, weights: Weights) -> Leaf:
    """Give the wanted page; what nothing weighs comes newest first."""
    sort = query.sort if query.sort is not Sort.RELEVANCE or weighs(plan) else Sort.NEWEST
    start = (query.page - 1) * query.size
    ranked = Ranked(documents, _order(sort, columns, documents, weights), columns.by_id[documents])
    if query.folds:
        return folded(ranked, columns.cases, start, query.size)
    return unfolded(ranked, start, query.size)


def _order(sort: Sort, columns: Columns, documents: Integers, weights: Weights) -> Weights:
    """Give what puts each document before others; what has no date comes last."""
    if sort is Sort.RELEVANCE:
        return weights[documents]
    dates = columns.dates[documents]
    return np.nan_to_num(dates if sort is Sort.NEWEST else -dates, nan=-np.inf)


def _suggestion(asked: _Asked) -> str:
    """Give another spelling if it finds something."""
    if asked.node is None:
        return ""
    other = respelt(asked.query.text, asked.node, asked.scorer, asked.postings)
    finds = other and asked.scorer.score(asked.plan(parse(other).node).plan).mask.any()
    return other if finds else ""


def texts_of(reading: Reading, documents: Integers) -> Mapping[int, Text]:
    """Read the texts of documents; raises TextGone."""
    numbers = documents.tolist()
    texts = reading.texts.get([reading.columns.digest(number) for number in numbers])
    return dict(zip(numbers, texts, strict=True))


def hit_of(
    text: Text,
    knows: bool,
    score: float,
    terms: frozenset[str],
    *,
    end: Callable[[Facet, str], str],
    more: int = 0,
    siblings: tuple[Sibling, ...] = (),
) -> Hit:
    """Give a unit as a result; `knows` says whether the viewer learns its origin, `end` which value stands for one."""
    unit = text.unit
    values: dict[Facet, tuple[str, ...]] = {}
    for facet, value in sorted({(facet, end(facet, value)) for facet, value in unit.facets}):
        if knows or facet not in ORIGIN_FACETS:
            values[facet] = (*values.get(facet, ()), value)
    return Hit(
        id=unit.id,
        case=unit.case,
        kind=unit.kind,
        title=unit.title,
        language=unit.language,
        snippet=snippet(text.prepared, terms),
        case_title=unit.case_title,
        score=score,
        revision=unit.revision,
        countries=values.get(Facet.COUNTRY, ()),
        year=" ".join(values.get(Facet.YEAR, ())),
        stages=values.get(Facet.STAGE, ()),
        outcome=" ".join(values.get(Facet.OUTCOME, ())),
        marking=" ".join(values.get(Facet.MARKING, ())),
        origin=" ".join(values.get(Facet.ORIGIN, ())),
        source_key=unit.source_key if knows else "",
        more=more,
        siblings=siblings,
    )


def _read_in_vain(parsed: Parsed) -> str:
    """Tell why nothing was found, where it is for the words."""
    if parsed.node is None or not says_nothing(parsed.node):
        return parsed.read_as
    return f"{parsed.read_as} {SMALL_WORDS}"


def _sibling(unit: SearchUnit) -> Sibling:
    return Sibling(
        id=unit.id,
        kind=unit.kind,
        title=unit.title,
        language=unit.language,
        outcome=" ".join(sorted(unit.values(Facet.OUTCOME))),
    )
