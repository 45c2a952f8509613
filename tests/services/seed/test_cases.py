"""The example cases: never facts about a state, complete enough to be submitted, tagged with what exists."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from statistics import median

from babel import Locale

from kb.domain.case_study import CaseStudy
from kb.domain.checks import Names, remarks
from kb.domain.concept import Concept, Scheme, concept_id
from kb.domain.event import Event
from kb.domain.finding import texts_of
from kb.domain.lesson import BorderOutcome, CrossBorderIssue, Difficulty, LessonBase, Outcome
from kb.domain.marking import Marking
from kb.domain.record import Origin
from kb.domain.resource import Resource
from kb.domain.revision import Revision
from kb.services.known_names import COUNTRIES
from tests.services.seed import bodies, unusable

CASES, LEADS, FEWEST_LESSONS, MOST_LESSONS = 24, 22, 5, 11
CORRIDORS, COUNTRIES_IN_COMMON, SAMPLE = 15, 3, 3

PERSONAL = {
    "e-mail address": re.compile(r"[\w.+-]+@[\w-]+\.\w+"),
    "IPv4 address": re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b"),
    "telephone number": re.compile(r"\+\d[\d ()/-]{6,}"),
    "hash": re.compile(r"\b[0-9a-fA-F]{32,64}\b"),
    "date with a day": re.compile(
        r"\b(?:19|20)\d{2}-\d{2}-\d{2}\b|\b\d{1,2}\.\s?\d{1,2}\.\s?(?:19|20)\d{2}\b"
    ),
}


def test_there_are_twenty_four_cases_of_twenty_two_countries_with_five_to_eleven_lessons_each(
    cases: dict[str, CaseStudy],
) -> None:
    assert len(cases) == CASES
    assert len({case.lead_country for case in cases.values()}) == LEADS
    assert {
        name: len(case.lessons)
        for name, case in cases.items()
        if not FEWEST_LESSONS <= len(case.lessons) <= MOST_LESSONS
    } == {}


def test_every_case_is_an_example_and_says_so(cases: dict[str, CaseStudy], seed: dict[str, Revision]) -> None:
    names, events = Locale("en").territories, bodies(seed, Event)
    for identifier, case in cases.items():
        assert case.origin is Origin.ILLUSTRATIVE, identifier
        assert case.owner is not None, identifier
        assert case.owner.name == f"Example unit, {names[case.owner.country]}", identifier
        assert case.owner.country == case.lead_country, identifier
        assert case.event is None or events[case.event].origin is Origin.ILLUSTRATIVE, identifier
        assert case.event is None or events[case.event].session(case.session), identifier
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


def test_the_cases_are_told_in_six_languages_over_the_years_from_2018_to_2026(
    cases: dict[str, CaseStudy],
) -> None:
    ends = {case.period.end[:4] for case in cases.values() if case.period and case.period.end}

    assert {case.language for case in cases.values()} == {"de", "en", "es", "fr", "it", "ru"}
    assert ends == {str(year) for year in range(2018, 2027)}


def test_every_group_of_difficulties_is_met_and_six_difficulties_by_three_countries_that_all_may_know(
    cases: dict[str, CaseStudy], concepts: dict[str, Concept]
) -> None:
    met = defaultdict(set)
    for case in _open(cases):
        for key in chain.from_iterable(each.categories for each in case.difficulties):
            met[key].add(case.lead_country)
    common = [key for key, countries in met.items() if len(countries) >= COUNTRIES_IN_COMMON]
    groups = {concepts[concept_id(Scheme.DIFFICULTY, key)].broader for key in met}

    assert len(common) >= 6
    assert groups == {each.key for each in concepts.values() if each.is_group}


def test_borders_are_crossed_on_fifteen_ways_some_of_them_often_enough_for_a_median(
    cases: dict[str, CaseStudy],
) -> None:
    days: dict[tuple[str, str], list[int]] = defaultdict(list)
    for issue in chain.from_iterable(case.cross_border_issues for case in _open(cases)):
        for country in issue.to_countries:
            assert issue.from_country is not None, issue.title
            days[issue.from_country, country] += [] if issue.elapsed_days is None else [issue.elapsed_days]
    medians = {way: median(known) for way, known in days.items() if len(known) >= SAMPLE}

    assert len(days) >= CORRIDORS
    assert medians == {("DE", "IE"): 118, ("GB", "US"): 21, ("KG", "KZ"): 96}
    assert ("US", "CA") in days
    assert ("CA", "US") in days


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


def test_the_checks_find_nothing_to_block_or_warn_of_and_no_older_term_in_a_case(
    cases: dict[str, CaseStudy], concepts: dict[str, Concept], seed: dict[str, Revision]
) -> None:
    called_after = (*bodies(seed, Event).values(), *bodies(seed, Resource).values())
    labels = [
        labels
        for each in concepts.values()
        if each.scheme in {Scheme.CHANNEL, Scheme.PARTNER}
        for labels in each.labels
    ]
    names = Names(
        countries=COUNTRIES,
        organisations=tuple(each.title for each in called_after),
        instruments=tuple(word for each in labels for word in (each.preferred, *each.alternative)),
    )

    found = {
        (identifier, path): objections
        for identifier, case in cases.items()
        for path, text in texts_of(case)
        if (objections := remarks(text, names, case.language))
    }

    assert found == {}


def _open(cases: dict[str, CaseStudy]) -> Iterator[CaseStudy]:
    """Give the cases of which every officer may see where they are from."""
    return (
        case
        for case in cases.values()
        if case.audience.marking in {Marking.CLEAR, Marking.GREEN} and not case.audience.chatham_house
    )


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
