"""The search service: whose audience a search has, and how filters are read."""

from __future__ import annotations

import pytest

from kb.domain.account import OFFICER_WITHOUT_ORGANISATION, Account, Role
from kb.domain.concept import ConceptStatus, Scheme
from kb.domain.errors import Forbidden, Invalid, NotFound, NotSignedIn
from kb.domain.marking import OFFICER, of_organisation
from kb.domain.query import Filter, IndexState, SearchPage, SearchQuery, SearchRequest, Sort
from kb.domain.similarity import SimilarRequest
from kb.domain.unit import NOT_STATED, Facet
from kb.services.searching import MOST_TRIES, Likeness, Searching, WaysOn, filters_from
from kb.services.vocabulary import Vocabularies
from tests.fakes.search_engine import MemorySearchEngine
from tests.samples import VIENNA
from tests.services.office import Office
from tests.units import a_unit

OFFICER_IN_VIENNA = Account(
    id="anna", email="anna@example.org", name="Anna", organisation=VIENNA, roles=frozenset({Role.PRESENTER})
)


def service(*units: object, vocabularies: Vocabularies | None = None) -> Searching:
    engine = MemorySearchEngine()
    engine.rebuild([a_unit(**dict(unit)) for unit in units], len(units))  # type: ignore[call-overload]
    return Searching(engine, vocabularies or Office().vocabularies)


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


def test_totals_are_counted_without_their_pages() -> None:
    searching = service({"id": "one", "text": "logs"}, {"id": "two", "text": "logs and forms"})
    requests = [SearchRequest(text="forms"), SearchRequest(text="logs", exact=True), SearchRequest()]
    assert list(searching.counts(OFFICER_IN_VIENNA, requests)) == [1, 2, 2]


@pytest.fixture
def office() -> Office:
    office = Office()
    office.concept(Scheme.CHANNEL, "mlat", "Mutual legal assistance", "MLA")
    return office


UNITS: tuple[dict[str, object], ...] = (
    {"id": "said", "text": "an MLA was sent"},
    {"id": "meant", "text": "mutual legal assistance took long"},
    {"id": "borne", "facets": {(Facet.CHANNEL, "mlat")}},
    {"id": "other", "text": "else"},
)


def found(searching: Searching, actor: Account, **asked: object) -> set[str]:
    return {hit.id for hit in searching.search(actor, SearchRequest.model_validate(asked)).hits}


def test_other_words_for_a_concept_are_searched_too_and_told(office: Office) -> None:
    searching = service(*UNITS, vocabularies=office.vocabularies)
    assert found(searching, office.anna, text="MLA") == {"said", "meant", "borne"}
    page = searching.search(office.anna, SearchRequest(text="MLA"))
    assert page.also == ("channel: Mutual legal assistance",)
    assert page.query.text == "MLA"


def test_whoever_wants_their_own_words_alone_gets_them(office: Office) -> None:
    searching = service(*UNITS, vocabularies=office.vocabularies)
    page = searching.search(office.anna, SearchRequest(text="MLA", exact=True))
    assert ([hit.id for hit in page.hits], page.also) == (["said"], ())


def test_former_terms_are_searched_with_the_current_one_without_any_concept() -> None:
    searching = service({"id": "old", "text": "the law on child pornography"}, {"id": "other"})
    assert found(searching, OFFICER_IN_VIENNA, text="CSAM") == {"old"}


@pytest.mark.parametrize("text", ["", " ", "else", "-MLA"])
def test_a_text_that_names_no_concept_is_asked_as_it_is(office: Office, text: str) -> None:
    page = service(*UNITS, vocabularies=office.vocabularies).search(office.anna, SearchRequest(text=text))
    assert (page.query.wider, page.also) == (None, ())


def test_a_proposed_concept_widens_nothing_and_an_adopted_one_at_once(office: Office) -> None:
    searching = service(*UNITS, vocabularies=office.vocabularies)
    office.concept(Scheme.TAG, "new", "else", "MLA", status=ConceptStatus.PROPOSED, proposer=office.anna.id)
    assert found(searching, office.anna, text="else") == {"other"}
    office.concept(Scheme.STAGE, "other", "else", "took")
    assert found(searching, office.anna, text="else") == {"other", "meant"}
    assert found(searching, office.dora, text="else") == {"other", "meant"}


def test_each_request_of_a_batch_is_widened_or_not_as_it_asks(office: Office) -> None:
    searching = service(*UNITS, vocabularies=office.vocabularies)
    requests = [SearchRequest(text="MLA"), SearchRequest(text="MLA", exact=True), SearchRequest(text="MLA")]
    assert [page.total for page in searching.batch(office.anna, requests)] == [3, 1, 3]


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


ALIKE: tuple[dict[str, object], ...] = (
    {"id": "a/ours", "text": "logs were gone", "facets": {(Facet.COUNTRY, "AT")}},
    {"id": "b/near", "text": "logs were kept", "facets": {(Facet.COUNTRY, "AT")}},
    {"id": "c", "text": "logs were kept", "facets": {(Facet.COUNTRY, "BE")}},
    {"id": "c/far", "text": "logs were kept", "facets": {(Facet.COUNTRY, "BE")}},
    {"id": "d/hidden", "text": "logs were gone", "readers": {"x"}, "facets": {(Facet.COUNTRY, "BE")}},
)


def test_lessons_like_one_are_told_apart_by_country_and_are_no_cases() -> None:
    likeness = service(*ALIKE).lessons_like(OFFICER_IN_VIENNA, "a/ours")
    assert [hit.id for hit in likeness.abroad] == ["c/far"]
    assert [hit.id for hit in likeness.at_home] == ["b/near"]


def test_a_lesson_that_search_does_not_hold_is_like_none(office: Office) -> None:
    searching = service(*ALIKE)
    for name in ("a/nothing", "d/hidden"):
        assert searching.lessons_like(OFFICER_IN_VIENNA, name) == Likeness()
        with pytest.raises(NotFound):
            searching.similar(OFFICER_IN_VIENNA, SimilarRequest(to=name))
    engine = MemorySearchEngine()
    engine.state = IndexState.REBUILDING
    rebuilding = Searching(engine, office.vocabularies)
    assert not rebuilding.lessons_like(office.anna, "a/ours").search_works


def test_only_who_may_read_learns_what_is_similar() -> None:
    with pytest.raises(NotSignedIn):
        service(*ALIKE).similar(None, SimilarRequest(to="a/ours"))
    with pytest.raises(NotSignedIn):
        service(*ALIKE).lessons_like(None, "a/ours")


TWO: tuple[dict[str, object], ...] = (
    {"id": "a", "text": "retention of logs", "facets": {(Facet.COUNTRY, "AT"), (Facet.CHANNEL, "mlat")}},
    {"id": "b", "text": "retention of data", "facets": {(Facet.COUNTRY, "BE")}},
    {"id": "hidden", "text": "retention of logs of data", "readers": {"x"}},
)


def test_where_nothing_is_found_another_spelling_answers_and_says_so() -> None:
    searching = service(*TWO)
    page = searching.find(OFFICER_IN_VIENNA, SearchRequest(text="retenton"))
    assert (page.total, page.instead_of, page.query.text) == (2, "retenton", "retention")
    filtered = SearchRequest(text="retenton", filters=filters_from(["country=AT"]))
    assert [hit.id for hit in searching.find(OFFICER_IN_VIENNA, filtered).hits] == ["a"]


@pytest.mark.parametrize(
    ("asked", "suggestion"),
    [
        ({"text": "retenton", "as_typed": True}, "retention"),
        ({"text": "zzzz"}, ""),
        ({"text": "retenton", "filters": filters_from(["country=DE"])}, "retention"),
    ],
)
def test_nothing_is_answered_instead_where_that_is_not_wanted_or_helps_nothing(
    asked: dict[str, object], suggestion: str
) -> None:
    page = service(*TWO).find(OFFICER_IN_VIENNA, SearchRequest.model_validate(asked))
    assert (page.total, page.instead_of, page.suggestion) == (0, "", suggestion)


def test_what_was_found_is_answered_as_it_is() -> None:
    page = service(*TWO).find(OFFICER_IN_VIENNA, SearchRequest(text="retention"))
    assert (page.total, page.instead_of) == (2, "")


def test_who_finds_nothing_is_told_how_much_there_is_without_each_part() -> None:
    searching = service(*TWO)
    request = SearchRequest(text="logs data retention", filters=filters_from(["country=AT", "country=DE"]))
    ways = searching.ways_on(OFFICER_IN_VIENNA, request).ways
    assert [(way.loosened.left.value, way.loosened.part, way.count) for way in ways] == [("word", "data", 1)]
    for way in ways:
        assert searching.search(OFFICER_IN_VIENNA, way.loosened.request).total == way.count


def test_concepts_whose_words_come_near_are_named_with_what_they_find(office: Office) -> None:
    office.concept(Scheme.TAG, "unused", "Assistance by others")
    searching = service(*TWO, vocabularies=office.vocabularies)
    near = searching.ways_on(office.anna, SearchRequest(text="assistence")).concepts
    assert [(each.facet, each.value, each.count) for each in near] == [(Facet.CHANNEL, "mlat", 1)]
    assert searching.ways_on(office.anna, SearchRequest(text="zzzz")) == WaysOn()


def test_so_many_ways_are_tried_and_no_more(office: Office) -> None:
    engine = Counting()
    searching = Searching(engine, office.vocabularies)
    text = " ".join(f'-x{number} "y{number}"' for number in range(20))
    searching.ways_on(office.anna, SearchRequest(text=f"assistance {text}"))
    assert (engine.counted, engine.searched) == (MOST_TRIES, 1)


class Counting(MemorySearchEngine):
    """Counts what it is asked."""

    counted = searched = 0

    def count(self, query: SearchQuery) -> int:
        self.counted += 1
        return 0

    def search(self, query: SearchQuery) -> SearchPage:
        self.searched += 1
        return super().search(query)
