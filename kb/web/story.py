"""How a case is told on its page: each difficulty with what was tried against it, then the rest."""

from __future__ import annotations

from kb.domain.case_study import CaseStudy
from kb.domain.lesson import CrossBorderIssue, Difficulty, GoodPractice, Lesson, Solution
from kb.domain.text import Value


class Thread(Value):
    """A difficulty with its solutions. One that answers several difficulties is told at the first, named at the others."""

    difficulty: Difficulty
    solutions: tuple[Solution, ...]
    told_before: tuple[Solution, ...]


class Story(Value):
    """The lessons of a case in the order of telling."""

    threads: tuple[Thread, ...]
    other_solutions: tuple[Solution, ...]
    practices: tuple[GoodPractice, ...]
    border_issues: tuple[CrossBorderIssue, ...]


def story_of(case: CaseStudy) -> Story:
    """Tell a case; every lesson is told exactly once."""
    told: set[str] = set()
    threads = []
    for difficulty in case.difficulties:
        answers = case.solutions_of(difficulty.key)
        threads.append(
            Thread(
                difficulty=difficulty,
                solutions=tuple(each for each in answers if each.key not in told),
                told_before=tuple(each for each in answers if each.key in told),
            )
        )
        told |= {each.key for each in answers}
    return Story(
        threads=tuple(threads),
        other_solutions=tuple(each for each in case.solutions if each.key not in told),
        practices=case.good_practices,
        border_issues=case.cross_border_issues,
    )


def linked_lessons(case: CaseStudy, lesson: Lesson) -> tuple[Lesson, ...]:
    """Give the lessons that this one names, and those that name it, in the order of the case."""
    named = {*getattr(lesson, "answers", ()), *getattr(lesson, "grew_from", ())}
    return tuple(
        each
        for each in case.lessons
        if each.key in named
        or lesson.key in getattr(each, "answers", ())
        or lesson.key in getattr(each, "grew_from", ())
    )
