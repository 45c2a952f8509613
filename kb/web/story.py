"""How a case is told on its page: each difficulty with what was tried against it, then the rest."""

from __future__ import annotations

from kb.domain.case_study import CaseStudy
from kb.domain.concept import Scheme
from kb.domain.lesson import CrossBorderIssue, Difficulty, GoodPractice, Lesson, Solution
from kb.domain.text import Value
from kb.services.vocabulary import Vocabulary


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


class Branch(Value):
    """A lesson with those that hang on it: solutions on a difficulty, practices on a solution."""

    lesson: Lesson
    below: tuple[Branch, ...] = ()


def outline_of(case: CaseStudy) -> tuple[Branch, ...]:
    """Give the lessons as a tree in the order of telling; each hangs on the first that it names."""
    story = story_of(case)
    grown: dict[str, list[Branch]] = {}
    for practice in story.practices:
        grown.setdefault(next(iter(practice.grew_from), ""), []).append(Branch(lesson=practice))

    def solution(each: Solution) -> Branch:
        return Branch(lesson=each, below=tuple(grown.get(each.key, ())))

    return (
        *(
            Branch(lesson=each.difficulty, below=tuple(map(solution, each.solutions)))
            for each in story.threads
        ),
        *map(solution, story.other_solutions),
        *grown.get("", ()),
        *(Branch(lesson=each) for each in story.border_issues),
    )


class Involved(Value):
    """Channels and types of partner that play a part in a case, by their keys."""

    channels: tuple[str, ...]
    helped: tuple[str, ...]
    hindered: tuple[str, ...]


def involved_in(case: CaseStudy) -> Involved:
    """Gather them over all lessons, each once."""
    channels = (key for issue in case.cross_border_issues for key in issue.channels)
    helped = (key for lesson in case.lessons for key in lesson.partners_helped)
    hindered = (key for lesson in case.lessons for key in lesson.partners_hindered)
    return Involved(
        channels=tuple(dict.fromkeys(channels)),
        helped=tuple(dict.fromkeys(helped)),
        hindered=tuple(dict.fromkeys(hindered)),
    )


def difficulties_of(lesson: Lesson, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Give the difficulties that a lesson names and that have a page."""
    named: tuple[str, ...] = ()
    if isinstance(lesson, Difficulty):
        named = lesson.categories
    elif isinstance(lesson, CrossBorderIssue):
        named = lesson.obstacles
    return tuple(key for key in named if vocabulary.get(Scheme.DIFFICULTY, key))
