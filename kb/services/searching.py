"""Searching as somebody: the actor's audience goes into the query, and no caller can give another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.domain.account import Account
from kb.domain.concept import Concept
from kb.domain.errors import Invalid, NotFound, SearchUnavailable
from kb.domain.grammar import parse
from kb.domain.lexicon import Lexicon, lexicon_of
from kb.domain.permission import Permission, demand
from kb.domain.ports import Searcher
from kb.domain.query import Filter, Hit, SearchPage, SearchQuery, SearchRequest
from kb.domain.similarity import SimilarQuery, SimilarRequest, Where
from kb.domain.text import Value
from kb.domain.unit import NOT_STATED, Facet, UnitKind
from kb.domain.widening import Widened, widened
from kb.services.vocabulary import Vocabularies

UPPER_CASE = frozenset({Facet.COUNTRY, Facet.MARKING})
"""Facets whose values are written in capitals; people type them as they like."""
NOTHING = Widened(None)
FACETS = {facet.value: facet for facet in Facet}


LESSON_KINDS = frozenset(UnitKind) - {UnitKind.CASE_STUDY}


class Likeness(Value):
    """What is like a lesson: in other countries, and in the same ones."""

    abroad: tuple[Hit, ...] = ()
    at_home: tuple[Hit, ...] = ()
    search_works: bool = True


class Searching:
    """Answers searches."""

    def __init__(self, engine: Searcher, vocabularies: Vocabularies) -> None:
        self._engine = engine
        self._vocabularies = vocabularies
        self._lexicon: tuple[tuple[Concept, ...], Lexicon] = ((), lexicon_of(()))

    def search(self, actor: Account | None, request: SearchRequest) -> SearchPage:
        """Answer under the actor's audience; raises NotSignedIn, Forbidden or SearchUnavailable, never for the text."""
        account = demand(actor, Permission.READ)
        return next(self.batch(account, [request]))

    def batch(self, actor: Account | None, requests: Iterable[SearchRequest]) -> Iterator[SearchPage]:
        """Answer many, one after the other; the permission is checked before the first is asked for."""
        account = demand(actor, Permission.READ)
        return self._answers(account, requests)

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

    def _answers(self, account: Account, requests: Iterable[SearchRequest]) -> Iterator[SearchPage]:
        lexicon: Lexicon | None = None
        for request in requests:
            if request.text.strip() and not request.exact:
                lexicon = lexicon or self._lexicon_of(account)
                yield self._answer(account, request, lexicon)
            else:
                yield self._answer(account, request, None)

    def _answer(self, account: Account, request: SearchRequest, lexicon: Lexicon | None) -> SearchPage:
        wider = widened(parse(request.text).node, lexicon) if lexicon else NOTHING
        query = SearchQuery(viewer=account.viewer, wider=wider.node if wider.also else None, **dict(request))
        return self._engine.search(query).model_copy(update={"also": wider.also})

    def _lexicon_of(self, account: Account) -> Lexicon:
        """Give the words of the concepts that exist for the account; for most they are the same, so the last are kept."""
        concepts = self._vocabularies.of(account).concepts
        kept = self._lexicon
        if kept[0] != concepts:
            kept = self._lexicon = (concepts, lexicon_of(concepts))
        return kept[1]


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
