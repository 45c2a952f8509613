"""One page of the form over a whole text: what it holds replaces what was written, and nothing else does."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from werkzeug.datastructures import MultiDict

from kb.domain.case_study import CaseStudy
from kb.domain.completeness import Part
from kb.domain.lesson import Difficulty, Solution
from kb.web.forms.case import CaseForm
from kb.web.forms.fields import CASE_FIELDS, ORIGINATOR_FIELDS, STEPS
from tests.web.typed_case import FULL, persons, sent

pytestmark = pytest.mark.usefixtures("request_for_forms")


def page(part: Part, words: Mapping[str, str] | None = None, *, written: CaseStudy = FULL) -> CaseForm:
    """Send the page of a part with these words alone."""
    return CaseForm.sent(MultiDict(words or {}), originator=True, step=STEPS[part], written=written)


def value(form: CaseForm) -> CaseStudy:
    case = form.value(persons)
    assert case is not None, form.errors
    return case


def keys(form: CaseForm) -> list[str]:
    return [lesson.key for lesson in form.typed.lessons]


def test_every_field_of_a_case_stands_on_one_page_and_no_page_has_another() -> None:
    names = [name for step in STEPS.values() for name in step.fields]
    known = {field.name for field in (*CASE_FIELDS, *ORIGINATOR_FIELDS)} | {"audience_addresses"}
    assert sorted(names) == sorted(known)
    assert set(STEPS) == set(Part)
    assert [part for part, step in STEPS.items() if step.has_sources] == [Part.ABOUT]


@pytest.mark.parametrize("part", list(Part))
def test_a_page_sent_as_it_is_shown_changes_nothing(part: Part) -> None:
    shown = CaseForm.of(FULL, originator=True, step=STEPS[part])
    assert value(CaseForm.sent(sent(shown), originator=True, step=STEPS[part], written=FULL)) == FULL


def test_a_page_changes_its_own_fields_alone() -> None:
    case = value(page(Part.ABOUT, {"title": "New title", "summary": "New.", "marking": "CLEAR"}))
    assert (case.title, case.summary, case.tags) == ("New title", "New.", ())
    assert (case.audience, case.lessons) == (FULL.audience, FULL.lessons)


def test_boxes_that_are_no_longer_ticked_are_taken_off_on_their_own_page_alone() -> None:
    assert value(page(Part.AUDIENCE, {"marking": "GREEN"})).audience.chatham_house is False
    assert value(page(Part.SOLUTIONS)).audience.chatham_house is True


def test_a_lesson_that_the_page_does_not_send_stays() -> None:
    assert value(page(Part.DIFFICULTIES)) == FULL


def test_lessons_of_another_kind_are_not_changed_by_a_page() -> None:
    forged = {"lessons-0-key": "s1", "lessons-0-kind": "solution", "lessons-0-title": "Forged"}
    assert value(page(Part.DIFFICULTIES, forged)) == FULL
    disguised = {"lessons-0-key": "s1", "lessons-0-kind": "difficulty", "lessons-0-title": "Disguised"}
    assert value(page(Part.DIFFICULTIES, disguised)) == FULL


def test_lessons_of_the_page_keep_the_places_of_their_kind_and_new_ones_follow() -> None:
    written = FULL.model_copy(update={"lessons": (*FULL.lessons, Difficulty(key="d2", title="Second"))})
    words = {
        f"lessons-{place}-{name}": each
        for place, (key, title) in enumerate([("d2", "Second"), ("d1", "First"), ("d9", "New")])
        for name, each in (("key", key), ("kind", "difficulty"), ("title", title))
    }
    assert keys(page(Part.DIFFICULTIES, words, written=written)) == ["d2", "s1", "p1", "b1", "d1", "d9"]


def test_the_first_lesson_of_a_kind_stands_at_the_end() -> None:
    written = FULL.model_copy(update={"lessons": FULL.lessons[:1]})
    assert keys(page(Part.BORDERS, {"op": "add:cross-border-issue"}, written=written)) == ["d1", "b1"]


def test_a_removed_lesson_is_gone_from_lessons_on_other_pages() -> None:
    form = page(Part.DIFFICULTIES, {"op": "remove:d1"})
    assert keys(form) == ["s1", "p1", "b1"]
    assert value(form).solutions[0].answers == ()
    again = page(Part.DIFFICULTIES, {"retired_keys": "d1", "title": "ignored"})
    assert keys(again) == ["s1", "p1", "b1"]


@pytest.mark.parametrize(
    ("part", "name", "shown"),
    [
        (Part.ABOUT, "title", True),
        (Part.ABOUT, "sources-0-url", True),
        (Part.ABOUT, "sources", True),
        (Part.ABOUT, "marking", False),
        (Part.ABOUT, "lessons", False),
        (Part.SOLUTIONS, "lessons", True),
        (Part.SOLUTIONS, "lessons-1-text", True),
        (Part.SOLUTIONS, "lessons-0-text", False),
        (Part.SOLUTIONS, "", False),
        (Part.AUDIENCE, "audience_addresses", True),
    ],
)
def test_it_is_known_whether_a_link_on_the_page_can_lead_to_a_field(
    part: Part, name: str, shown: bool
) -> None:
    assert page(part).shows(name) is shown


class TestButtons:
    def test_a_suggested_tag_is_put_on_its_lesson_and_no_typed_word_is_lost(self) -> None:
        form = page(
            Part.DIFFICULTIES,
            {
                "op": "tag:d1:tag.preserve-first",
                "lessons-0-key": "d1",
                "lessons-0-kind": "difficulty",
                "lessons-0-text": "Typed.",
            },
        )
        lesson = value(form).difficulties[0]
        assert (lesson.tags, lesson.text, form.target) == (("preserve-first",), "Typed.", "d1")

    def test_the_same_difficulty_of_another_case_is_named_once_and_taken_back(self) -> None:
        form = page(Part.DIFFICULTIES, {"op": "same:d1:other/d1"})
        before = FULL.difficulties[0].same_as
        assert value(form).difficulties[0].same_as == (*before, "other/d1")
        back = CaseForm.sent(sent(form, op="same:d1:other/d1"), originator=True)
        assert value(back).difficulties[0].same_as == before

    def test_a_solution_is_added_from_the_page_of_solutions_to_a_difficulty(self) -> None:
        form = page(Part.SOLUTIONS, {"op": "answer:d1"})
        assert (keys(form), form.target) == (["d1", "s2", "s1", "p1", "b1"], "s2")
        assert isinstance(value(form).lesson("s2"), Solution)


class TestTaking:
    THEIRS = FULL.model_copy(
        update={
            "title": "Theirs",
            "period": None,
            "lessons": (
                FULL.lessons[0].model_copy(update={"text": "Theirs.", "title": "T"}),
                *FULL.lessons[2:],
            ),
        }
    )

    def taken(self, part: str) -> CaseStudy:
        form = CaseForm.of(FULL, originator=True)
        form.take(self.THEIRS, part)
        return value(form)

    def test_a_field_of_a_lesson_is_taken_without_the_others(self) -> None:
        lesson = self.taken("lessons.d1.text").difficulties[0]
        assert (lesson.text, lesson.title) == ("Theirs.", "Logs were gone")

    def test_a_lesson_is_taken_as_a_whole_also_its_absence(self) -> None:
        assert self.taken("lessons.d1").difficulties[0].title == "T"
        assert self.taken("lessons.s1").lesson("s1") is None

    def test_a_field_is_taken_with_all_that_belongs_to_it(self) -> None:
        case = self.taken("period")
        assert (case.period, case.title) == (None, FULL.title)
