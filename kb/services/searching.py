"""Searching as somebody: the actor's audience goes into the query, and no caller can give another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.domain.account import Account
from kb.domain.errors import Invalid
from kb.domain.permission import Permission, demand
from kb.domain.ports import Searcher
from kb.domain.query import Filter, SearchPage, SearchQuery, SearchRequest
from kb.domain.unit import NOT_STATED, Facet

UPPER_CASE = frozenset({Facet.COUNTRY, Facet.MARKING})
"""Facets whose values are written in capitals; people type them as they like."""
FACETS = {facet.value: facet for facet in Facet}


class Searching:
    """Answers searches."""

    def __init__(self, engine: Searcher) -> None:
        self._engine = engine

    def search(self, actor: Account | None, request: SearchRequest) -> SearchPage:
        """Answer under the actor's audience; raises NotSignedIn, Forbidden or SearchUnavailable, never for the text."""
        account = demand(actor, Permission.READ)
        return self._engine.search(SearchQuery(viewer=account.viewer, **dict(request)))

    def batch(self, actor: Account | None, requests: Iterable[SearchRequest]) -> Iterator[SearchPage]:
        """Answer many, one after the other; the permission is checked before the first is asked for."""
        account = demand(actor, Permission.READ)
        return (self.search(account, request) for request in requests)


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
