"""What was typed, word for word, before anybody judges it: a form is shown again from this, whatever was wrong in it.

Names of repeated groups are `lessons-0-title`; the number tells the order only, a lesson is known by its key.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from werkzeug.datastructures import MultiDict

from kb.domain.lesson import LessonKind, free_key
from kb.domain.tag_suggestion import FIELDS

GROUP_NAME = re.compile(r"(lessons|sources)-(\d{1,4})-([a-z_]{1,40})")
LESSON_KEY = re.compile(r"[a-z][a-z0-9-]{0,39}")

SINGLE = frozenset({"stage"})
"""Fields of a lesson that hold one choice."""

Words = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Group:
    """The fields of one group by name, each with all that was sent under it."""

    words: Words = field(default_factory=dict)

    def one(self, name: str) -> str:
        """Give what was typed into a single field; empty where it was not sent."""
        return next(iter(self.words.get(name, ())), "")

    def many(self, name: str) -> tuple[str, ...]:
        """Give all values of a field that is sent once per choice, without empty ones."""
        return tuple(value for value in self.words.get(name, ()) if value)

    def having(self, **words: tuple[str, ...]) -> Group:
        """Give the group with these fields instead."""
        return Group({**self.words, **words})

    @property
    def is_blank(self) -> bool:
        """Say whether nothing at all was typed."""
        return not any(value.strip() for values in self.words.values() for value in values)


@dataclass(frozen=True)
class TypedLesson(Group):
    """A lesson as typed; its kind and key are always sound, because the form sets them and not the person."""

    kind: LessonKind = LessonKind.DIFFICULTY
    key: str = ""

    def having(self, **words: tuple[str, ...]) -> TypedLesson:
        """Give the lesson with these fields instead."""
        return replace(self, words={**self.words, **words})


@dataclass(frozen=True)
class Typed:
    """A whole form as typed. `retired_keys` are keys of lessons that were removed and must not come again."""

    fields: Group = field(default_factory=Group)
    lessons: tuple[TypedLesson, ...] = ()
    sources: tuple[Group, ...] = ()
    retired_keys: frozenset[str] = frozenset()

    @classmethod
    def read(cls, sent: MultiDict[str, str]) -> Typed:
        """Take apart what a browser sent; names that no form has do no harm."""
        single: dict[str, tuple[str, ...]] = {}
        groups: dict[tuple[str, int], dict[str, tuple[str, ...]]] = {}
        for name, values in sent.lists():
            if match := GROUP_NAME.fullmatch(name):
                groups.setdefault((match[1], int(match[2])), {})[match[3]] = tuple(values)
            else:
                single[name] = tuple(values)
        retired = " ".join(single.pop("retired_keys", ())).split()
        retired_keys = frozenset(key for key in retired if LESSON_KEY.fullmatch(key))
        lessons = [words for (name, _), words in sorted(groups.items()) if name == "lessons"]
        sources = [Group(words) for (name, _), words in sorted(groups.items()) if name == "sources"]
        return cls(
            fields=Group(single),
            lessons=_lessons(lessons, retired_keys),
            sources=tuple(source for source in sources if not source.is_blank),
            retired_keys=retired_keys,
        )

    @property
    def keys(self) -> frozenset[str]:
        """Give every key that a new lesson must not have."""
        return frozenset(lesson.key for lesson in self.lessons) | self.retired_keys

    def titles(self, kind: str) -> tuple[tuple[str, str], ...]:
        """Give (key, title as typed) of the lessons of one kind, for others to refer to."""
        return tuple((lesson.key, lesson.one("title")) for lesson in self.lessons if lesson.kind == kind)


def _lessons(
    found: Sequence[Mapping[str, tuple[str, ...]]], retired: frozenset[str]
) -> tuple[TypedLesson, ...]:
    """Give the lessons, each with a kind and a key of its own whatever was sent."""
    kinds = {kind.value: kind for kind in LessonKind}
    sent = {Group(words).one("key") for words in found}
    taken = {key for key in sent | retired if LESSON_KEY.fullmatch(key)}
    used: set[str] = set()
    lessons: list[TypedLesson] = []
    for words in found:
        rest = {name: values for name, values in words.items() if name not in {"kind", "key"}}
        kind = kinds.get(Group(words).one("kind"), LessonKind.DIFFICULTY)
        key = Group(words).one("key")
        if key not in taken or key in used:
            key = free_key(kind, taken | used)
        used.add(key)
        lessons.append(TypedLesson(rest, kind=kind, key=key))
    return tuple(lessons)


# -- what the buttons of the form do, each from one form to the next ---------------------------------------------------


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
    """Move a lesson one place towards the beginning; the first stays."""
    place = _place(typed, key)
    return _swapped(typed, place - 1, place) if place > 0 else typed


def down(typed: Typed, key: str) -> Typed:
    """Move a lesson one place towards the end; the last stays."""
    place = _place(typed, key)
    return _swapped(typed, place, place + 1) if 0 <= place < len(typed.lessons) - 1 else typed


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


def _lesson_with(typed: Typed, key: str, name: str, value: str) -> Typed:
    """Give the form with a value more in a field of a lesson, or without it where it stood there."""
    lesson = typed.lessons[_place(typed, key)]
    held = lesson.many(name)
    chosen = tuple(each for each in held if each != value) if value in held else (*held, value)
    changed = lesson.having(**{name: chosen[-1:] if name in SINGLE else chosen})
    return replace(typed, lessons=tuple(changed if each is lesson else each for each in typed.lessons))


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
    known = {kind.value for kind in LessonKind} if name == "add" else typed.keys - typed.retired_keys
    about = argument.partition(":")[0]
    return OPERATIONS[name](typed, argument) if name in OPERATIONS and about in known else typed


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


def _swapped(typed: Typed, first: int, second: int) -> Typed:
    lessons = list(typed.lessons)
    lessons[first], lessons[second] = lessons[second], lessons[first]
    return replace(typed, lessons=tuple(lessons))


def _grown(typed: Typed, key: str, kind: LessonKind, reference: str) -> Typed:
    return _with_new(typed, kind, _place(typed, key) + 1, **{reference: (key,)})


def _with_new(typed: Typed, kind: LessonKind, place: int, **words: tuple[str, ...]) -> Typed:
    lesson = TypedLesson(words, kind=kind, key=free_key(kind, typed.keys))
    return replace(typed, lessons=(*typed.lessons[:place], lesson, *typed.lessons[place:]))
