"""How far a case is written: the parts of the task, and what would help its readers most next.

Only what `CaseStudy.problems` names is needed to submit. Everything else is worth something to readers, and worth
different amounts: the table says how much, and what to say to whom it is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import NamedTuple

from kb.domain.case_study import CaseStudy
from kb.domain.lesson import LessonKind, Outcome
from kb.domain.text import Value


class Part(StrEnum):
    """What is written on one page, in the order in which it is asked for."""

    ABOUT = "about"
    """Title, summary, where and when, public sources."""
    DIFFICULTIES = "difficulties"
    SOLUTIONS = "solutions"
    PRACTICES = "practices"
    BORDERS = "borders"
    AUDIENCE = "audience"
    """Marking, whom it names, and the Chatham House flag."""


class Progress(StrEnum):
    """How far a part is."""

    NOT_BEGUN = "not-begun"
    """Needed, and empty so far."""
    BEGUN = "begun"
    """Something is missing before it can be submitted."""
    COMPLETE = "complete"
    OPTIONAL = "optional"
    """Empty, and may stay so."""


KIND_OF: dict[Part, LessonKind] = {
    Part.DIFFICULTIES: LessonKind.DIFFICULTY,
    Part.SOLUTIONS: LessonKind.SOLUTION,
    Part.PRACTICES: LessonKind.GOOD_PRACTICE,
    Part.BORDERS: LessonKind.CROSS_BORDER_ISSUE,
}
"""The kind of lesson that a part is about."""
PART_OF: dict[LessonKind, Part] = {kind: part for part, kind in KIND_OF.items()}


def part_of(case: CaseStudy, path: str) -> Part:
    """Give the part that holds a field, by its path in the case; a lesson of the case goes by its key."""
    head, *rest = path.split(".")
    lesson = case.lesson(rest[0]) if head == "lessons" and rest else None
    if lesson is not None:
        return PART_OF[lesson.kind]
    return {"audience": Part.AUDIENCE, "lessons": Part.DIFFICULTIES}.get(head, Part.ABOUT)


class Task(Value):
    """A part with how far it is, and what must be mended in it before submitting."""

    part: Part
    progress: Progress
    problems: tuple[tuple[str, str], ...] = ()


def tasks(case: CaseStudy) -> tuple[Task, ...]:
    """Give every part of the task for this case, in order."""
    found: dict[Part, list[tuple[str, str]]] = {part: [] for part in Part}
    for path, sentence in case.problems:
        found[part_of(case, path)].append((path, sentence))
    return tuple(
        Task(part=part, progress=_progress(case, part, found[part]), problems=tuple(found[part]))
        for part in Part
    )


def _progress(case: CaseStudy, part: Part, problems: list[tuple[str, str]]) -> Progress:
    kind = KIND_OF.get(part)
    empty = not any(lesson.kind is kind for lesson in case.lessons) if kind else _is_untold(case, part)
    if problems:
        return Progress.NOT_BEGUN if empty else Progress.BEGUN
    return Progress.OPTIONAL if empty else Progress.COMPLETE


def _is_untold(case: CaseStudy, part: Part) -> bool:
    return part is Part.ABOUT and not (case.title or case.summary)


class Want(Value):
    """Something that a case lacks: where it is written, and why readers would be glad of it."""

    part: Part
    path: str
    sentence: str


class Completeness(Value):
    """How complete a case is in per cent, and what it lacks, most helpful first."""

    percent: int
    wants: tuple[Want, ...] = ()


class _Row(NamedTuple):
    """Something that helps readers: worth so much, missing where `lacks` names a path. It counts only where it `applies`."""

    worth: int
    lacks: Callable[[CaseStudy], Iterable[str]]
    sentence: str
    applies: Callable[[CaseStudy], object] = lambda _: True
    part: Part | None = None
    """Where it is written, if its path does not tell."""


def _missing(path: str, told: Callable[[CaseStudy], object]) -> Callable[[CaseStudy], Iterable[str]]:
    return lambda case: () if told(case) else (path,)


ROWS: tuple[_Row, ...] = (
    _Row(10, _missing("title", lambda case: case.title), "Give it a title: it is what others read first."),
    _Row(
        10,
        _missing("summary", lambda case: case.summary),
        "Tell in a few sentences what it is about, so that a stranger sees whether it concerns them.",
    ),
    _Row(
        20,
        _missing("lessons", lambda case: case.difficulties),
        "Tell a difficulty: it is what others look for when they are stuck.",
    ),
    _Row(
        15,
        lambda case: (f"lessons.{each.key}" for each in case.difficulties if not case.solutions_of(each.key)),
        "Say what was tried against each difficulty, even if it failed: that is what readers come for.",
        lambda case: case.difficulties,
    ),
    _Row(
        10,
        lambda case: (
            f"lessons.{each.key}.outcome" for each in case.solutions if each.outcome is Outcome.UNKNOWN
        ),
        "Say how each solution went: readers look for what worked, and for what did not.",
        lambda case: case.solutions,
    ),
    _Row(
        8,
        lambda case: (f"lessons.{each.key}.categories" for each in case.difficulties if not each.categories),
        "Say what kind of difficulty each one is: it is then found by others who never use your words.",
        lambda case: case.difficulties,
    ),
    _Row(
        6,
        lambda case: (f"lessons.{each.key}.tags" for each in case.good_practices if not each.tags),
        "Tag each good practice, so that it stands beside those of other units.",
        lambda case: case.good_practices,
    ),
    _Row(
        6,
        _missing("phenomena", lambda case: case.phenomena),
        "Say which kind of offending it was about: readers filter by it.",
    ),
    _Row(
        5,
        _missing("lead_country", lambda case: case.lead_country),
        "Name the lead country: law and channels differ between states.",
    ),
    _Row(
        5,
        _missing("period", lambda case: case.period),
        "Say in which year or month it was: law and technology change.",
    ),
    _Row(
        5,
        lambda case: (
            f"lessons.{each.key}.channels" for each in case.cross_border_issues if not each.channels
        ),
        "Name the channels used at the border: it is what others need for their own request.",
        lambda case: case.cross_border_issues,
    ),
    _Row(
        4,
        _missing("lessons", lambda case: case.good_practices),
        "Add what you would tell another unit to do from the start.",
        part=Part.PRACTICES,
    ),
    _Row(
        4,
        _missing("contact", lambda case: case.contact),
        "Name a desk that may be asked; never a person.",
    ),
    _Row(2, _missing("stages", lambda case: case.stages), "Name the stages of the investigation."),
)
"""What makes a case useful, most helpful first."""


def completeness(case: CaseStudy) -> Completeness:
    """Weigh what a case tells against what it could tell."""
    counted = [(row, next(iter(row.lacks(case)), "")) for row in ROWS if row.applies(case)]
    there = sum(row.worth for row, path in counted if not path)
    return Completeness(
        percent=100 * there // sum(row.worth for row, _ in counted),
        wants=tuple(
            Want(part=row.part or part_of(case, path), path=path, sentence=row.sentence)
            for row, path in counted
            if path
        ),
    )
