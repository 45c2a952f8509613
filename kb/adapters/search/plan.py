"""From the grammar's tree to terms in fields: what the scorer adds up, and what Whoosh would be asked for the same.

A word is analysed once per language, for that language's fields. The two forms, arrays and Whoosh's own query objects, are made from
one plan, so that the one can be tested against the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from whoosh import query as whoosh_query

from kb.adapters.search import analysis
from kb.adapters.search.schema import BODIES, BOOSTS, FACETS, TITLES, WORDS
from kb.domain.syntax import About, AllOf, AnyOf, Having, InTitle, Node, Phrase, Prefix, Wider, Word
from kb.domain.unit import Facet

ALSO = 0.25
"""The share of its weight that a word counts with which was not said: a label of a few words weighs as one that was."""
BEARS = 3.0
"""What bearing the concept weighs: about as much as one telling word in the text."""

PAIR = 0.2
"""The share that words weigh once more where they stand side by side as in the question."""
WRITTEN = 0.3
"""The share that a word weighs once more where it stands in the very form that was typed."""
ALL = 2.0
"""What having all the words weighs. More, and a long text with all of them by chance comes before a short one that is meant."""

Expand = Callable[[str], Sequence[str]]
"""Gives the words that begin so, of those that the viewer may see."""


@dataclass(frozen=True)
class Term:
    """A term in one analysed field."""

    field: str
    text: str
    share: float = 1.0
    """Of its weight."""


@dataclass(frozen=True)
class Sequel:
    """Terms one after the other in one analysed field."""

    field: str
    texts: tuple[str, ...]
    share: float = 1.0


@dataclass(frozen=True)
class Written:
    """A word in the form in which it was typed, anywhere in title and text."""

    text: str
    share: float


@dataclass(frozen=True)
class Facetted:
    """A value of a facet. What it weighs depends on no statistics; a filter weighs nothing."""

    facet: Facet
    value: str
    weight: float = 0.0


@dataclass(frozen=True)
class Union:
    """Any of these, weights added; of none, nothing."""

    parts: tuple[Plan, ...] = ()


@dataclass(frozen=True)
class Intersection:
    """All of `parts`, weights added, and none of `without`; of no parts, everything."""

    parts: tuple[Plan, ...] = ()
    without: tuple[Plan, ...] = ()
    constant: float | None = None
    """What having them all weighs, in place of what each does."""


Plan = Term | Sequel | Written | Facetted | Union | Intersection


class Planned(NamedTuple):
    """A plan, and the texts of the terms that a hit may have been found by."""

    plan: Plan
    texts: frozenset[str]


def planned(node: Node, expand: Expand) -> Plan:
    """Give the plan of a tree; it nests as deep as the tree, which the grammar bounds."""
    match node:
        case Having():
            return Facetted(node.facet, node.value.casefold())
        case About():
            return Facetted(node.facet, node.value, BEARS * node.share)
        case AllOf():
            return Intersection(
                tuple(planned(each, expand) for each in node.nodes),
                tuple(planned(each, expand) for each in node.without),
            )
        case _:
            return Union(tuple(dict.fromkeys(_alternatives(node, expand))))


def _alternatives(node: Word | Prefix | Phrase | InTitle | AnyOf | Wider, expand: Expand) -> Iterator[Plan]:
    """Give the plans of which any will do."""
    match node:
        case Word():
            yield from _words((node.text,), (TITLES, BODIES))
            yield from _written(node.text)
        case Prefix():
            yield from _words(expand(analysis.fold(node.text)), (TITLES, BODIES))
        case Phrase() | InTitle():
            yield from _sequels(node.words, (TITLES, BODIES) if isinstance(node, Phrase) else (TITLES,))
        case AnyOf():
            plans = [planned(each, expand) for each in node.nodes]
            for plan in plans:
                yield from (part for part in _parts(plan) if not _is_bonus(part))
            yield from _neighbours(tuple(_spoken(node)))
            yield from _whole(node.nodes, plans, expand)
        case Wider():
            yield from _parts(planned(node.said, expand))
            for each in node.also:
                yield from _meant(each, expand)


def terms_of(plan: Plan) -> Iterator[Term]:
    """Give the terms that a hit may have been found by, those of excluded parts left out."""
    match plan:
        case Term():
            yield plan
        case Sequel():
            yield from (Term(plan.field, text, plan.share) for text in plan.texts)
        case Union() | Intersection():
            for part in plan.parts:
                yield from terms_of(part)
        case Facetted() | Written():
            return


def weighs(plan: Plan) -> bool:
    """Say whether the plan orders what it finds; facets and exclusions alone do not."""
    match plan:
        case Facetted():
            return plan.weight > 0
        case Union() | Intersection():
            return any(weighs(part) for part in plan.parts)
        case _:
            return True


def as_whoosh(plan: Plan) -> whoosh_query.Query:
    """Give Whoosh's own query for a plan: the measure in tests of whatever `weighs`.

    Not through its AndNot, which in 2.7.5 lets documents of a union slip past the exclusion.
    """
    match plan:
        case Term():
            return whoosh_query.Term(plan.field, plan.text, boost=BOOSTS[plan.field] * plan.share)
        case Sequel():
            return whoosh_query.Phrase(plan.field, list(plan.texts), boost=BOOSTS[plan.field] * plan.share)
        case Facetted():
            bearing = whoosh_query.Term(FACETS, f"{plan.facet.value}={plan.value}", boost=0.0)
            return whoosh_query.ConstantScoreQuery(bearing, plan.weight) if plan.weight else bearing
        case Written():
            return whoosh_query.Term(WORDS, plan.text, boost=plan.share)
        case Union():
            return whoosh_query.Or([as_whoosh(part) for part in plan.parts])
        case Intersection():
            wanted = [as_whoosh(part) for part in plan.parts]
            found = whoosh_query.And(wanted) if wanted else whoosh_query.Every()
            if plan.constant is not None:
                found = whoosh_query.ConstantScoreQuery(found, plan.constant)
            without = whoosh_query.And([whoosh_query.Not(as_whoosh(part)) for part in plan.without])
            return whoosh_query.Require(found, without) if plan.without else found


def _words(words: Sequence[str], fields: Sequence[dict[str, str]]) -> Iterator[Plan]:
    for word in words:
        yield from _sequels((word,), fields)


def _sequels(words: Sequence[str], fields: Sequence[dict[str, str]]) -> Iterator[Plan]:
    """Give the words one after the other; even one may be several terms, where words are written without blanks."""
    for family in analysis.FAMILIES:
        texts = tuple(text for word in words for text in analysis.terms_of(family, word))
        for names in fields:
            if len(texts) > 1:
                yield Sequel(names[family], texts)
            elif texts:
                yield Term(names[family], texts[0])


def _written(word: str) -> Iterator[Plan]:
    """Give the word as it was typed, if it says something in every language: linking words stand in every text."""
    if _is_telling(word):
        yield Written(analysis.fold(word), WRITTEN)


def _is_telling(word: str) -> bool:
    return all(analysis.terms_of(family, word) for family in analysis.FAMILIES)


def says_nothing(node: Node) -> bool:
    """Say whether there are words, but none that tells texts apart."""
    words = tuple(_spoken(node))
    return bool(words) and not any(word is None or _is_telling(word) for word in words)


def _says_something(node: Node) -> bool:
    """Say whether a part has to be there where all parts have to: small words and concepts hinted at have not."""
    return not isinstance(node, About) and (not isinstance(node, Word) or _is_telling(node.text))


def _spoken(node: Node) -> Iterator[str | None]:
    """Give the words side by side in their order; None stands for what is no word."""
    match node:
        case Word():
            yield node.text
        case AnyOf():
            for each in node.nodes:
                yield from _spoken(each)
        case Wider():
            yield from _spoken(node.said)
        case _:
            yield None


def _neighbours(words: Sequence[str | None]) -> Iterator[Plan]:
    """Give each two words that follow one another once those that say nothing are left out: they are left out of texts too."""
    for family in analysis.FAMILIES:
        texts = [text for word in words for text in (analysis.terms_of(family, word) if word else (None,))]
        for first, second in pairwise(texts):
            if first and second:
                yield from (Sequel(names[family], (first, second), PAIR) for names in (TITLES, BODIES))


def _whole(nodes: Sequence[Node], plans: Sequence[Plan], expand: Expand) -> Iterator[Plan]:
    """Give all that was said at once; words that say nothing in some language need not be there."""
    parts = tuple(
        _required(node, plan, expand)
        for node, plan in zip(nodes, plans, strict=True)
        if _says_something(node)
    )
    if len(parts) > 1 and any(weighs(part) for part in parts):
        yield Intersection(parts, constant=ALL)


def _is_bonus(plan: Plan) -> bool:
    return isinstance(plan, Intersection) and plan.constant is not None


def _required(node: Node, plan: Plan, expand: Expand) -> Plan:
    """Give what has to be there of one part: of words that mean something all, or what means the same."""
    if isinstance(node, Wider) and isinstance(node.said, AnyOf):
        words = tuple(planned(each, expand) for each in node.said.nodes if _says_something(each))
        return Union((Intersection(words), *(part for each in node.also for part in _meant(each, expand))))
    return plan


def _meant(node: Node, expand: Expand) -> Iterator[Plan]:
    """Give what was not said with its share. A phrase that stop words leave a single word of says too little."""
    for part in _parts(planned(node, expand)):
        if isinstance(part, Sequel) or (isinstance(part, Term) and isinstance(node, Word)):
            yield replace(part, share=ALSO)
        elif isinstance(part, Facetted):
            yield part


def _parts(plan: Plan) -> tuple[Plan, ...]:
    return plan.parts if isinstance(plan, Union) else (plan,)
