"""Search queries as values: what is asked, of which units, by whom, and what comes back.

The grammar that reads a person's words is in `grammar`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from kb.domain.marking import Viewer
from kb.domain.record import Origin
from kb.domain.syntax import Node
from kb.domain.text import Value
from kb.domain.unit import OF_CASES, Facet, GroupId, Standing, UnitKind

PAGE_SIZE = 20
LARGEST_PAGE = 200
MOST_SIBLINGS = 3
"""Units of a folded case that are named under its best one."""


class Scope(StrEnum):
    """Which kinds of unit are searched."""

    ALL = "all"
    CASES = "cases"
    DIFFICULTIES = "difficulties"
    SOLUTIONS = "solutions"
    PRACTICES = "practices"
    CROSS_BORDER = "cross-border"
    REGISTER = "register"
    """Good practices of the register; those that a case tells are PRACTICES."""
    RESOURCES = "resources"
    INSTRUMENTS = "instruments"


KINDS_IN: dict[Scope, frozenset[UnitKind]] = {
    Scope.ALL: frozenset(UnitKind),
    Scope.CASES: frozenset({UnitKind.CASE_STUDY}),
    Scope.DIFFICULTIES: frozenset({UnitKind.DIFFICULTY}),
    Scope.SOLUTIONS: frozenset({UnitKind.SOLUTION}),
    Scope.PRACTICES: frozenset({UnitKind.GOOD_PRACTICE}),
    Scope.CROSS_BORDER: frozenset({UnitKind.CROSS_BORDER_ISSUE}),
    Scope.REGISTER: frozenset({UnitKind.PRACTICE}),
    Scope.RESOURCES: frozenset({UnitKind.RESOURCE}),
    Scope.INSTRUMENTS: frozenset({UnitKind.INSTRUMENT}),
}


class Sort(StrEnum):
    """In which order results come."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


class Filter(Value):
    """Values of one facet: a unit passes when it has any of them; several filters must all be passed."""

    facet: Facet
    values: frozenset[str]


class SearchRequest(Value):
    """What somebody asks for, without who they are."""

    text: str = ""
    exact: bool = False
    """Look for these words alone, not for others that mean the same."""
    as_typed: bool = False
    """Where nothing is found, let it be so: show no results of another spelling."""
    scope: Scope = Scope.ALL
    filters: tuple[Filter, ...] = ()
    cases: frozenset[GroupId] = frozenset()
    """Only units of these cases, or of these other records; of none, of all."""
    folded: bool = False
    """Let each case be one result, its best unit: for people to read. Totals and counts are of units all the same."""
    sort: Sort = Sort.RELEVANCE
    page: Annotated[int, Field(ge=1)] = 1
    size: Annotated[int, Field(ge=1, le=LARGEST_PAGE)] = PAGE_SIZE

    @property
    def folds(self) -> bool:
        """Say whether results of one case fold: case studies are one each, and of a case that was named all is wanted."""
        return self.folded and self.scope is not Scope.CASES and not self.cases


class SearchQuery(SearchRequest):
    """One search. `viewer` is required: what they may not see takes no part in it, not even in a rank."""

    viewer: Viewer
    wider: Node | None = None
    """What is looked for instead of what `text` says: the same, with other words for what it means."""
    standing: frozenset[Standing] = frozenset()
    """Values that count as others, everywhere: in filters, which name those others, in counts and in what was found."""

    def chosen(self, facet: Facet) -> frozenset[str]:
        """Give the values of `facet` that the query filters by."""
        return frozenset(value for each in self.filters if each.facet is facet for value in each.values)


class Snippet(Value):
    """A piece of text as (text, is it a match) runs: no markup, so that whoever shows it escapes it."""

    runs: tuple[tuple[str, bool], ...] = ()

    @property
    def text(self) -> str:
        """Give the words without the highlighting."""
        return "".join(text for text, _ in self.runs)


class Sibling(Value):
    """A unit named in a line: what it is and how it went."""

    id: str
    kind: UnitKind
    title: str
    language: str
    """In which its title and text are written, for whoever has them read aloud."""
    outcome: str = ""

    @property
    def key(self) -> str | None:
        """Give the lesson's key inside its case, or None for the case itself."""
        return self.id.partition("/")[2] or None


class Hit(Sibling):
    """One result, in the form shown to the viewer of the query."""

    case: GroupId
    snippet: Snippet
    case_title: str
    score: float
    revision: int
    countries: tuple[str, ...] = ()
    year: str = ""
    stages: tuple[str, ...] = ()
    marking: str = ""
    origin: str = ""
    source_key: str = ""
    more: int = 0
    """Other units of its case that were found and are folded behind it."""
    siblings: tuple[Sibling, ...] = ()
    """The best of these."""


class FacetCount(Value):
    """How many of the results have one value of a facet; what a click on it returns."""

    facet: Facet
    value: str
    count: int
    chosen: bool = False


class SearchPage(Value):
    """A page of results with what surrounds it. `read_as` says in words how the query was understood."""

    query: SearchQuery
    total: int
    hits: tuple[Hit, ...]
    facets: tuple[FacetCount, ...]
    read_as: str = ""
    suggestion: str = ""
    """Another spelling that has results, or the empty string."""
    also: tuple[str, ...] = ()
    """What was searched beside the person's own words, to be told to them."""
    instead_of: str = ""
    """What the person typed and nothing was found for, where these are results of another spelling."""
    groups: int = 0
    """How many records the results are of, cases and others, where they fold."""

    @property
    def pages(self) -> int:
        """Give the number of pages, of records where they fold, else of units; at least 1."""
        results = self.groups if self.query.folds else self.total
        return max(1, -(-results // self.query.size))

    @property
    def apart(self) -> int:
        """Give how many of the results are of no case, but records by themselves."""
        chosen = self.query.chosen(Facet.KIND)
        counts = {each.value: each.count for each in self.counts(Facet.KIND) if each.chosen or not chosen}
        return sum(number for value, number in counts.items() if value not in OF_CASES)

    @property
    def cases(self) -> int:
        """Give how many cases the others are of, where they fold."""
        return max(0, self.groups - self.apart)

    @property
    def illustrative(self) -> bool:
        """Say whether illustrative records are among the results: whoever counts them must say so."""
        chosen = self.query.chosen(Facet.ORIGIN)
        return any(
            each.count > 0 and (each.chosen or not chosen)
            for each in self.counts(Facet.ORIGIN)
            if each.value == Origin.ILLUSTRATIVE
        )

    def counts(self, facet: Facet) -> tuple[FacetCount, ...]:
        """Give the counts of one facet, most frequent first."""
        return tuple(count for count in self.facets if count.facet is facet)


class IndexState(StrEnum):
    """Whether search can answer."""

    READY = "ready"
    MISSING = "missing"
    WRONG = "wrong"
    """Schema, version or checksum differ: nothing is served from it."""
    REBUILDING = "rebuilding"


class IndexReport(Value):
    """The state of the index with what it holds, to be compared with the catalogue."""

    state: IndexState
    units: int = 0
    records: int = 0
    detail: str = ""
    renewing: bool = False
    """Whether a new one is being made beside it."""
