from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from kb.domain.lesson import CLASS_OF, PREFIX, CrossBorderIssue, Lesson, LessonKind, free_key

LESSON: TypeAdapter[Lesson] = TypeAdapter(Lesson)


@pytest.mark.parametrize("kind", list(LessonKind))
def test_the_kind_decides_which_lesson_is_read(kind: LessonKind) -> None:
    lesson = LESSON.validate_python({"kind": kind.value, "key": "k1"})

    assert type(lesson) is CLASS_OF[kind]


def test_a_field_of_another_kind_is_refused() -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        LESSON.validate_python({"kind": "difficulty", "key": "k1", "answers": ["d1"]})


@pytest.mark.parametrize("key", ["", "1", "Logs", "logs gone", "a" * 41, "d1\n"])
def test_a_key_that_cannot_stand_in_a_link_is_refused(key: str) -> None:
    with pytest.raises(ValidationError):
        LESSON.validate_python({"kind": "difficulty", "key": key})


@pytest.mark.parametrize("days", [-1, 36_501])
def test_elapsed_days_are_days_of_a_human_life(days: int) -> None:
    with pytest.raises(ValidationError):
        CrossBorderIssue(key="b1", elapsed_days=days)


@pytest.mark.parametrize("kind", list(LessonKind))
def test_the_first_lesson_of_a_kind_has_number_one(kind: LessonKind) -> None:
    assert free_key(kind, ()) == f"{PREFIX[kind]}1"


def test_a_new_key_fills_no_gap_and_ignores_words() -> None:
    assert free_key(LessonKind.DIFFICULTY, ("d1", "d7", "s9", "delay", "d2x")) == "d8"
