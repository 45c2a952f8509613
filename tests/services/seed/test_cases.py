"""The example cases: never facts about a state, complete enough to be submitted, tagged with what exists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from babel import Locale

from kb.domain.case_study import CaseStudy
from kb.domain.concept import Concept, Scheme
from kb.domain.lesson import BorderOutcome, CrossBorderIssue, Difficulty, LessonBase, Outcome
from kb.domain.record import Origin
from tests.services.seed import unusable

CASES, COUNTRIES, FEWEST_LESSONS, MOST_LESSONS = 16, 14, 5, 9

PERSONAL = {
    "e-mail address": re.compile(r"[\w.+-]+@[\w-]+\.\w+"),
    "IPv4 address": re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b"),
    "telephone number": re.compile(r"\+\d[\d ()/-]{6,}"),
    "hash": re.compile(r"\b[0-9a-fA-F]{32,64}\b"),
    "date with a day": re.compile(
        r"\b(?:19|20)\d{2}-\d{2}-\d{2}\b|\b\d{1,2}\.\s?\d{1,2}\.\s?(?:19|20)\d{2}\b"
    ),
}


def test_there_are_sixteen_cases_of_fourteen_countries_with_five_to_nine_lessons_each(
    cases: dict[str, CaseStudy],
) -> None:
    assert len(cases) == CASES
    assert len({case.lead_country for case in cases.values()}) == COUNTRIES
    assert {
        name: len(case.lessons)
        for name, case in cases.items()
        if not FEWEST_LESSONS <= len(case.lessons) <= MOST_LESSONS
    } == {}


def test_every_case_is_an_example_and_says_so(cases: dict[str, CaseStudy]) -> None:
    names = Locale("en").territories
    for identifier, case in cases.items():
        assert case.origin is Origin.ILLUSTRATIVE, identifier
        assert case.owner is not None, identifier
        assert case.owner.name == f"Example unit, {names[case.owner.country]}", identifier
        assert case.owner.country == case.lead_country, identifier
        assert case.event is None, identifier
        assert case.author is None, identifier


def test_every_case_could_be_submitted_as_it_stands(cases: dict[str, CaseStudy]) -> None:
    assert {name: case.problems for name, case in cases.items() if case.problems} == {}


def test_the_cases_hide_neither_failures_nor_what_stayed_unresolved(cases: dict[str, CaseStudy]) -> None:
    assert any(each.outcome is Outcome.FAILED for case in cases.values() for each in case.solutions)
    assert any(
        each.outcome is BorderOutcome.UNRESOLVED
        for case in cases.values()
        for each in case.cross_border_issues
    )


def test_every_difficulty_of_a_case_is_put_into_a_category_and_a_stage(cases: dict[str, CaseStudy]) -> None:
    difficulties = [(name, each) for name, case in cases.items() for each in case.difficulties]

    assert [f"{name}/{each.key}" for name, each in difficulties if not (each.categories and each.stage)] == []


def test_cases_use_only_concepts_that_can_be_chosen(
    cases: dict[str, CaseStudy], concepts: dict[str, Concept]
) -> None:
    for identifier, case in cases.items():
        assert unusable(_used(case), concepts) == [], identifier


def test_no_case_holds_what_could_tell_a_person_or_an_operation(cases: dict[str, CaseStudy]) -> None:
    found = {
        (identifier, what): match.group()
        for identifier, case in cases.items()
        for what, pattern in PERSONAL.items()
        for text in (case.title, case.summary, case.contact, *(each.text for each in case.lessons))
        if (match := pattern.search(text))
    }

    assert found == {}


def _used(case: CaseStudy) -> Iterator[tuple[Scheme, str]]:
    yield from ((Scheme.PHENOMENON, key) for key in case.phenomena)
    yield from ((Scheme.STAGE, key) for key in case.stages)
    yield from ((Scheme.TAG, key) for key in case.tags)
    yield from chain.from_iterable(_used_in(lesson) for lesson in case.lessons)


def _used_in(lesson: LessonBase) -> Iterator[tuple[Scheme, str]]:
    yield from ((Scheme.TAG, key) for key in lesson.tags)
    yield from ((Scheme.PARTNER, key) for key in (*lesson.partners_helped, *lesson.partners_hindered))
    if isinstance(lesson, Difficulty):
        yield from ((Scheme.DIFFICULTY, key) for key in lesson.categories)
        if lesson.stage:
            yield Scheme.STAGE, lesson.stage
    if isinstance(lesson, CrossBorderIssue):
        yield from ((Scheme.CHANNEL, key) for key in lesson.channels)
        yield from ((Scheme.DIFFICULTY, key) for key in lesson.obstacles)
