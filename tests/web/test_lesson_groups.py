"""Lessons as repeating groups of the form: their keys, their order, their buttons."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from kb.domain.case_study import MOST_LESSONS, CaseStudy
from kb.domain.lesson import (
    Difficulty,
    LessonKind,
    free_key,
)
from kb.web.forms.case import CaseForm
from kb.web.forms.typed import Typed
from tests.web.typed_case import FULL, again, persons, problems, sent

pytestmark = pytest.mark.usefixtures("request_for_forms")


class TestLessons:
    def test_get_the_next_free_key_of_their_kind(self) -> None:
        form = again(FULL, op="add:difficulty")
        assert [lesson.key for lesson in form.typed.lessons] == ["d1", "s1", "p1", "b1", "d2"]
        assert form.target == "d2"

    def test_a_key_is_never_given_twice(self) -> None:
        assert free_key(LessonKind.SOLUTION, {"s1", "s7", "d9", "story", "s"}) == "s8"
        removed = again(FULL, op="remove:s1")
        added = CaseForm.sent(sent(removed, op="add:solution"), originator=True)
        assert added.target == "s2"

    def test_a_solution_is_added_right_after_the_difficulty_it_answers(self) -> None:
        form = again(FULL, op="answer:d1")
        assert [lesson.key for lesson in form.typed.lessons] == ["d1", "s2", "s1", "p1", "b1"]
        assert form.typed.lessons[1].many("answers") == ("d1",)

    def test_a_practice_is_added_right_after_the_solution_it_grew_from(self) -> None:
        form = again(FULL, op="grow:s1")
        assert [lesson.key for lesson in form.typed.lessons] == ["d1", "s1", "p2", "p1", "b1"]
        assert form.typed.lessons[2].many("grew_from") == ("s1",)

    def test_removing_one_takes_it_out_of_the_others_too(self) -> None:
        form = again(FULL, op="remove:d1")
        case = form.value(persons)
        assert case is not None
        assert [lesson.key for lesson in case.lessons] == ["s1", "p1", "b1"]
        assert case.solutions[0].answers == ()
        assert form.typed.retired_keys == {"d1"}

    @pytest.mark.parametrize(
        ("op", "order", "target"),
        [
            ("up:s1", ["d1", "s1", "p1", "b1"], "s1"),
            ("down:s1", ["d1", "s1", "p1", "b1"], "s1"),
            ("up:d1", ["d1", "s1", "p1", "b1"], "d1"),
            ("down:b1", ["d1", "s1", "p1", "b1"], "b1"),
            ("finish", ["d1", "s1", "p1", "b1"], ""),
            ("remove:zz", ["d1", "s1", "p1", "b1"], ""),
            ("add:anything", ["d1", "s1", "p1", "b1"], ""),
            ("explode:d1", ["d1", "s1", "p1", "b1"], ""),
        ],
    )
    def test_move_and_stay_as_the_button_says(self, op: str, order: list[str], target: str) -> None:
        form = again(FULL, op=op)
        assert [lesson.key for lesson in form.typed.lessons] == order
        assert form.target == target

    def test_move_past_those_of_other_kinds_to_the_next_of_their_own(self) -> None:
        two = FULL.model_copy(update={"lessons": (*FULL.lessons, Difficulty(key="d2"))})
        for op in ("up:d2", "down:d1"):
            assert [lesson.key for lesson in again(two, op=op).typed.lessons] == [
                "d2",
                "s1",
                "p1",
                "b1",
                "d1",
            ]

    def test_references_to_lessons_of_another_kind_are_left_out(self) -> None:
        case = again(FULL, **{"lessons-1-answers": ["d1", "p1", "d77"]}).value(persons)
        assert case is not None
        assert case.solutions[0].answers == ("d1",)

    def test_lost_doubled_and_unsound_keys_are_replaced(self) -> None:
        words: MultiDict[str, str] = MultiDict()
        for place, key in enumerate(["d1", "d1", "", "../x", "d2"]):
            words.update({f"lessons-{place}-title": str(place), f"lessons-{place}-key": key})
        typed = Typed.read(words)
        assert [lesson.key for lesson in typed.lessons] == ["d1", "d3", "d4", "d5", "d2"]
        assert [lesson.one("title") for lesson in typed.lessons] == list("01234")

    def test_keep_the_order_of_their_numbers(self) -> None:
        words = MultiDict({"lessons-10-title": "ten", "lessons-9-title": "nine"})
        assert [lesson.one("title") for lesson in Typed.read(words).lessons] == ["nine", "ten"]

    def test_a_case_holds_so_many_and_no_more(self) -> None:
        lessons = tuple(Difficulty(key=f"d{number}") for number in range(1, MOST_LESSONS + 1))
        form = again(CaseStudy(lessons=lessons), op="add:solution")
        assert len(form.typed.lessons) == MOST_LESSONS
        assert "nothing was added" in problems(form)["lessons"][0]

    def test_too_many_sent_at_once_are_refused_with_their_words(self) -> None:
        words = MultiDict({f"lessons-{number}-title": "x" for number in range(MOST_LESSONS + 1)})
        form = CaseForm.sent(words, originator=True)
        assert "at most 60 lessons" in problems(form)["lessons"][0]
        assert len(form.typed.lessons) == MOST_LESSONS + 1
