"""Canaries: words that stand nowhere else, in every text, tag, key and name of a record.

The models are walked, so a field that somebody adds tomorrow carries one by itself.
"""

from __future__ import annotations

import datetime as dt
import re
import types
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from random import Random
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import AfterValidator, BaseModel, StringConstraints

from kb.domain.case_study import CaseStudy
from kb.domain.country import CODES, known_country
from kb.domain.dump import strings_in
from kb.domain.lesson import LessonKind

B = TypeVar("B", bound=BaseModel)

CANARY = re.compile(r"canary[a-z]{4,}")
"""Also a canary that was cut off is one: whoever tells half a word tells it."""
LENGTH = 10
DAY = dt.date(2026, 8, 1)
COMPANY = ("retention", "retained", "logs", "requests", "warrant", "provider")
"""Words that texts share, so that each record would weigh on what is found of the others."""
PLAIN: dict[type, object] = {
    bool: False,
    int: 1,
    dt.date: DAY,
    dt.datetime: dt.datetime(2026, 8, 1, tzinfo=dt.UTC),
}
"""What stands in a field that can hold no word."""
PATTERNED = ("en", "2007-09", "0" * 16, "p1")
"""What stands in a text that is no free text: the first that its pattern takes."""


def canaries_in(text: str) -> frozenset[str]:
    """Give the canaries, whole and cut off, that a text tells."""
    return frozenset(CANARY.findall(text))


def told_by(value: BaseModel) -> frozenset[str]:
    """Give the canaries that a value holds anywhere."""
    return canaries_in("\n".join(strings_in(value.model_dump(mode="json"))))


class Canaries:
    """Draws words, each once, and countries, each once until there are no others, and sows them into models."""

    def __init__(self, seed: int | str = 0) -> None:
        self._chance = Random(f"canaries {seed}")
        self._countries: list[str] = []

    def word(self) -> str:
        """Draw a canary."""
        return "canary" + "".join(self._chance.choices("abcdefghijklmnoprstuvwxy", k=LENGTH))

    def sown(self, model: type[B], **given: object) -> B:
        """Make a value of `model` with a canary in every field that is not given."""
        plain = self._plain(model) | given
        if model is CaseStudy:
            plain["lessons"] = given.get("lessons") or _referring(plain["lessons"])
        return model.model_validate(plain)

    def _plain(self, model: type[BaseModel]) -> dict[str, Any]:
        hints = get_type_hints(model, include_extras=True)
        return {name: self._filled(hints[name]) for name in model.model_fields}

    def _filled(self, hint: Any) -> Any:
        origin, parts = get_origin(hint), get_args(hint)
        if origin is Annotated:
            return self._text(parts[1:]) if parts[0] is str else self._filled(parts[0])
        if origin in {Union, types.UnionType}:
            return self._filled(next(part for part in parts if part is not type(None)))
        if origin is tuple:
            return tuple(self._filled(each) for each in _members(parts[0]))
        if origin is Literal:
            return parts[0]
        return self._single(hint)

    def _single(self, hint: type) -> Any:
        if issubclass(hint, BaseModel):
            return self._plain(hint)
        if issubclass(hint, Enum):
            return next(iter(hint))
        return self.word() if hint is str else PLAIN[hint]

    def _country(self) -> str:
        if not self._countries:
            self._countries = sorted(CODES - {"AT", "BE", "FR"})
            self._chance.shuffle(self._countries)
        return self._countries.pop()

    def _text(self, rules: tuple[Any, ...]) -> str:
        if any(isinstance(rule, AfterValidator) and rule.func is known_country for rule in rules):
            return self._country()
        patterns = [rule.pattern for rule in rules if isinstance(rule, StringConstraints) and rule.pattern]
        word = self.word()
        if not patterns:
            return f"{word} {' '.join(self._chance.sample(COMPANY, 3))}"
        tries = (word, f"https://{word}.example/", f"{word}/d1", *PATTERNED)
        return next(text for text in tries if all(re.search(pattern, text) for pattern in patterns))


def _members(hint: Any) -> Iterator[Any]:
    """Give what a tuple is filled with: one of each class where several may stand in it."""
    inner = get_args(hint)[0] if get_origin(hint) is Annotated else hint
    several = get_origin(inner) in {Union, types.UnionType}
    yield from get_args(inner) if several else (hint,)


def _referring(lessons: tuple[dict[str, Any], ...]) -> tuple[Mapping[str, Any], ...]:
    """Let lessons refer to lessons that there are."""
    key = {lesson["kind"]: lesson["key"] for lesson in lessons}
    refers: dict[LessonKind, Callable[[], Mapping[str, Any]]] = {
        LessonKind.SOLUTION: lambda: {"answers": (key[LessonKind.DIFFICULTY],)},
        LessonKind.GOOD_PRACTICE: lambda: {"grew_from": (key[LessonKind.SOLUTION],)},
    }
    return tuple({**lesson, **refers.get(lesson["kind"], dict)()} for lesson in lessons)
