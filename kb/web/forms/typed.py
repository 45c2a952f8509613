"""What was typed, word for word, before anybody judges it: a form is shown again from this, whatever was wrong in it.

Names of repeated groups are `lessons-0-title`; the number tells the order only, a lesson is known by its key.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from werkzeug.datastructures import MultiDict

from kb.domain.completeness import KIND_OF, Part
from kb.domain.lesson import LessonKind, free_key

GROUP_NAME = re.compile(r"(lessons|sources)-(\d{1,4})-([a-z_]{1,40})")
LESSON_KEY = re.compile(r"[a-z][a-z0-9-]{0,39}")

Words = Mapping[str, tuple[str, ...]]


class Step(NamedTuple):
    """One page of the task: the fields of the case that it holds, or the kind of lesson."""

    part: Part
    fields: frozenset[str] = frozenset()
    has_sources: bool = False

    @property
    def kind(self) -> LessonKind | None:
        """Give the kind of lesson that this page is about."""
        return KIND_OF.get(self.part)


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
            fields=Group(_without_foreign_session(single)),
            lessons=_lessons(lessons, retired_keys),
            sources=tuple(source for source in sources if not source.is_blank),
            retired_keys=retired_keys,
        )

    @property
    def keys(self) -> frozenset[str]:
        """Give every key that a new lesson must not have."""
        return frozenset(lesson.key for lesson in self.lessons) | self.retired_keys

    def upon(self, written: Typed, step: Step) -> Typed:
        """Give the whole form, of which only one page was sent: all else stands as it was written.

        What a page leaves out it does not take away: a lesson goes when its key is among the retired ones.
        """
        others = {name: words for name, words in written.fields.words.items() if name not in step.fields}
        sent = {name: words for name, words in self.fields.words.items() if name not in others}
        return replace(
            self,
            fields=Group({**others, **sent}),
            lessons=self._lessons_upon(written, step.kind),
            sources=self.sources if step.has_sources else written.sources,
        )

    def _lessons_upon(self, written: Typed, kind: LessonKind | None) -> tuple[TypedLesson, ...]:
        """Give the lessons of one kind as they were sent, in the places that this kind has, among all others."""
        kinds = {lesson.key: lesson.kind for lesson in written.lessons}
        sent = [each for each in self.lessons if each.kind is kind and kinds.get(each.key, kind) is kind]
        gone = self.retired_keys | {lesson.key for lesson in sent}
        own = [*sent, *(each for each in written.lessons if each.kind is kind and each.key not in gone)]
        places = [place for place, each in enumerate(written.lessons) if each.kind is kind]
        filled, more = dict(zip(places, own, strict=False)), own[len(places) :]
        last = places[-1] if places else len(written.lessons)
        found: list[TypedLesson] = []
        for place, each in enumerate(written.lessons):
            if each.kind is not kind or place in filled:
                found.append(filled.get(place, each))
            if place == last:
                found.extend(more)
        return (*found, *more) if not places else tuple(found)

    def titles(self, kind: str) -> tuple[tuple[str, str], ...]:
        """Give (key, title as typed) of the lessons of one kind, for others to refer to."""
        return tuple((lesson.key, lesson.one("title")) for lesson in self.lessons if lesson.kind == kind)


def _without_foreign_session(fields: Words) -> Words:
    """Leave a session out that was chosen from the programme of another event than the one that is chosen now."""
    offered_by = fields.get("session_of", ())
    kept = {name: values for name, values in fields.items() if name != "session_of"}
    if offered_by and offered_by != fields.get("event"):
        kept.pop("session", None)
    return kept


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
