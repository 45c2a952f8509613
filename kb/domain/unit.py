"""Search units: a case is one, and each lesson in it is one, so that a difficulty is found itself.

What the other kinds of record are searched by is in `record_units`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints

from kb.domain.case_study import CaseStatus, CaseStudy
from kb.domain.identifier import LONGEST, Identifier
from kb.domain.lesson import CrossBorderIssue, Difficulty, GoodPractice, Lesson, LessonKind, Solution
from kb.domain.text import Value


class Facet(StrEnum):
    """What results can be filtered and counted by; the value is the name in URLs and on the command line."""

    KIND = "kind"
    COUNTRY = "country"
    DIFFICULTY = "difficulty"
    STAGE = "stage"
    CHANNEL = "channel"
    OUTCOME = "outcome"
    TAG = "tag"
    YEAR = "year"
    LANGUAGE = "language"
    MARKING = "marking"
    ORIGIN = "origin"
    """Reported, published or illustrative: so that examples can be told apart, and left out."""
    PHENOMENON = "phenomenon"
    EVENT = "event"
    """At which the case was presented, by its id."""
    CORRIDOR = "corridor"
    """From one country to another, as `AT-DE`; also `AT-*`, `*-DE` and `*-*`."""
    PARTNER = "partner"
    """That helped or hindered."""
    HELPED = "helped"
    """Partners that helped alone."""
    HINDERED = "hindered"
    """Partners that stood in the way alone."""
    REPORTER = "reporter"
    """The country whose unit reported the case; one that is only involved has reported nothing."""


ASIDE = frozenset(
    {
        Facet.PHENOMENON,
        Facet.EVENT,
        Facet.CORRIDOR,
        Facet.PARTNER,
        Facet.HELPED,
        Facet.HINDERED,
        Facet.REPORTER,
    }
)
"""Facets that a search counts only where one of their values is chosen: tables are made of them, and no panel shows them."""


Standing = tuple[Facet, str, str]
"""A value of a facet for which another one stands, and that one: units keep the value that they were written with."""

ORIGIN_FACETS = frozenset({Facet.COUNTRY, Facet.EVENT, Facet.CORRIDOR, Facet.REPORTER})
"""Facets that the Chatham House flag empties for everyone outside the owner's organisation."""

ANY_COUNTRY = "*"
"""Stands for every country at one end of a corridor: what was asked from `AT-*`, or of `*-DE`, is one value each."""
NOT_STATED = "not-stated"
"""The value under which units count that tell none (or none to this viewer); filtering by it returns as many."""
GATHERED = frozenset(
    {
        Facet.DIFFICULTY,
        Facet.STAGE,
        Facet.CHANNEL,
        Facet.TAG,
        Facet.COUNTRY,
        Facet.CORRIDOR,
        Facet.PARTNER,
        Facet.HELPED,
        Facet.HINDERED,
    }
)
"""Facets of which the case itself has all that its lessons have."""


class UnitKind(StrEnum):
    """The kinds of result."""

    CASE_STUDY = "case-study"
    DIFFICULTY = "difficulty"
    SOLUTION = "solution"
    GOOD_PRACTICE = "good-practice"
    CROSS_BORDER_ISSUE = "cross-border-issue"
    PRACTICE = "practice"
    """A good practice of the register."""
    RESOURCE = "resource"
    INSTRUMENT = "instrument"


LESSON_KINDS = frozenset(map(UnitKind, LessonKind))
OF_CASES = LESSON_KINDS | {UnitKind.CASE_STUDY}
"""Those that cases are made of; each of the others is a record by itself, and the only unit of it."""
MAY_BE_UNSTATED: Mapping[Facet, frozenset[UnitKind]] = {
    Facet.COUNTRY: OF_CASES | {UnitKind.PRACTICE},
    Facet.YEAR: OF_CASES,
    Facet.CORRIDOR: OF_CASES,
}
"""Facets that count what is not stated, and of which kinds: every case has a place and a time, and every border issue a border, told or not."""

GroupId = Annotated[
    str, StringConstraints(pattern=r"^(?:[a-z]+:)?[a-z0-9]+(?:[.-][a-z0-9]+)*$", max_length=LONGEST + 20)
]
"""What the units of one record have in common: the id of a case, or the unit's own, such as `practice:ID`."""


class SearchUnit(Value):
    """What one document of the index holds. `facets` are (facet, value) pairs in full form.

    `text` and `title` never hold what the Chatham House flag hides; the values of ORIGIN_FACETS count for the owner's
    organisation alone where `chatham_house` is set.
    """

    id: str
    """`CASE` for the case itself, `CASE/KEY` for a lesson of it, `KIND:ID` for a record of another kind."""
    case: GroupId
    kind: UnitKind
    title: str
    text: str
    case_title: str
    language: str
    readers: frozenset[str]
    owner: Identifier | None
    chatham_house: bool
    facets: frozenset[tuple[Facet, str]]
    date: str
    """What sorting by date compares: the period's start, else the empty string."""
    revision: int
    source_key: str = ""
    days: int | None = None
    """How long a cross-border issue took."""

    def values(self, facet: Facet) -> frozenset[str]:
        """Give the values of one facet in full form."""
        return frozenset(value for name, value in self.facets if name is facet)


def corridor_values(start: str, end: str) -> tuple[str, ...]:
    """Give the values of a corridor: itself, from the one to any country, from any to the other, from any to any."""
    return tuple(f"{one}-{other}" for one in (start, ANY_COUNTRY) for other in (end, ANY_COUNTRY))


def units_of(identifier: str, revision: int, case: CaseStudy) -> tuple[SearchUnit, ...]:
    """Give the search units of a published case: itself, then its lessons; none when it is retired or superseded."""
    if case.status is not CaseStatus.PUBLISHED:
        return ()
    lessons = [(lesson, frozenset(_lesson_facets(case, lesson))) for lesson in case.lessons]
    shared = frozenset(_case_facets(case))
    gathered = frozenset(pair for _, pairs in lessons for pair in pairs if pair[0] in GATHERED)
    own = frozenset({(Facet.KIND, UnitKind.CASE_STUDY.value)} | {(Facet.TAG, tag) for tag in case.tags})
    stages = frozenset((Facet.STAGE, stage) for stage in case.stages)
    whole = _unit(identifier, revision, case, None, shared | gathered | own | stages)
    return (whole, *(_unit(identifier, revision, case, lesson, shared | pairs) for lesson, pairs in lessons))


def _unit(
    identifier: str,
    revision: int,
    case: CaseStudy,
    lesson: Lesson | None,
    facets: frozenset[tuple[Facet, str]],
) -> SearchUnit:
    return SearchUnit(
        id=f"{identifier}/{lesson.key}" if lesson else identifier,
        case=identifier,
        kind=UnitKind(lesson.kind.value) if lesson else UnitKind.CASE_STUDY,
        title=lesson.title if lesson else case.title,
        text=_lesson_text(lesson) if lesson else case.summary,
        case_title=case.title,
        language=case.language,
        readers=case.readers,
        owner=case.owner.id if case.owner else None,
        chatham_house=case.audience.chatham_house,
        facets=facets,
        date=case.period.start if case.period else "",
        revision=revision,
        source_key=case.source_key,
        days=lesson.elapsed_days if isinstance(lesson, CrossBorderIssue) else None,
    )


def _lesson_text(lesson: Lesson) -> str:
    parts = [lesson.text]
    if isinstance(lesson, Solution):
        parts += [lesson.applies_when, lesson.applies_not_when]
    return "\n\n".join(part for part in parts if part)


def _case_facets(case: CaseStudy) -> Iterator[tuple[Facet, str]]:
    yield from ((Facet.COUNTRY, country) for country in case.countries)
    if case.owner:
        yield Facet.REPORTER, case.owner.country
    yield Facet.LANGUAGE, case.language
    yield Facet.MARKING, case.audience.marking.value
    yield Facet.ORIGIN, case.origin.value
    yield from ((Facet.PHENOMENON, phenomenon) for phenomenon in case.phenomena)
    if case.event:
        yield Facet.EVENT, case.event
    if case.period:
        yield Facet.YEAR, str(case.period.year)


def _lesson_facets(case: CaseStudy, lesson: Lesson) -> Iterator[tuple[Facet, str]]:
    yield Facet.KIND, lesson.kind.value
    yield from ((Facet.TAG, tag) for tag in lesson.tags)
    for facet, partners in (
        (Facet.HELPED, lesson.partners_helped),
        (Facet.HINDERED, lesson.partners_hindered),
    ):
        for partner in partners:
            yield from ((Facet.PARTNER, partner), (facet, partner))
    for difficulty in _behind(case, lesson):
        yield from _difficulty_facets(difficulty)
    if isinstance(lesson, Solution):
        yield Facet.OUTCOME, lesson.outcome.value
    if isinstance(lesson, CrossBorderIssue):
        yield from _border_facets(lesson)


def _behind(case: CaseStudy, lesson: Lesson) -> tuple[Difficulty, ...]:
    """Give the difficulties that a lesson is about: itself, those it answers, those its solutions answer."""
    if isinstance(lesson, Difficulty):
        return (lesson,)
    keys: set[str] = set()
    if isinstance(lesson, Solution):
        keys = set(lesson.answers)
    elif isinstance(lesson, GoodPractice):
        keys = {key for each in case.solutions if each.key in lesson.grew_from for key in each.answers}
    return tuple(difficulty for difficulty in case.difficulties if difficulty.key in keys)


def _difficulty_facets(lesson: Difficulty) -> Iterator[tuple[Facet, str]]:
    yield from ((Facet.DIFFICULTY, category) for category in lesson.categories)
    if lesson.stage:
        yield Facet.STAGE, lesson.stage


def _border_facets(lesson: CrossBorderIssue) -> Iterator[tuple[Facet, str]]:
    yield from ((Facet.CHANNEL, channel) for channel in lesson.channels)
    yield from ((Facet.DIFFICULTY, obstacle) for obstacle in lesson.obstacles)
    if lesson.outcome:
        yield Facet.OUTCOME, lesson.outcome.value
    for country in (lesson.from_country, *lesson.to_countries):
        if country:
            yield Facet.COUNTRY, country
    if lesson.from_country:
        for country in lesson.to_countries:
            yield from ((Facet.CORRIDOR, value) for value in corridor_values(lesson.from_country, country))
