from __future__ import annotations

import pytest

from kb.domain.case_study import CaseStudy
from kb.domain.completeness import ROWS, Part, Progress, completeness, part_of, tasks
from kb.domain.lesson import CrossBorderIssue, Difficulty, Outcome, Solution
from kb.domain.marking import Audience, Marking
from tests.samples import a_case


def progress(case: CaseStudy) -> dict[Part, Progress]:
    return {task.part: task.progress for task in tasks(case)}


class TestTasks:
    def test_an_empty_draft_has_three_parts_that_are_needed_and_three_that_are_not(self) -> None:
        empty = CaseStudy()
        assert progress(empty) == {
            Part.ABOUT: Progress.NOT_BEGUN,
            Part.DIFFICULTIES: Progress.NOT_BEGUN,
            Part.SOLUTIONS: Progress.OPTIONAL,
            Part.PRACTICES: Progress.OPTIONAL,
            Part.BORDERS: Progress.OPTIONAL,
            Part.AUDIENCE: Progress.COMPLETE,
        }

    def test_a_case_that_can_be_submitted_is_complete_in_all_that_it_tells(self) -> None:
        assert set(progress(a_case()).values()) == {Progress.COMPLETE}

    def test_a_lesson_of_another_kind_makes_difficulties_optional(self) -> None:
        case = a_case(lessons=(Solution(key="s1", title="T", text="X"),))
        assert progress(case)[Part.DIFFICULTIES] is Progress.OPTIONAL

    def test_what_lacks_something_is_begun_and_says_what(self) -> None:
        case = a_case(
            summary="", lessons=(Difficulty(key="d1", title="T"),), audience=Audience(marking=Marking.RED)
        )
        found = {task.part: task for task in tasks(case)}
        assert [path for path, _ in found[Part.ABOUT].problems] == ["summary"]
        assert [path for path, _ in found[Part.DIFFICULTIES].problems] == ["lessons.d1.text"]
        assert [path for path, _ in found[Part.AUDIENCE].problems] == ["audience.persons"]
        assert {found[part].progress for part in (Part.ABOUT, Part.DIFFICULTIES, Part.AUDIENCE)} == {
            Progress.BEGUN
        }

    @pytest.mark.parametrize(
        ("path", "part"),
        [
            ("title", Part.ABOUT),
            ("sources.0.title", Part.ABOUT),
            ("owner", Part.ABOUT),
            ("lessons", Part.DIFFICULTIES),
            ("lessons.nowhere.text", Part.DIFFICULTIES),
            ("lessons.logs.text", Part.DIFFICULTIES),
            ("lessons.preserve", Part.SOLUTIONS),
            ("lessons.template.tags", Part.PRACTICES),
            ("lessons.border.channels", Part.BORDERS),
            ("audience.persons", Part.AUDIENCE),
        ],
    )
    def test_a_field_belongs_to_the_part_on_whose_page_it_is_written(self, path: str, part: Part) -> None:
        assert part_of(a_case(), path) is part


class TestCompleteness:
    def test_an_empty_draft_tells_nothing_and_is_asked_for_the_most_helpful_first(self) -> None:
        found = completeness(CaseStudy())
        assert found.percent == 0
        assert [want.path for want in found.wants][:3] == ["title", "summary", "lessons"]

    def test_a_case_that_tells_everything_lacks_nothing(self) -> None:
        full = a_case(
            phenomena=("grooming",), period={"start": "2019"}, contact="Desk", stages=("attribution",)
        )
        assert completeness(full) == completeness(full).model_copy(update={"percent": 100, "wants": ()})

    def test_what_does_not_apply_is_not_asked_for(self) -> None:
        asked = {want.sentence for want in completeness(CaseStudy()).wants}
        conditional = {row.sentence for row in ROWS if not row.applies(CaseStudy())}
        assert len(conditional) == 5
        assert not asked & conditional

    def test_each_want_leads_to_the_first_place_where_it_is_missing(self) -> None:
        case = a_case(
            lessons=(
                Difficulty(key="d1", title="Answered", categories=("cgnat-attribution",)),
                Difficulty(key="d2", title="Not answered"),
                Solution(key="s1", title="T", answers=("d1",)),
                CrossBorderIssue(key="b1", title="T"),
            )
        )
        wants = [(want.part, want.path) for want in completeness(case).wants]
        assert wants[:3] == [
            (Part.DIFFICULTIES, "lessons.d2"),
            (Part.SOLUTIONS, "lessons.s1.outcome"),
            (Part.DIFFICULTIES, "lessons.d2.categories"),
        ]
        assert (Part.BORDERS, "lessons.b1.channels") in wants
        assert (Part.PRACTICES, "lessons") in wants

    def test_each_thing_told_makes_it_more_complete(self) -> None:
        steps = (
            CaseStudy(),
            CaseStudy(title="T"),
            CaseStudy(title="T", summary="S"),
            CaseStudy(
                title="T", summary="S", lessons=(Difficulty(key="d1"), Solution(key="s1", answers=("d1",)))
            ),
            a_case(),
        )
        percents = [completeness(case).percent for case in steps]
        assert percents == sorted(set(percents))

    def test_an_outcome_counts_also_when_it_was_a_failure(self) -> None:
        failed = a_case(lessons=(Solution(key="s1", title="T", text="X", outcome=Outcome.FAILED),))
        assert not any(want.path.endswith("outcome") for want in completeness(failed).wants)
