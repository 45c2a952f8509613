"""Lessons: what a case teaches, in four kinds that refer to each other by key inside the case."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from kb.domain.country import Country
from kb.domain.identifier import ConceptKey, LessonKey, UnitId
from kb.domain.text import Line, Prose, Value

MOST_SAME = 10
"""Difficulties of other cases that one may say to be the same."""


class LessonKind(StrEnum):
    """The four kinds, in the order in which a case tells them."""

    DIFFICULTY = "difficulty"
    """What stood in the way."""
    SOLUTION = "solution"
    """What was tried against it, also when it failed."""
    GOOD_PRACTICE = "good-practice"
    """What others should do from the start."""
    CROSS_BORDER_ISSUE = "cross-border-issue"
    """What happened where the investigation met a border."""


class Outcome(StrEnum):
    """How a solution went."""

    WORKED = "worked"
    PARTLY = "partly-worked"
    FAILED = "did-not-work"
    UNKNOWN = "unknown"


class BorderOutcome(StrEnum):
    """How a cross-border issue ended."""

    RESOLVED = "resolved"
    PARTLY = "partly-resolved"
    UNRESOLVED = "unresolved"


class Effort(StrEnum):
    """What a solution cost, in a word."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class LessonBase(Value):
    """What the four kinds share. Concept keys are of the schemes `partner` and `tag`; `text` is Markdown."""

    key: LessonKey
    title: Line = ""
    text: Prose = ""
    partners_helped: tuple[ConceptKey, ...] = ()
    partners_hindered: tuple[ConceptKey, ...] = ()
    tags: tuple[ConceptKey, ...] = ()


class Difficulty(LessonBase):
    """What stood in the way; `categories` are of the scheme `difficulty`, `stage` of `stage`.

    `same_as` names difficulties of other cases that tell it already, so that nobody tells it again.
    """

    kind: Literal[LessonKind.DIFFICULTY] = LessonKind.DIFFICULTY
    categories: tuple[ConceptKey, ...] = ()
    stage: ConceptKey | None = None
    same_as: Annotated[tuple[UnitId, ...], Field(max_length=MOST_SAME)] = ()


class Solution(LessonBase):
    """What was tried; `answers` are keys of difficulties of the same case."""

    kind: Literal[LessonKind.SOLUTION] = LessonKind.SOLUTION
    answers: tuple[LessonKey, ...] = ()
    outcome: Outcome = Outcome.UNKNOWN
    applies_when: Prose = ""
    applies_not_when: Prose = ""
    cost: Effort | None = None
    effort: Effort | None = None


class GoodPractice(LessonBase):
    """What others should do; `grew_from` are keys of solutions of the same case."""

    kind: Literal[LessonKind.GOOD_PRACTICE] = LessonKind.GOOD_PRACTICE
    grew_from: tuple[LessonKey, ...] = ()


class CrossBorderIssue(LessonBase):
    """What happened at the border; `channels` are of the scheme `channel`, `obstacles` of `difficulty`."""

    kind: Literal[LessonKind.CROSS_BORDER_ISSUE] = LessonKind.CROSS_BORDER_ISSUE
    from_country: Country | None = None
    to_countries: tuple[Country, ...] = ()
    channels: tuple[ConceptKey, ...] = ()
    obstacles: tuple[ConceptKey, ...] = ()
    outcome: BorderOutcome | None = None
    elapsed_days: Annotated[int, Field(ge=0, le=36_500)] | None = None


Lesson = Annotated[
    Difficulty | Solution | GoodPractice | CrossBorderIssue,
    Field(discriminator="kind"),
]

CLASS_OF: dict[LessonKind, type[LessonBase]] = {
    LessonKind.DIFFICULTY: Difficulty,
    LessonKind.SOLUTION: Solution,
    LessonKind.GOOD_PRACTICE: GoodPractice,
    LessonKind.CROSS_BORDER_ISSUE: CrossBorderIssue,
}

PREFIX: dict[LessonKind, str] = {
    LessonKind.DIFFICULTY: "d",
    LessonKind.SOLUTION: "s",
    LessonKind.GOOD_PRACTICE: "p",
    LessonKind.CROSS_BORDER_ISSUE: "b",
}
"""The letter with which a new lesson's key begins."""


def free_key(kind: LessonKind, taken: Collection[str]) -> str:
    """Give a key for a new lesson: the letter of its kind and a number above all that are `taken`.

    A gap is not filled: the key of a lesson that was removed may still stand in somebody's link.
    """
    letter = PREFIX[kind]
    numbers = [int(key[1:]) for key in taken if key[0] == letter and key[1:].isdecimal()]
    return f"{letter}{max(numbers, default=0) + 1}"
