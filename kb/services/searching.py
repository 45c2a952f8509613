"""Searching as somebody: the actor's audience goes into the query, and no caller can give another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice

from kb.domain.account import Account
from kb.domain.concept import Concept
from kb.domain.errors import Invalid, NotFound, SearchUnavailable
from kb.domain.grammar import parse
from kb.domain.lexicon import FACETS as FACET_OF_SCHEME
from kb.domain.lexicon import Lexicon, lexicon_of
from kb.domain.loosening import Loosened, loosened
from kb.domain.nearness import LabelWords
from kb.domain.permission import Permission, demand
from kb.domain.ports import Searcher
from kb.domain.query import FacetCount, Filter, Hit, SearchPage, SearchQuery, SearchRequest
from kb.domain.similarity import SimilarQuery, SimilarRequest, Where
from kb.domain.text import Value
from kb.domain.unit import LESSON_KINDS, NOT_STATED, Facet
from kb.domain.widening import Widened, widened
from kb.services.vocabulary import Vocabularies, Vocabulary

UPPER_CASE = frozenset({Facet.COUNTRY, Facet.MARKING, Facet.CORRIDOR, Facet.REPORTER})
"""Facets whose values are written in capitals; people type them as they like."""
NOTHING = Widened(None)
FACETS = {facet.value: facet for facet in Facet}


MOST_TRIES = 8
"""Searches with one thing less that are counted for somebody who found nothing."""
MOST_NEAR = 6


class Way(Value):
    """One thing to leave out, and how much is found without it."""

    loosened: Loosened
    count: int


class WaysOn(Value):
    """Where somebody who found nothing can go on."""

    ways: tuple[Way, ...] = ()
    concepts: tuple[FacetCount, ...] = ()
    """Concepts whose words come near, each with what a search by it alone returns."""


class Likeness(Value):
    """What is like a lesson: in other countries, and in the same ones."""

    abroad: tuple[Hit, ...] = ()
    at_home: tuple[Hit, ...] = ()
    search_works: bool = True


class _Words:
    """What is made of the concepts of one moment, when it is first needed."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._thesaurus = vocabulary.thesaurus
        self.concepts = vocabulary.concepts

    @cached_property
    def lexicon(self) -> Lexicon:
        return lexicon_of(self._thesaurus.standing)

    @cached_property
    def labels(self) -> LabelWords:
        return LabelWords(self._thesaurus.standing)


class Searching:
    """Answers searches."""

    def __init__(self, engine: Searcher, vocabularies: Vocabularies) -> None:
        self._engine = engine
        self._vocabularies = vocabularies
        self._words = _Words(Vocabulary(()))

    def search(self, actor: Account | None, request: SearchRequest) -> SearchPage:
        """Answer under the actor's audience; raises NotSignedIn, Forbidden or SearchUnavailable, never for the text."""
        account = demand(actor, Permission.READ)
        return next(self.batch(account, [request]))

    def find(self, actor: Account | None, request: SearchRequest) -> SearchPage:
        """Search for a person: where nothing is found but another spelling finds something, give that, told as such."""
        account = demand(actor, Permission.READ)
        page = self.search(account, request)
        if page.total or request.as_typed or not page.suggestion:
            return page
        other = self.search(account, request.model_copy(update={"text": page.suggestion}))
        return other.model_copy(update={"instead_of": request.text}) if other.total else page

    def ways_on(self, actor: Account | None, request: SearchRequest) -> WaysOn:
        """Tell somebody who found nothing what to leave out, and which concepts come near; MOST_TRIES searches and one."""
        account = demand(actor, Permission.READ)
        words = self._words_of(account)
        counted = (
            Way(loosened=each, count=self._engine.count(_query(account, each.request, words.lexicon)[0]))
            for each in islice(loosened(request), MOST_TRIES)
        )
        near = words.labels.nearest(request.text, MOST_NEAR)
        return WaysOn(
            ways=tuple(way for way in counted if way.count),
            concepts=tuple(self._filed(account, near)) if near else (),
        )

    def _filed(self, account: Account, concepts: Sequence[Concept]) -> Iterator[FacetCount]:
        """Give the facet values that the concepts are, each with what a search by it alone returns, but not nothing."""
        everything = self._engine.search(SearchQuery(viewer=account.viewer, size=1))
        counts = {(each.facet, each.value): each for each in everything.facets}
        for concept in concepts:
            if found := counts.get((FACET_OF_SCHEME[concept.scheme], concept.key)):
                yield found

    def batch(self, actor: Account | None, requests: Iterable[SearchRequest]) -> Iterator[SearchPage]:
        """Answer many, one after the other; the permission is checked before the first is asked for."""
        account = demand(actor, Permission.READ)
        queries = self._queries(account, requests)
        return (self._engine.search(query).model_copy(update={"also": also}) for query, also in queries)

    def counts(self, actor: Account | None, requests: Iterable[SearchRequest]) -> Iterator[int]:
        """Give the totals alone of what `batch` would answer, at a part of its cost."""
        account = demand(actor, Permission.READ)
        return (self._engine.count(query) for query, _ in self._queries(account, requests))

    def similar(self, actor: Account | None, request: SimilarRequest) -> tuple[Hit, ...]:
        """Give what is like a unit, or like words that are being written; raises NotFound, and as `search` does."""
        account = demand(actor, Permission.READ)
        return self._engine.similar(SimilarQuery(viewer=account.viewer, **dict(request)))

    def lessons_like(self, actor: Account | None, unit: str) -> Likeness:
        """Give the lessons like one; of one that search does not hold (retired, or not followed yet), none."""
        account = demand(actor, Permission.READ)
        pattern = SimilarRequest(to=unit, kinds=LESSON_KINDS)
        try:
            abroad, at_home = (
                self.similar(account, pattern.model_copy(update={"where": where}))
                for where in (Where.ABROAD, Where.AT_HOME)
            )
        except NotFound:
            return Likeness()
        except SearchUnavailable:
            return Likeness(search_works=False)
        return Likeness(abroad=abroad, at_home=at_home)

    def _queries(
        self, account: Account, requests: Iterable[SearchRequest]
    ) -> Iterator[tuple[SearchQuery, tuple[str, ...]]]:
        lexicon: Lexicon | None = None
        for request in requests:
            if request.text.strip() and not request.exact:
                lexicon = lexicon or self._words_of(account).lexicon
            yield _query(account, request, lexicon)

    def _words_of(self, account: Account) -> _Words:
        """Give the words of the concepts that exist for the account; for most they are the same, so the last are kept."""
        vocabulary = self._vocabularies.of(account)
        kept = self._words
        if kept.concepts != vocabulary.concepts:
            kept = self._words = _Words(vocabulary)
        return kept


def _query(
    account: Account, request: SearchRequest, lexicon: Lexicon | None
) -> tuple[SearchQuery, tuple[str, ...]]:
    """Give the search on behalf of the account, widened unless that is not wanted, and what was added to it."""
    own_words = request.exact or not request.text.strip()
    wider = NOTHING if own_words or lexicon is None else widened(parse(request.text).node, lexicon)
    query = SearchQuery(viewer=account.viewer, wider=wider.node if wider.also else None, **dict(request))
    return query, wider.also


def filters_from(pairs: Iterable[str]) -> tuple[Filter, ...]:
    """Read `facet=value` pairs, those of one facet gathered; raises Invalid, naming the facets that there are."""
    gathered: dict[Facet, set[str]] = {}
    for pair in pairs:
        name, _, value = pair.partition("=")
        facet = FACETS.get(name.strip())
        if facet is None or not value.strip():
            known = ", ".join(FACETS)
            raise Invalid(
                ("filter", f"{pair!r} is no filter. Write FACET=VALUE with one of these facets: {known}.")
            )
        gathered.setdefault(facet, set()).add(_value(facet, value.strip()))
    return tuple(Filter(facet=facet, values=frozenset(values)) for facet, values in gathered.items())


def _value(facet: Facet, text: str) -> str:
    return text.upper() if facet in UPPER_CASE and text.lower() != NOT_STATED else text
