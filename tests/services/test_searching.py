"""The search service: whose audience a search has, and how filters are read."""

from __future__ import annotations

import pytest

from kb.domain.account import OFFICER_WITHOUT_ORGANISATION, Account, Role
from kb.domain.errors import Forbidden, Invalid, NotSignedIn
from kb.domain.marking import OFFICER, of_organisation
from kb.domain.query import Filter, SearchRequest, Sort
from kb.domain.unit import NOT_STATED, Facet
from kb.services.searching import Searching, filters_from
from tests.fakes.search_engine import MemorySearchEngine
from tests.samples import VIENNA
from tests.units import a_unit

OFFICER_IN_VIENNA = Account(
    id="anna", email="anna@example.org", name="Anna", organisation=VIENNA, roles=frozenset({Role.PRESENTER})
)


def service(*units: object) -> Searching:
    engine = MemorySearchEngine()
    engine.rebuild([a_unit(**dict(unit)) for unit in units], len(units))  # type: ignore[call-overload]
    return Searching(engine)


def test_a_search_finds_what_the_actor_may_see_and_nothing_else() -> None:
    searching = service(
        {"id": "open", "text": "retention", "readers": {OFFICER}},
        {"id": "ours", "text": "retention", "readers": {of_organisation(VIENNA.id)}},
    )
    request = SearchRequest(text="retention")
    assert [hit.id for hit in searching.search(OFFICER_WITHOUT_ORGANISATION, request).hits] == ["open"]
    assert {hit.id for hit in searching.search(OFFICER_IN_VIENNA, request).hits} == {"open", "ours"}


def test_a_search_passes_on_everything_that_was_asked() -> None:
    searching = service(
        {"id": "early", "date": "2001", "facets": {(Facet.TAG, "logs")}},
        {"id": "late", "date": "2009", "facets": {(Facet.TAG, "logs")}},
        {"id": "other"},
    )
    request = SearchRequest(filters=filters_from(["tag=logs"]), sort=Sort.OLDEST, page=2, size=1)
    page = searching.search(OFFICER_IN_VIENNA, request)
    assert (page.total, [hit.id for hit in page.hits]) == (2, ["late"])
    assert page.query.viewer == OFFICER_IN_VIENNA.viewer


def test_a_batch_answers_each_request_in_turn() -> None:
    searching = service({"id": "one", "text": "logs"}, {"id": "two", "text": "logs and forms"})
    requests = [SearchRequest(text="forms"), SearchRequest(text="logs")]
    assert [page.total for page in searching.batch(OFFICER_IN_VIENNA, requests)] == [1, 2]


def test_searching_needs_an_account_with_an_officer_role() -> None:
    administrator = Account(id="a", email="a@example.org", name="A", roles=frozenset({Role.ADMINISTRATOR}))
    with pytest.raises(NotSignedIn):
        service().search(None, SearchRequest())
    with pytest.raises(Forbidden):
        service().search(administrator, SearchRequest())
    with pytest.raises(Forbidden):
        service().batch(administrator, [])


def test_filters_of_one_facet_are_gathered() -> None:
    assert filters_from(["stage=triage", "country=at", "stage = attribution"]) == (
        Filter(facet=Facet.STAGE, values=frozenset({"triage", "attribution"})),
        Filter(facet=Facet.COUNTRY, values=frozenset({"AT"})),
    )


def test_markings_and_countries_may_be_typed_in_small_letters() -> None:
    assert filters_from(["marking=amber+strict", f"country={NOT_STATED}"]) == (
        Filter(facet=Facet.MARKING, values=frozenset({"AMBER+STRICT"})),
        Filter(facet=Facet.COUNTRY, values=frozenset({NOT_STATED})),
    )


@pytest.mark.parametrize("pair", ["colour=red", "country", "country=", "=AT", ""])
def test_what_is_no_filter_is_refused_with_the_facets_that_there_are(pair: str) -> None:
    with pytest.raises(Invalid, match="kind, country, difficulty, stage"):
        filters_from([pair])
