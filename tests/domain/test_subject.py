from __future__ import annotations

import datetime as dt

import pytest
from pydantic import ValidationError

from kb.domain.case_study import CaseStatus
from kb.domain.discussion import Discussion
from kb.domain.event import Event, Question, Workshop
from kb.domain.record import Kind
from kb.domain.revision import RecordRef
from kb.domain.subject import Subject, begun_about, closed_on, discussion_of, subject_of, topics_of
from tests.samples import a_case

DAY = dt.date(2026, 11, 22)
NIGHT = dt.timedelta(days=1)
WORKSHOP = Event(questions=(Question(key="q1", text="Which?"),), workshop=Workshop(opens=DAY, closes=DAY))


@pytest.mark.parametrize(
    ("kind", "name"), [(Kind.CASE_STUDY, "discussion/seven"), (Kind.EVENT, "discussion/event.seven")]
)
def test_a_discussion_is_named_by_what_it_is_about(kind: Kind, name: str) -> None:
    subject = RecordRef(kind=kind, id="seven")

    assert str(discussion_of(subject)) == name
    assert subject_of(begun_about(subject)) == subject


@pytest.mark.parametrize("about", [{}, {"case": "seven", "event": "vienna"}])
def test_a_discussion_is_about_one_thing(about: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="one case or one event"):
        Discussion.model_validate(about)


def test_lessons_of_a_case_and_questions_of_an_event_are_asked_about() -> None:
    assert topics_of(a_case())["border"] == "The request was rejected on form"
    assert topics_of(WORKSHOP) == {"q1": "Which?"}


@pytest.mark.parametrize(
    ("subject", "day", "sentence"),
    [
        (a_case(), DAY, ""),
        (a_case(status=CaseStatus.RETIRED), DAY, "no longer current"),
        (WORKSHOP, DAY, ""),
        (WORKSHOP, DAY - NIGHT, "not opened yet"),
        (WORKSHOP, DAY + NIGHT, "is over"),
        (Event(), DAY, "no workshop period"),
    ],
)
def test_why_nothing_is_written_now_is_told(subject: Subject, day: dt.date, sentence: str) -> None:
    closed = closed_on(subject, day)

    assert sentence in closed
    assert bool(closed) == bool(sentence)
