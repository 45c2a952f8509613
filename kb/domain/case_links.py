"""What a case names of other cases: the one that took its place, and difficulties that are told there already.

Who may not see one of these cases is not told that it is named, wherever the text is shown: one function for every place.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from kb.domain.case_study import CaseStudy
from kb.domain.lesson import MOST_SAME, Difficulty, Lesson

Known = Callable[[str], bool]
"""Says whether the case with an id exists for somebody."""


def case_of(unit: str) -> str:
    """Give the id of the case that a unit is of."""
    return unit.partition("/")[0]


def cases_named(case: CaseStudy) -> frozenset[str]:
    """Give the ids of the other cases that a text names."""
    same = {case_of(unit) for each in case.difficulties for unit in each.same_as}
    return frozenset(same | ({case.superseded_by} if case.superseded_by else set()))


def naming(case: CaseStudy, known: Known) -> CaseStudy:
    """Give the text as it names those cases alone that are known; the very text where it names no other."""
    hidden = {each for each in cases_named(case) if not known(each)}
    if not hidden:
        return case
    successor = None if case.superseded_by in hidden else case.superseded_by
    lessons = tuple(_with_same(each, _without(each, hidden)) for each in case.lessons)
    return case.model_copy(update={"superseded_by": successor, "lessons": lessons})


def rejoined(typed: CaseStudy, stored: CaseStudy, known: Known) -> CaseStudy:
    """Give a text as somebody wrote it who was shown `stored` so: what was hidden from them stays, what they name they know."""
    hidden = {each for each in cases_named(typed) | cases_named(stored) if not known(each)}
    if not hidden:
        return typed
    before = {each.key: each for each in stored.difficulties}
    lessons = tuple(
        _with_same(each, (*_without(each, hidden), *_hidden(before.get(each.key), hidden)))
        for each in typed.lessons
    )
    return typed.model_copy(update={"lessons": lessons})


def _without(lesson: Lesson, hidden: Collection[str]) -> tuple[str, ...]:
    same = lesson.same_as if isinstance(lesson, Difficulty) else ()
    return tuple(unit for unit in same if case_of(unit) not in hidden)


def _hidden(stored: Difficulty | None, hidden: Collection[str]) -> tuple[str, ...]:
    return tuple(unit for unit in stored.same_as if case_of(unit) in hidden) if stored else ()


def _with_same(lesson: Lesson, same: tuple[str, ...]) -> Lesson:
    if not isinstance(lesson, Difficulty) or lesson.same_as == same:
        return lesson
    return lesson.model_copy(update={"same_as": same[:MOST_SAME]})
