"""Case studies: one investigation's practice, told as lessons.

The value also holds a draft, which may lack almost everything; `problems` says what stands between it and submission.
What can never be right (two lessons of one key, a solution that answers no lesson of the case) is refused at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from kb.domain.country import Country
from kb.domain.identifier import ConceptKey, Identifier, LessonKey
from kb.domain.lesson import (
    CrossBorderIssue,
    Difficulty,
    GoodPractice,
    Lesson,
    LessonBase,
    LessonKind,
    Solution,
)
from kb.domain.marking import NOBODY_NAMED
from kb.domain.period import Period
from kb.domain.record import Record
from kb.domain.text import Line, Prose

MOST_LESSONS = 60


class CaseStatus(StrEnum):
    """Where a published case stands."""

    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    """Another case tells it better; kept for its links, out of search."""
    RETIRED = "retired"
    """No longer good advice; kept with the reason, out of search."""
    UNPUBLISHED = "unpublished"
    """Taken from readers: it exists for its owner's organisation alone, out of search."""


class CaseStudy(Record):
    """A case with its lessons. Concept keys are of the schemes `phenomenon`, `stage` and `tag`."""

    summary: Prose = ""
    lead_country: Country | None = None
    other_countries: tuple[Country, ...] = ()
    period: Period | None = None
    phenomena: tuple[ConceptKey, ...] = ()
    stages: tuple[ConceptKey, ...] = ()
    event: Identifier | None = None
    session: LessonKey | None = None
    """The line of the event's programme under which it is presented."""
    presenter_role: Line = ""
    contact: Line = ""
    """A role or desk that agreed to be asked, never a person's address."""
    author: Identifier | None = None
    tags: tuple[ConceptKey, ...] = ()
    lessons: Annotated[tuple[Lesson, ...], Field(max_length=MOST_LESSONS)] = ()
    status: CaseStatus = CaseStatus.PUBLISHED
    status_reason: Line = ""
    superseded_by: Identifier | None = None
    source_key: Line = ""
    """The stable key of an imported row, by which a second import knows it again."""

    @model_validator(mode="after")
    def _lessons_refer_to_each_other(self) -> Self:
        keys = [lesson.key for lesson in self.lessons]
        if twice := sorted({key for key in keys if keys.count(key) > 1}):
            raise ValueError(f"Two lessons have the key {twice[0]!r}. Give each lesson its own key.")
        for lesson in self.lessons:
            for key, wanted in _references(lesson):
                if not isinstance(self.lesson(key), wanted):
                    raise ValueError(
                        f"Lesson {lesson.key!r} refers to {key!r}, which is no "
                        f"{wanted.__name__.lower()} of this case."
                    )
        return self

    @property
    def readers(self) -> frozenset[str]:
        """Give the reader tokens; a case that was taken from readers keeps its owner's own."""
        if self.status is CaseStatus.UNPUBLISHED:
            return self.audience.own_readers(self.owner)
        return super().readers

    def lesson(self, key: str) -> Lesson | None:
        """Give the lesson with this key, or None."""
        return next((lesson for lesson in self.lessons if lesson.key == key), None)

    @property
    def difficulties(self) -> tuple[Difficulty, ...]:
        """Give the lessons that are difficulties, in the order of the case."""
        return tuple(lesson for lesson in self.lessons if isinstance(lesson, Difficulty))

    @property
    def solutions(self) -> tuple[Solution, ...]:
        """Give the lessons that are solutions."""
        return tuple(lesson for lesson in self.lessons if isinstance(lesson, Solution))

    @property
    def good_practices(self) -> tuple[GoodPractice, ...]:
        """Give the lessons that are good practices."""
        return tuple(lesson for lesson in self.lessons if isinstance(lesson, GoodPractice))

    @property
    def cross_border_issues(self) -> tuple[CrossBorderIssue, ...]:
        """Give the lessons that are cross-border issues."""
        return tuple(lesson for lesson in self.lessons if isinstance(lesson, CrossBorderIssue))

    def solutions_of(self, difficulty: str) -> tuple[Solution, ...]:
        """Give the solutions that answer the difficulty with this key."""
        return tuple(solution for solution in self.solutions if difficulty in solution.answers)

    @property
    def countries(self) -> tuple[str, ...]:
        """Give the lead country and the others, each once, the lead first."""
        lead = (self.lead_country,) if self.lead_country else ()
        return tuple(dict.fromkeys((*lead, *self.other_countries)))

    def _without_origin(self) -> Self:
        return (
            super()
            ._without_origin()
            .model_copy(
                update={
                    "lead_country": None,
                    "other_countries": (),
                    "event": None,
                    "session": None,
                    "presenter_role": "",
                    "contact": "",
                    "author": None,
                    "source_key": "",
                    "lessons": tuple(_without_corridor(lesson) for lesson in self.lessons),
                }
            )
        )

    @property
    def problems(self) -> tuple[tuple[str, str], ...]:
        """Give what must be mended before submitting: (field, sentence) pairs, lesson fields as `lessons.KEY.field`."""
        checks: tuple[tuple[bool, str, str], ...] = (
            (not self.title, "title", "Give the case a title."),
            (not self.summary, "summary", "Tell in a few sentences what the case is about."),
            (not self.lessons, "lessons", "Add at least one lesson: a difficulty is a good start."),
            (
                self.owner is None,
                "owner",
                "An organisation must own the case; ask an administrator to give you one.",
            ),
            (
                self.audience.names_nobody,
                "audience.persons",
                NOBODY_NAMED,
            ),
        )
        found = [(field, sentence) for wrong, field, sentence in checks if wrong]
        return (*found, *_lesson_problems(self.lessons))


def _references(lesson: LessonBase) -> Iterable[tuple[str, type[LessonBase]]]:
    if isinstance(lesson, Solution):
        return [(key, Difficulty) for key in lesson.answers]
    if isinstance(lesson, GoodPractice):
        return [(key, Solution) for key in lesson.grew_from]
    return []


def _without_corridor(lesson: Lesson) -> Lesson:
    if isinstance(lesson, CrossBorderIssue):
        return lesson.model_copy(update={"from_country": None, "to_countries": ()})
    return lesson


_WORDS: dict[LessonKind, str] = {
    LessonKind.DIFFICULTY: "difficulty",
    LessonKind.SOLUTION: "solution",
    LessonKind.GOOD_PRACTICE: "good practice",
    LessonKind.CROSS_BORDER_ISSUE: "cross-border issue",
}


def _lesson_problems(lessons: Iterable[LessonBase]) -> Iterable[tuple[str, str]]:
    for lesson in lessons:
        kind = _WORDS[LessonKind(getattr(lesson, "kind"))]  # noqa: B009 - the base has no kind of its own
        if not lesson.title:
            yield f"lessons.{lesson.key}.title", f"Give this {kind} a title."
        if not lesson.text and not _is_told_elsewhere(lesson):
            yield f"lessons.{lesson.key}.text", f"Describe this {kind}."


def _is_told_elsewhere(lesson: LessonBase) -> bool:
    return isinstance(lesson, Difficulty) and bool(lesson.same_as)
