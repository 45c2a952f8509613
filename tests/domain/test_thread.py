from __future__ import annotations

import pytest

from kb.domain.submission import Comment, Purpose
from kb.domain.thread import Thread, asked, by_path, paths, threads, waiting
from kb.domain.workflow import CLOSED, SubmissionStatus
from tests.fakes.clock import NOON
from tests.samples import a_case, a_submission


def comment(key: str, **fields: object) -> Comment:
    said: dict[str, object] = {"key": key, "at": NOON, "by": "carla", "round": 1, "text": key}
    return Comment.model_validate(said | fields)


COMMENTS = (
    comment("c1", about="summary"),
    comment("c2", about="lessons.logs.text", resolved_by="carla", resolved_at=NOON),
    comment("c3", answers="c1", by="anna"),
    comment("c4", purpose=Purpose.QUESTION, to="cyril"),
    comment("c5", answers="c4"),
)


def test_answers_stand_under_what_they_answer() -> None:
    assert [(each.key, [answer.key for answer in each.answers]) for each in threads(COMMENTS)] == [
        ("c1", ["c3"]),
        ("c2", []),
        ("c4", ["c5"]),
    ]


def test_an_answer_to_an_answer_that_opens_nothing_opens_a_thread() -> None:
    assert [each.key for each in threads((*COMMENTS, comment("c6", answers="c3")))] == [
        "c1",
        "c2",
        "c4",
        "c6",
    ]


def test_what_was_said_last_is_the_last_answer_or_the_opening() -> None:
    assert [each.last.key for each in threads(COMMENTS)] == ["c3", "c2", "c5"]


def test_what_is_resolved_or_asked_among_coordinators_does_not_wait_for_the_author() -> None:
    assert [each.key for each in waiting(a_submission(comments=COMMENTS))] == ["c1"]


@pytest.mark.parametrize("status", sorted(CLOSED))
def test_after_the_decision_nothing_waits(status: SubmissionStatus) -> None:
    assert waiting(a_submission(comments=COMMENTS, status=status)) == ()


def test_a_question_waits_until_the_one_who_was_asked_answers() -> None:
    submission = a_submission(comments=COMMENTS)
    assert [each.key for each in asked(submission, "cyril")] == ["c4"]
    assert asked(submission, "carla") == ()
    answered = a_submission(comments=(*COMMENTS, comment("c6", answers="c4", by="cyril")))
    assert asked(answered, "cyril") == ()


def test_threads_are_found_by_what_they_are_about_or_beside_which_they_stand() -> None:
    found = threads(COMMENTS)
    assert {path: [each.key for each in some] for path, some in by_path(found).items()} == {
        "summary": ["c1"],
        "lessons.logs.text": ["c2"],
        "": ["c4"],
    }
    above: tuple[Thread, ...] = by_path(found, lambda path: path.partition(".")[0])["lessons"]
    assert [each.key for each in above] == ["c2"]


def test_a_comment_may_be_about_the_whole_a_field_a_lesson_or_a_field_of_one() -> None:
    found = paths(a_case())
    assert found[:3] == ("", "title", "summary")
    assert {"audience.marking", "lessons.logs", "lessons.logs.categories", "lessons.border.obstacles"} <= {
        *found
    }
    assert not {"owner", "author", "lessons", "status", "lessons.logs.key", "lessons.logs.kind"} & {*found}
    assert len(found) == len({*found})
