"""A merge is seen at once by everything that asks, and no case is touched."""

from __future__ import annotations

import pytest

from kb.domain.concept import Scheme
from kb.domain.lesson import Difficulty, GoodPractice
from kb.domain.query import Filter, SearchRequest
from kb.domain.similarity import SimilarRequest
from kb.domain.unit import Facet, UnitKind
from kb.services.searching import Searching
from kb.services.tag_suggestions import TagSuggestions
from tests.services.office import Office


@pytest.fixture
def office() -> Office:
    office = Office()
    office.concept(Scheme.TAG, "templates", "Templates at hand")
    office.concept(Scheme.TAG, "forms", "Ready forms", "Blank sheets")
    office.concept(Scheme.DIFFICULTY, "gone", "Logs gone")
    office.publish("seven", tags=("forms", "templates"), lessons=(lesson("forms"),))
    office.publish("eight", tags=("templates",), lessons=(lesson("templates"),))
    office.publish("nine", tags=("forms",), lessons=(lesson("forms"),))
    return office


def lesson(*tags: str) -> GoodPractice:
    return GoodPractice(key="p1", title="Keep forms ready", text="Before midnight.", tags=tags)


def merge(office: Office) -> None:
    office.concept(
        Scheme.TAG, "forms", "Ready forms", "Blank sheets", replaced_by="templates", status="retired"
    )


def searching(office: Office) -> Searching:
    return Searching(office.searcher, office.vocabularies)


def counts(office: Office, **asked: object) -> dict[str, int]:
    page = searching(office).search(office.dora, SearchRequest.model_validate(asked))
    return {each.value: each.count for each in page.counts(Facet.TAG)}


def having(value: str) -> tuple[Filter, ...]:
    return (Filter(facet=Facet.TAG, values=frozenset({value})),)


def test_a_count_holds_both_once_and_is_what_its_click_returns(office: Office) -> None:
    assert counts(office) == {"forms": 4, "templates": 3}
    merge(office)
    assert counts(office) == {"templates": 6}
    for value in ("templates", "forms"):
        page = searching(office).search(office.dora, SearchRequest(filters=having(value)))
        assert page.total == 6
        assert [each.value for each in page.counts(Facet.TAG) if each.chosen] == ["templates"]
        assert page.query.chosen(Facet.TAG) == {"templates"}
    assert next(searching(office).counts(office.dora, [SearchRequest(filters=having("forms"))])) == 6


def test_a_merge_in_a_scheme_that_search_cannot_filter_by_changes_no_count(office: Office) -> None:
    office.concept(Scheme.PARTNER, "hotline", "Hotline")
    office.concept(Scheme.PARTNER, "line", "Line", replaced_by="hotline", status="retired")
    assert counts(office) == {"forms": 4, "templates": 3}


def test_filters_by_what_is_no_concept_stay(office: Office) -> None:
    merge(office)
    kind = (Filter(facet=Facet.KIND, values=frozenset({UnitKind.GOOD_PRACTICE.value})),)
    assert searching(office).search(office.dora, SearchRequest(filters=kind)).total == 3


def test_the_words_of_what_was_merged_find_what_stands_for_it(office: Office) -> None:
    assert searching(office).search(office.dora, SearchRequest(text="blank sheets")).total == 4
    merge(office)
    page = searching(office).search(office.dora, SearchRequest(text="blank sheets"))
    assert page.total == 6
    assert "tag: Templates at hand" in page.also
    assert office.vocabularies.of(office.dora).by_word(Scheme.TAG, "Blank sheets") == "templates"
    assert office.vocabularies.of(office.dora).by_word(Scheme.TAG, "forms") == "templates"


def test_pages_show_what_stands_once_and_the_record_keeps_what_was_written(office: Office) -> None:
    merge(office)
    view = office.cases.get(office.anna, "seven")
    assert (view.case.tags, view.case.lessons[0].tags) == (("templates",), ("templates",))
    assert view.revision == 1
    assert office.vocabularies.of(office.anna).label(Scheme.TAG, "forms") == "Templates at hand"
    body, _ = office.submissions.base_of_change(office.anna, "seven")
    assert body.tags == ("templates",)


def test_taking_a_tag_off_takes_off_what_was_merged_into_it(office: Office) -> None:
    merge(office)
    again = office.case_acts.retag(office.anna, "seven", add=frozenset({"templates"}))
    assert again.revision == 1
    gone = office.case_acts.retag(office.anna, "seven", remove=frozenset({"templates"}))
    assert (gone.case.tags, gone.revision) == ((), 2)


def test_lessons_that_bear_either_are_alike_and_suggest_what_stands(office: Office) -> None:
    merge(office)
    request = SimilarRequest(to="eight/p1", kinds=frozenset({UnitKind.GOOD_PRACTICE}))
    alike = searching(office).similar(office.dora, request)
    assert sorted(hit.case for hit in alike) == ["nine", "seven"]
    body = office.cases.get(office.anna, "nine").case.model_copy(
        update={"lessons": (Difficulty(key="d1", title="Blank sheets", text="Forms were missing."),)}
    )
    suggestions = TagSuggestions(office.searcher, office.catalogue, office.vocabularies)
    (found,) = suggestions.for_lesson(office.anna, body, "d1")
    assert (found.key, found.said) == ("templates", "Blank sheets")
    similar = body.model_copy(update={"lessons": (lesson(),)})
    (found,) = suggestions.for_lesson(office.anna, similar, "p1")
    assert (found.key, found.neighbours) == ("templates", 3)


def test_without_merges_nothing_is_different(office: Office) -> None:
    request = SimilarRequest(to="nine/p1", kinds=frozenset({UnitKind.GOOD_PRACTICE}))
    assert searching(office).similar(office.dora, request)
    assert not office.records.replacements
