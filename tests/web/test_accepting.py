"""Accepting, by a click, that a difficulty was told already, and what a lesson may bear."""

from __future__ import annotations

import pytest

from kb.domain.lesson import CrossBorderIssue, Difficulty, Lesson
from kb.web.forms.case import CaseForm
from tests.web.typed_case import FULL, again, persons, sent

pytestmark = pytest.mark.usefixtures("request_for_forms")


def pressed(op: str, form: CaseForm | None = None) -> CaseForm:
    return CaseForm.sent(sent(form or again(FULL), op=op), originator=True)


def lesson_of(form: CaseForm, key: str) -> Lesson:
    case = form.value(persons)
    assert case is not None
    lesson = case.lesson(key)
    assert lesson is not None
    return lesson


def test_a_difficulty_is_said_to_be_one_of_another_case_and_that_is_taken_back_by_the_same_button() -> None:
    said = pressed("same:d1:theirs/logs")
    lesson = lesson_of(said, "d1")
    assert isinstance(lesson, Difficulty)
    assert lesson.same_as == ("elsewhere/d9", "theirs/logs")
    assert said.target == "d1"
    back = lesson_of(pressed("same:d1:theirs/logs", said), "d1")
    assert isinstance(back, Difficulty)
    assert back.same_as == ("elsewhere/d9",)


def test_a_suggested_concept_goes_to_the_field_of_its_kind() -> None:
    difficulty = lesson_of(pressed("tag:d1:difficulty.new-one"), "d1")
    assert isinstance(difficulty, Difficulty)
    assert difficulty.categories[-1] == "new-one"
    staged = lesson_of(pressed("tag:d1:stage.triage"), "d1")
    assert isinstance(staged, Difficulty)
    assert staged.stage == "triage"
    assert lesson_of(pressed("tag:d1:tag.fresh"), "d1").tags[-1] == "fresh"
    border = lesson_of(pressed("tag:b1:difficulty.new-one"), "b1")
    assert isinstance(border, CrossBorderIssue)
    assert border.obstacles[-1] == "new-one"


@pytest.mark.parametrize(
    "op", ["same:zz:theirs/logs", "tag:zz:tag.fresh", "tag:d1:channel.eio", "tag:d1", "same"]
)
def test_a_button_that_no_form_has_leaves_the_words_as_they_are(op: str) -> None:
    assert pressed(op).value(persons) == FULL


def test_a_forged_name_of_a_lesson_costs_no_word() -> None:
    form = pressed("same:d1:../../etc")
    assert form.value(persons) is None
    assert form.typed.titles("difficulty") == again(FULL).typed.titles("difficulty")
