"""Search in the address: what was asked is read from the query string, and every link leads to another such address.

Reading is lenient, because addresses are typed, cut and forwarded: what means nothing is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flask import url_for
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from kb.domain.identifier import is_identifier
from kb.domain.loosening import Left, Loosened
from kb.domain.query import Filter, Scope, SearchRequest, Sort
from kb.domain.unit import Facet
from kb.web.paging import page_number
from kb.web.presenting import facet_label
from kb.web.words import word

LONGEST_TEXT = 10_000
"""Characters that a page repeats; the grammar reads fewer and says so."""
MOST_VALUES = 20
LONGEST_VALUE = 80
LAST_PAGE = 10_000


def request_from(arguments: MultiDict[str, str]) -> SearchRequest:
    """Read what is asked for; on a page results of one case fold."""
    return SearchRequest(
        text=arguments.get("q", "")[:LONGEST_TEXT],
        scope=next((each for each in Scope if each == arguments.get("scope")), Scope.ALL),
        filters=tuple(_filters(arguments)),
        cases=frozenset(filter(is_identifier, arguments.getlist("case")[:MOST_VALUES])),
        sort=next((each for each in Sort if each == arguments.get("sort")), Sort.RELEVANCE),
        page=page_number(arguments, LAST_PAGE),
        exact=arguments.get("exact") == "1",
        as_typed=arguments.get("typed") == "1",
        folded=True,
    )


def _filters(arguments: MultiDict[str, str]) -> Iterator[Filter]:
    for facet in Facet:
        values = [value for value in arguments.getlist(facet.value) if 0 < len(value) <= LONGEST_VALUE]
        if values:
            yield Filter(facet=facet, values=frozenset(values[:MOST_VALUES]))


class Addresses:
    """The addresses that lead on from a search: each changes one thing and begins on the first page again."""

    def __init__(self, request: SearchRequest) -> None:
        self._request = request

    def page(self, number: int) -> str:
        """Give the address of another page of the same results."""
        return self._address(page=number)

    def sort(self, sort: Sort) -> str:
        """Give the address of the results in another order."""
        return self._address(sort=sort)

    def scope(self, scope: Scope) -> str:
        """Give the address of the same words among other kinds."""
        return self._address(scope=scope)

    def text(self, text: str) -> str:
        """Give the address of other words under the same filters."""
        return self._address(text=text, as_typed=False)

    def as_typed(self) -> str:
        """Give the address where nothing found is nothing, whatever else might have been meant."""
        return self._address(as_typed=True)

    def of(self, request: SearchRequest) -> str:
        """Give the address of another search."""
        return Addresses(request).page(1)

    def exact(self, *, exact: bool) -> str:
        """Give the address where these words alone count, or also others that mean the same."""
        return self._address(exact=exact)

    def only(self, facet: Facet, value: str) -> str:
        """Give the address where a facet is filtered by this value alone: the one whose results its count tells."""
        return self._address(filters=self._with(facet, {value}))

    def also(self, facet: Facet, value: str) -> str:
        """Give the address where this value may be had as well."""
        return self._address(filters=self._with(facet, self._values(facet) | {value}))

    def without(self, facet: Facet, value: str) -> str:
        """Give the address where this value is no longer asked for."""
        return self._address(filters=self._with(facet, self._values(facet) - {value}))

    def cases(self, *identifiers: str) -> str:
        """Give the address of the same words among the units of these cases; of none, of all."""
        return self._address(cases=frozenset(identifiers))

    def unfiltered(self) -> str:
        """Give the address of the same words without filters."""
        return self._address(filters=())

    def save(self) -> str:
        """Give the address to which the search is sent to be kept."""
        return self._address("saved.create", page=self._request.page)

    def _values(self, facet: Facet) -> frozenset[str]:
        return frozenset(
            value for each in self._request.filters if each.facet is facet for value in each.values
        )

    def _with(self, facet: Facet, values: Iterable[str]) -> tuple[Filter, ...]:
        others = tuple(each for each in self._request.filters if each.facet is not facet)
        chosen = frozenset(values)
        return (*others, Filter(facet=facet, values=chosen)) if chosen else others

    def _address(self, endpoint: str = "search.index", **changes: object) -> str:
        request = self._request.model_copy(update={"page": 1, **changes})
        arguments: dict[str, object] = {
            "q": request.text or None,
            "scope": request.scope.value if request.scope is not Scope.ALL else None,
            "sort": request.sort.value if request.sort is not Sort.RELEVANCE else None,
            "exact": "1" if request.exact else None,
            "typed": "1" if request.as_typed else None,
            "case": sorted(request.cases) or None,
            "page": request.page if request.page > 1 else None,
        }
        by_facet = {each.facet: sorted(each.values) for each in request.filters}
        arguments.update({facet.value: by_facet[facet] for facet in Facet if facet in by_facet})
        return url_for(endpoint, **arguments)  # type: ignore[arg-type]


def chosen_filters(request: SearchRequest) -> tuple[tuple[Facet, str], ...]:
    """Give the chosen values in the order of the facets."""
    return tuple(
        (facet, value)
        for facet in Facet
        for each in request.filters
        if each.facet is facet
        for value in sorted(each.values)
    )


_LEFT = {
    Left.FILTER: _l("without the filter “%(name)s”"),
    Left.FILTERS: _l("without any filter"),
    Left.SCOPE: _l("among everything"),
    Left.CASES: _l("in all cases"),
    Left.QUOTATION_MARKS: _l("with the words of %(part)s in any order"),
    Left.EXCLUSION: _l("without the exclusion %(part)s"),
    Left.FIELD: _l("without %(part)s"),
    Left.QUOTATION: _l("without %(part)s"),
    Left.PART: _l("without %(part)s"),
    Left.WORD: _l("without “%(part)s”"),
}


def left_out(way: Loosened) -> str:
    """Say what is left out."""
    values = ", ".join(facet_label(way.facet, value) for value in way.values) if way.facet else ""
    name = f"{word(way.facet)}: {values}" if way.facet else ""
    return str(_LEFT[way.left]) % {"part": way.part, "name": name}
