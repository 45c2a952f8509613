"""Search in the address: what was asked is read from the query string, and every link leads to another such address.

Reading is lenient, because addresses are typed, cut and forwarded: what means nothing is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import quote_plus

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
MOST_VALUES = 60
LONGEST_VALUE = 80
LAST_PAGE = 10_000
SAFE = "!$'()*,/:;?@"
"""What stands for itself in a query string, as Werkzeug's `url_for` has it (URL Standard, percent-encoded bytes)."""


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
    """The addresses that lead on from a search: each changes one thing and begins on the first page again.

    A page holds a hundred of them, so the path and the parts that stay are written once.
    """

    def __init__(self, request: SearchRequest) -> None:
        self._page = request.page
        self._said = _said(request)
        self._parts = {name: _part(name, values) for name, values in self._said.items()}
        self._path = url_for("search.index")

    def page(self, number: int) -> str:
        """Give the address of another page of the same results."""
        return self._address(page=_number(number))

    def sort(self, sort: Sort) -> str:
        """Give the address of the results in another order."""
        return self._address(sort=_unless(Sort.RELEVANCE, sort))

    def scope(self, scope: Scope) -> str:
        """Give the address of the same words among other kinds."""
        return self._address(scope=_unless(Scope.ALL, scope))

    def text(self, text: str) -> str:
        """Give the address of other words under the same filters."""
        return self._address(q=_unless("", text), typed=_flag(on=False))

    def as_typed(self) -> str:
        """Give the address where nothing found is nothing, whatever else might have been meant."""
        return self._address(typed=_flag(on=True))

    def of(self, request: SearchRequest) -> str:
        """Give the address of another search."""
        return Addresses(request).page(1)

    def exact(self, *, exact: bool) -> str:
        """Give the address where these words alone count, or also others that mean the same."""
        return self._address(exact=_flag(on=exact))

    def only(self, facet: Facet, *values: str) -> str:
        """Give the address where a facet is filtered by these values alone: the one whose results their count tells."""
        return self._address(**{facet.value: sorted(values)})

    def also(self, facet: Facet, value: str) -> str:
        """Give the address where this value may be had as well."""
        return self._address(**{facet.value: sorted({*self._said[facet.value], value})})

    def without(self, facet: Facet, value: str) -> str:
        """Give the address where this value is no longer asked for."""
        return self._address(**{facet.value: [each for each in self._said[facet.value] if each != value]})

    def cases(self, *identifiers: str) -> str:
        """Give the address of the same words among the units of these cases; of none, of all."""
        return self._address(case=sorted(set(identifiers)))

    def unfiltered(self) -> str:
        """Give the address of the same words without filters."""
        return self._address(**{facet.value: () for facet in Facet})

    def save(self) -> str:
        """Give the address to which the search is sent to be kept."""
        return self._written(url_for("saved.create"), page=_number(self._page))

    def retag(self, vocabulary: str = "") -> str:
        """Give the address at which the tags of all results are changed, in a vocabulary."""
        address = self._written(url_for("retag.index"), page=())
        return f"{address}{'&' if '?' in address else '?'}vocabulary={vocabulary}" if vocabulary else address

    def _address(self, **changes: Sequence[str]) -> str:
        return self._written(self._path, **changes)

    def _written(self, path: str, **changes: Sequence[str]) -> str:
        """Write an address; what changes keeps its place in it."""
        parts = self._parts | {name: _part(name, values) for name, values in changes.items()}
        query = "&".join(filter(None, parts.values()))
        return f"{path}?{query}" if query else path


def address_of(request: SearchRequest) -> str:
    """Give the address of a search; the empty string where it is among more cases than an address is read with."""
    return Addresses(request).page(1) if len(request.cases) <= MOST_VALUES else ""


def _said(request: SearchRequest) -> dict[str, Sequence[str]]:
    """Give what an address says of a search, in its order; what goes without saying, and the page, are left out."""
    chosen = {each.facet: sorted(each.values) for each in request.filters}
    return {
        "q": _unless("", request.text),
        "scope": _unless(Scope.ALL, request.scope),
        "sort": _unless(Sort.RELEVANCE, request.sort),
        "exact": _flag(on=request.exact),
        "typed": _flag(on=request.as_typed),
        "case": sorted(request.cases),
        "page": (),
        **{facet.value: chosen.get(facet, ()) for facet in Facet},
    }


def _unless(usual: str, value: str) -> Sequence[str]:
    return () if value == usual else (value,)


def _flag(*, on: bool) -> Sequence[str]:
    return ("1",) if on else ()


def _number(page: int) -> Sequence[str]:
    return (str(page),) if page > 1 else ()


def _part(name: str, values: Sequence[str]) -> str:
    return "&".join([f"{name}={quote_plus(value, SAFE)}" for value in values])


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
