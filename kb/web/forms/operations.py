"""What the buttons of the form of a case do, each from one form to the next, so that none of them needs a script."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kb.domain.lesson import LessonKind, free_key
from kb.domain.tag_suggestion import FIELDS
from kb.web.forms.typed import Typed, TypedLesson

SINGLE = frozenset({"stage"})
"""Fields of a lesson that hold one choice."""


def add(typed: Typed, kind: str) -> Typed:
    """Add an empty lesson at the end."""
    return _with_new(typed, LessonKind(kind), len(typed.lessons))


def answer(typed: Typed, key: str) -> Typed:
    """Add a solution right after the difficulty that it answers."""
    return _grown(typed, key, LessonKind.SOLUTION, "answers")


def grow(typed: Typed, key: str) -> Typed:
    """Add a good practice right after the solution that it grew from."""
    return _grown(typed, key, LessonKind.GOOD_PRACTICE, "grew_from")


def remove(typed: Typed, key: str) -> Typed:
    """Take a lesson out; what referred to it refers to it no more, and its key does not come again."""
    kept = tuple(
        lesson.having(
            **{
                name: tuple(each for each in lesson.words[name] if each != key)
                for name in ("answers", "grew_from")
                if name in lesson.words
            }
        )
        for lesson in typed.lessons
        if lesson.key != key
    )
    return replace(typed, lessons=kept, retired_keys=typed.retired_keys | {key})


def up(typed: Typed, key: str) -> Typed:
    """Move a lesson before the one of its kind that precedes it; the first stays."""
    alike = _alike(typed, key)
    at = alike.index(_place(typed, key))
    return _swapped(typed, alike[at - 1], alike[at]) if at > 0 else typed


def down(typed: Typed, key: str) -> Typed:
    """Move a lesson behind the one of its kind that follows it; the last stays."""
    alike = _alike(typed, key)
    at = alike.index(_place(typed, key))
    return _swapped(typed, alike[at], alike[at + 1]) if at < len(alike) - 1 else typed


def same(typed: Typed, argument: str) -> Typed:
    """Say of a difficulty that it is one of another case, or take that back; the argument is `KEY:CASE/KEY`."""
    key, _, unit = argument.partition(":")
    return _lesson_with(typed, key, "same_as", unit)


def bear(typed: Typed, argument: str) -> Typed:
    """Let a lesson bear a concept that was suggested, or no more; the argument is `KEY:FACET.CONCEPT`."""
    key, _, concept = argument.partition(":")
    facet, _, value = concept.partition(".")
    kind = typed.lessons[_place(typed, key)].kind
    fields = {each.value: name for each, name in FIELDS[kind].items()}
    return _lesson_with(typed, key, fields[facet], value) if facet in fields else typed


OPERATIONS: dict[str, Callable[[Typed, str], Typed]] = {
    "add": add,
    "answer": answer,
    "grow": grow,
    "remove": remove,
    "up": up,
    "down": down,
    "same": same,
    "tag": bear,
}
"""What a button named `op` may ask for, as `name:argument`; any other only saves."""


def operate(typed: Typed, op: str) -> Typed:
    """Give the form as a button leaves it; a button that no form has leaves it as it is."""
    name, _, argument = op.partition(":")
    subject = argument.partition(":")[0]
    known = {kind.value for kind in LessonKind} if name == "add" else {each.key for each in typed.lessons}
    return OPERATIONS[name](typed, argument) if name in OPERATIONS and subject in known else typed


def opened_by(op: str, before: Typed, after: Typed) -> str:
    """Give the key of the lesson at which the page opens afterwards: the one that was added, moved or given something."""
    name, _, argument = op.partition(":")
    touched = argument.partition(":")[0] if name in {"up", "down", "tag", "same"} else ""
    return next(iter(after.keys - before.keys), touched)


def with_lesson_of(typed: Typed, other: Typed, key: str) -> Typed:
    """Give the form with one lesson as the other form has it: its words, its place, or its absence."""
    theirs = {lesson.key: (place, lesson) for place, lesson in enumerate(other.lessons)}
    if key not in theirs:
        return remove(typed, key) if key in {lesson.key for lesson in typed.lessons} else typed
    place, lesson = theirs[key]
    lessons = [lesson if each.key == key else each for each in typed.lessons]
    if lesson not in lessons:
        lessons.insert(place, lesson)
    return replace(typed, lessons=tuple(lessons), retired_keys=typed.retired_keys - {key})


def _place(typed: Typed, key: str) -> int:
    return [lesson.key for lesson in typed.lessons].index(key)


def _alike(typed: Typed, key: str) -> list[int]:
    """Give the places of the lessons of the same kind: on a page they stand one below the other."""
    kind = typed.lessons[_place(typed, key)].kind
    return [place for place, lesson in enumerate(typed.lessons) if lesson.kind is kind]


def _swapped(typed: Typed, first: int, second: int) -> Typed:
    lessons = list(typed.lessons)
    lessons[first], lessons[second] = lessons[second], lessons[first]
    return replace(typed, lessons=tuple(lessons))


def _grown(typed: Typed, key: str, kind: LessonKind, reference: str) -> Typed:
    return _with_new(typed, kind, _place(typed, key) + 1, **{reference: (key,)})


def _with_new(typed: Typed, kind: LessonKind, place: int, **words: tuple[str, ...]) -> Typed:
    lesson = TypedLesson(words, kind=kind, key=free_key(kind, typed.keys))
    return replace(typed, lessons=(*typed.lessons[:place], lesson, *typed.lessons[place:]))


def _lesson_with(typed: Typed, key: str, name: str, value: str) -> Typed:
    """Give the form with a value more in a field of a lesson, or without it where it stood there."""
    lesson = typed.lessons[_place(typed, key)]
    held = lesson.many(name)
    chosen = tuple(each for each in held if each != value) if value in held else (*held, value)
    changed = lesson.having(**{name: chosen[-1:] if name in SINGLE else chosen})
    return replace(typed, lessons=tuple(changed if each is lesson else each for each in typed.lessons))
