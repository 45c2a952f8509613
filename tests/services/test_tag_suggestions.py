"""Suggested tags, as somebody who writes is shown them."""

from __future__ import annotations

import pytest

from kb.domain.case_study import CaseStudy
from kb.domain.concept import ConceptStatus, Scheme
from kb.domain.errors import Forbidden
from kb.domain.lesson import CrossBorderIssue, Difficulty, GoodPractice
from kb.domain.marking import Audience, Marking
from kb.domain.query import IndexState
from kb.domain.tag_suggestion import MOST, TagSuggestion
from kb.domain.unit import Facet
from kb.services.tag_suggestions import TagSuggestions
from tests.samples import BRUSSELS, a_case, put
from tests.services.office import Office

TEXT = "The provider answered a quick freeze within hours."
PRACTICE = GoodPractice(key="p1", title="Ask early", text=TEXT)
DRAFT = CaseStudy(title="Ours", lessons=(PRACTICE,))


@pytest.fixture
def office() -> Office:
    office = Office()
    office.concept(Scheme.TAG, "preservation", "Preservation", "quick freeze")
    office.concept(Scheme.TAG, "templates", "Templates")
    office.concept(Scheme.DIFFICULTY, "provider-slow", "Slow provider")
    office.concept(Scheme.STAGE, "preservation-stage", "Quick freeze")
    office.concept(Scheme.CHANNEL, "eio", "European investigation order", "EIO")
    return office


@pytest.fixture
def suggestions(office: Office) -> TagSuggestions:
    return TagSuggestions(office.engine, office.catalogue, office.vocabularies)


def told(office: Office, case: str, *tags: str, **fields: object) -> None:
    practice = PRACTICE.model_copy(update={"key": "p7", "tags": tags})
    put(office.store, case, a_case(**{"lessons": (practice,), **fields}))
    office.drain.run()


def keys(found: tuple[TagSuggestion, ...]) -> list[str]:
    return [each.key for each in found]


def test_a_tag_is_suggested_because_the_text_says_it_or_similar_lessons_bear_it(
    office: Office, suggestions: TagSuggestions
) -> None:
    for case in ("one", "two"):
        told(office, case, "templates")
    assert suggestions.for_lesson(office.anna, DRAFT, "p1") == (
        TagSuggestion(facet=Facet.TAG, key="preservation", said="quick freeze"),
        TagSuggestion(facet=Facet.TAG, key="templates", neighbours=2),
    )


def test_a_tag_that_only_hidden_lessons_bear_gains_no_weight(
    office: Office, suggestions: TagSuggestions
) -> None:
    before = suggestions.for_lesson(office.anna, DRAFT, "p1")
    for case in ("one", "two"):
        told(
            office,
            case,
            "templates",
            "preservation",
            owner=BRUSSELS,
            audience=Audience(marking=Marking.AMBER_STRICT),
        )
    assert suggestions.for_lesson(office.anna, DRAFT, "p1") == before
    assert keys(suggestions.for_lesson(office.dora, DRAFT, "p1")) == ["preservation", "templates"]


def test_a_proposed_tag_is_suggested_to_nobody(office: Office, suggestions: TagSuggestions) -> None:
    office.concept(Scheme.TAG, "freeze", "within hours", status=ConceptStatus.PROPOSED, proposer="anna")
    told(office, "one", "freeze")
    for account in (office.anna, office.carla, office.dora):
        assert keys(suggestions.for_lesson(account, DRAFT, "p1")) == ["preservation"]


def test_what_the_lesson_bears_is_not_suggested(office: Office, suggestions: TagSuggestions) -> None:
    bearing = PRACTICE.model_copy(update={"tags": ("preservation",)})
    assert suggestions.for_lesson(office.anna, CaseStudy(title="Ours", lessons=(bearing,)), "p1") == ()


def test_a_difficulty_is_offered_categories_and_a_stage_and_a_border_issue_channels(
    office: Office, suggestions: TagSuggestions
) -> None:
    text = "A slow provider; a quick freeze was asked for by an EIO."
    body = CaseStudy(
        title="Ours",
        lessons=(
            Difficulty(key="d1", title="Slow", text=text),
            CrossBorderIssue(key="b1", title="Slow", text=text),
        ),
    )
    found = {each.facet for each in suggestions.for_lesson(office.anna, body, "d1")}
    assert found == {Facet.DIFFICULTY, Facet.STAGE, Facet.TAG}
    found = {each.facet for each in suggestions.for_lesson(office.anna, body, "b1")}
    assert found == {Facet.DIFFICULTY, Facet.CHANNEL, Facet.TAG}


def test_never_more_are_suggested_than_help(office: Office, suggestions: TagSuggestions) -> None:
    for number in range(8):
        office.concept(Scheme.TAG, f"tag-{number}", f"Tag {number}")
    told(office, "one", *(f"tag-{number}" for number in range(8)))
    assert len(suggestions.for_lesson(office.anna, DRAFT, "p1")) == MOST[Facet.TAG]


def test_while_search_is_made_anew_the_words_alone_suggest(
    office: Office, suggestions: TagSuggestions
) -> None:
    told(office, "one", "templates")
    office.engine.state = IndexState.REBUILDING
    assert keys(suggestions.for_lesson(office.anna, DRAFT, "p1")) == ["preservation"]


def test_the_lessons_of_the_case_that_is_changed_count_for_nothing(
    office: Office, suggestions: TagSuggestions
) -> None:
    told(office, "ours", "templates")
    assert keys(suggestions.for_lesson(office.anna, DRAFT, "p1", case="ours")) == ["preservation"]


def test_a_lesson_that_is_not_there_is_suggested_nothing(office: Office, suggestions: TagSuggestions) -> None:
    assert suggestions.for_lesson(office.anna, DRAFT, "p9") == ()


def test_a_new_concept_is_said_at_once(office: Office, suggestions: TagSuggestions) -> None:
    assert keys(suggestions.for_lesson(office.anna, DRAFT, "p1")) == ["preservation"]
    office.concept(Scheme.TAG, "hours", "Within hours")
    assert set(keys(suggestions.for_lesson(office.anna, DRAFT, "p1"))) == {"preservation", "hours"}


def test_an_administrator_is_suggested_nothing(office: Office, suggestions: TagSuggestions) -> None:
    with pytest.raises(Forbidden):
        suggestions.for_lesson(office.otto, DRAFT, "p1")
