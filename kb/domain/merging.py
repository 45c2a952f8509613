"""Two texts written over one and the same: joined where they touch different parts, told apart where they touch the same.

What two people write at the same time is never lost: a part that only one of them touched is taken from them, lists of
choices are joined, and only a part that both wrote differently is left to a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar, cast

from kb.domain.case_study import MOST_LESSONS, CaseStudy
from kb.domain.lesson import Lesson, LessonKind, free_key
from kb.domain.record import Origin
from kb.domain.text import Value

T = TypeVar("T")

_REFERENCES = ("answers", "grew_from")
STANDS_WITH: Mapping[str, str] = {"session": "event"}
"""Fields that mean something beside another alone, with which they are one part: a session is one of its event's."""


class Merge(Value):
    """Both texts in one. Where they conflict, it holds the words of the second writer."""

    body: CaseStudy
    conflicts: tuple[str, ...] = ()
    """Paths of what both wrote differently, as `CaseStudy.problems` names them; a whole lesson is `lessons.KEY`."""
    taken: tuple[str, ...] = ()
    """Paths of what came in from the first writer."""


class _Paths:
    """What is found on the way through a text."""

    def __init__(self) -> None:
        self.conflicts: list[str] = []
        self.taken: list[str] = []

    def choose(self, path: str, base: T, theirs: T, mine: T) -> T:
        """Give what a part becomes, and note where it came from."""
        if theirs in (base, mine):
            return mine
        if mine == base:
            self.taken.append(path)
            return theirs
        if _is_list_of_choices(base, theirs, mine):
            self.taken.append(path)
            return cast("T", _joined(*cast("tuple[tuple[str, ...], ...]", (base, theirs, mine))))
        self.conflicts.append(path)
        return mine


def merged(base: CaseStudy, theirs: CaseStudy, mine: CaseStudy) -> Merge:
    """Join what was made of `base` by somebody who saved it first and by somebody who did not see that."""
    mine = _with_keys_of_its_own(base, theirs, mine)
    paths = _Paths()
    fields = _fields(paths, "", base, theirs, mine)
    if fields["origin"] is Origin.PUBLISHED and not fields["sources"]:
        paths.conflicts.append("sources")
        fields["sources"] = mine.sources or theirs.sources or base.sources
    lessons = tuple(_lessons(paths, base, theirs, mine))
    if len(lessons) > MOST_LESSONS:
        return Merge(body=mine, conflicts=(*paths.conflicts, "lessons"))
    body = mine.model_copy(update={**fields, "lessons": _referring(lessons)})
    return Merge(body=body, conflicts=tuple(paths.conflicts), taken=tuple(paths.taken))


def part_of(field: str) -> str:
    """Give the part of a case to which a field belongs, by its first field: most are a part of their own."""
    return STANDS_WITH.get(field, field)


def _fields(paths: _Paths, at: str, base: Value, theirs: Value, mine: Value) -> dict[str, object]:
    fields: dict[str, object] = {}
    texts = (base, theirs, mine)
    for name in type(mine).model_fields:
        if together := [each for each, part in STANDS_WITH.items() if part == name]:
            fields |= paths.choose(f"{at}{name}", *(_said(text, name, *together) for text in texts))
        elif name not in {"lessons", "key", "kind", *STANDS_WITH}:
            fields[name] = paths.choose(f"{at}{name}", *(getattr(text, name) for text in texts))
    return fields


def _said(text: Value, *names: str) -> dict[str, object]:
    return {name: getattr(text, name) for name in names}


def _lessons(paths: _Paths, base: CaseStudy, theirs: CaseStudy, mine: CaseStudy) -> Iterator[Lesson]:
    for key in _order(*([lesson.key for lesson in each.lessons] for each in (base, theirs, mine))):
        old, other, own = (each.lesson(key) for each in (base, theirs, mine))
        if old and other and own:
            yield own.model_copy(update=_fields(paths, f"lessons.{key}.", old, other, own))
        elif found := paths.choose(f"lessons.{key}", old, other, own):
            yield found


def _order(base: Sequence[str], theirs: Sequence[str], mine: Sequence[str]) -> list[str]:
    """Give all keys in the order of who moved lessons; what only the other has stands after what it stood after."""
    moved = [key for key in mine if key in base] != [key for key in base if key in mine]
    first, second = (mine, theirs) if moved else (theirs, mine)
    order = list(first)
    for place, key in enumerate(second):
        if key not in order:
            known = [order.index(each) for each in second[:place]]
            order.insert(known[-1] + 1 if known else 0, key)
    return order


def _referring(lessons: Sequence[Lesson]) -> tuple[Lesson, ...]:
    """Give the lessons without references to such as are no longer there."""
    known = {lesson.key for lesson in lessons}
    return tuple(_with_references(lesson, {key: key for key in known}) for lesson in lessons)


def _with_keys_of_its_own(base: CaseStudy, theirs: CaseStudy, mine: CaseStudy) -> CaseStudy:
    """Give `mine` with another key for each new lesson whose key the other writer gave to a new one, too."""
    taken = {lesson.key for case in (base, theirs, mine) for lesson in case.lessons}
    keys = {lesson.key: lesson.key for lesson in mine.lessons}
    for lesson in mine.lessons:
        if base.lesson(lesson.key) is None and theirs.lesson(lesson.key) not in {None, lesson}:
            keys[lesson.key] = free_key(LessonKind(lesson.kind), taken)
            taken.add(keys[lesson.key])
    lessons = (
        _with_references(lesson.model_copy(update={"key": keys[lesson.key]}), keys) for lesson in mine.lessons
    )
    return mine.model_copy(update={"lessons": tuple(lessons)})


def _with_references(lesson: Lesson, keys: Mapping[str, str]) -> Lesson:
    """Give a lesson whose references go by these keys; one to a lesson that is not among them is left out."""
    update = {
        name: tuple(keys[key] for key in getattr(lesson, name) if key in keys)
        for name in _REFERENCES
        if hasattr(lesson, name)
    }
    return lesson.model_copy(update=update)


def _is_list_of_choices(*values: object) -> bool:
    return all(isinstance(value, tuple) and all(isinstance(each, str) for each in value) for value in values)


def _joined(base: tuple[str, ...], theirs: tuple[str, ...], mine: tuple[str, ...]) -> tuple[str, ...]:
    """Give what both chose: without what either took away, with what either added."""
    kept = [each for each in mine if each in theirs or each not in base]
    return tuple(dict.fromkeys((*kept, *(each for each in theirs if each not in base))))
