"""What is like a passage: its most telling words, by their weight among the visible documents, and the concepts it shares.

The plan is one that Whoosh could be asked for as well, a union of weighted terms and of constants, so it is tested against Whoosh's own scorer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from math import log
from typing import NamedTuple

import numpy as np

from kb.adapters.search import analysis
from kb.adapters.search.answer import hit_of, texts_of
from kb.adapters.search.array_file import Integers, Mask
from kb.adapters.search.audience import Audience
from kb.adapters.search.columns import Columns
from kb.adapters.search.facet_columns import FacetColumns
from kb.adapters.search.leaf import Ranked, folded
from kb.adapters.search.plan import Facetted, Plan, Term, Union
from kb.adapters.search.postings import Postings
from kb.adapters.search.reading import Reading
from kb.adapters.search.schema import BODIES, TITLES
from kb.adapters.search.scorer import Scorer, rounded
from kb.domain.errors import NotFound
from kb.domain.query import Hit
from kb.domain.similarity import LINKING, Passage, SimilarQuery, Where
from kb.domain.unit import NOT_STATED, Facet

MOST_TERMS = 25
"""Words that tell what a passage is about; further ones add cost and noise."""
MOST_WEIGHED = 250
"""Different words of a passage that are weighed against one another, the most frequent ones."""
SHORTEST = 2
IN_TITLE = 2
"""Times that a word of the title counts: it says more of what the passage is about."""
FACET_WEIGHTS = {Facet.DIFFICULTY: 2.0, Facet.CHANNEL: 1.5, Facet.TAG: 1.5, Facet.STAGE: 0.5}
"""What sharing a value weighs, times how rare the value is: a category as much as a telling word, a stage little."""


LEAST = 0.5
"""Of the best one's score: what is clearly less alike is left out."""


class _Found(NamedTuple):
    documents: Integers
    scores: Sequence[float]
    knows: Mask
    columns: FacetColumns
    terms: frozenset[str]


def similar(reading: Reading, query: SimilarQuery) -> tuple[Hit, ...]:
    """Answer; raises NotFound for a unit that does not exist for the viewer, and TextGone as a search does."""
    passage = query.to if isinstance(query.to, Passage) else _passage(reading, query, query.to)

    def question(audience: Audience, scorer: Scorer, postings: Postings) -> _Found:
        return _find(query, passage, reading.columns, (audience, scorer, postings))

    found = reading.ask(query, question)
    texts = texts_of(reading, found.documents)
    return tuple(
        hit_of(texts[number], bool(found.knows[number]), score, found.terms, end=found.columns.end)
        for number, score in zip(found.documents.tolist(), found.scores, strict=True)
    )


def _passage(reading: Reading, query: SimilarQuery, unit: str) -> Passage:
    """Give a unit in the form shown to the viewer."""
    columns = reading.columns

    def question(audience: Audience, _scorer: Scorer, _postings: Postings) -> tuple[Integers, frozenset[str]]:
        seen = _of_case(columns, unit.partition("/")[0]) & audience.mask
        documents = np.array(
            [number for number in np.flatnonzero(seen).tolist() if columns.record(number).id == unit],
            dtype=np.intp,
        )
        mask = np.zeros(columns.size, dtype=np.bool_)
        mask[documents] = True
        told = audience.counts(Facet.COUNTRY, audience.tally(mask))
        return documents, frozenset(told) - {NOT_STATED}

    documents, countries = reading.ask(query, question)
    if not len(documents):
        raise NotFound
    (text,) = texts_of(reading, documents).values()
    found = text.unit
    return Passage(
        title=found.title,
        text=found.text,
        language=found.language,
        facets=frozenset(pair for pair in found.facets if pair[0] in LINKING),
        countries=countries,
        case=found.case,
    )


def _find(
    query: SimilarQuery, passage: Passage, columns: Columns, asked: tuple[Audience, Scorer, Postings]
) -> _Found:
    audience, scorer, postings = asked
    others = audience.mask & ~_of_case(columns, passage.case)
    plan = Union(tuple(_plan(passage, others, audience, postings)))
    scored = scorer.score(plan)
    mask = scored.mask & others & columns.of_kinds(query.kinds) & _from(query, passage, audience)
    documents = np.flatnonzero(mask)
    ranked = Ranked(documents, scored.weights[documents], columns.by_id[documents])
    best = folded(ranked, columns.cases, 0, query.limit).documents
    weights = rounded(scored.weights[best])
    alike = weights >= LEAST * weights.max(initial=0.0)
    return _Found(
        best[alike],
        weights[alike].tolist(),
        audience.knows,
        audience.facets,
        frozenset(part.text for part in plan.parts if isinstance(part, Term)),
    )


def _of_case(columns: Columns, case: str | None) -> Mask:
    return columns.of_cases({case} if case else ())


def _from(query: SimilarQuery, passage: Passage, audience: Audience) -> Mask:
    """Give the documents that come from where they are wanted."""
    told = frozenset(audience.facets.values[Facet.COUNTRY])
    known = audience.having(Facet.COUNTRY, told)
    foreign = audience.having(Facet.COUNTRY, told - passage.countries)
    return {Where.ANYWHERE: audience.mask, Where.ABROAD: ~known | foreign, Where.AT_HOME: known & ~foreign}[
        query.where
    ]


def _plan(passage: Passage, others: Mask, audience: Audience, postings: Postings) -> Iterator[Plan]:
    size = int(others.sum())
    yield from _terms(passage, others, size, postings)
    for facet, value in sorted(
        {(facet, audience.facets.end(facet, value)) for facet, value in passage.facets}
    ):
        if facet in FACET_WEIGHTS:
            shared = int((audience.having(facet, frozenset({value})) & others).sum())
            yield Facetted(facet, value.casefold(), FACET_WEIGHTS[facet] * rarity(shared, size))


def _terms(passage: Passage, others: Mask, size: int, postings: Postings) -> Iterator[Term]:
    """Give the most telling terms of a passage, each with its part of the weight of the most telling one."""
    family = analysis.family_of(passage.language)
    fields = TITLES[family], BODIES[family]
    counts = Counter(analysis.terms(family, passage.text))
    for text in analysis.terms(family, passage.title):
        counts[text] += IN_TITLE
    weighed: list[tuple[float, str]] = []
    for text, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST_WEIGHED]:
        seen = sum(int(others[postings.of(field, text).documents].sum()) for field in fields)
        if seen and len(text) >= SHORTEST:
            weighed.append((-(1 + log(count)) * rarity(seen, size), text))
    for weight, text in sorted(weighed)[:MOST_TERMS]:
        share = weight / min(weighed)[0]
        yield from (Term(field, text, share) for field in fields)


def rarity(documents: int, size: int) -> float:
    """Give how telling something is that so many documents out of `size` have: Whoosh's idf, but never below a tenth."""
    return max(0.1, log(size / (documents + 1)) + 1) if size else 0.1
