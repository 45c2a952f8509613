from __future__ import annotations

import datetime as dt

import pytest
from pydantic import ValidationError

from kb.domain.errors import Invalid, WrongState
from kb.domain.event import (
    Call,
    Event,
    EventStatus,
    Phase,
    Question,
    Session,
    Workshop,
    event_after,
)
from kb.domain.marking import OFFICERS_VIEWER, Audience, Viewer
from kb.domain.workflow import Action
from tests.samples import VIENNA

DAY = dt.date(2007, 9, 13)
NIGHT = dt.timedelta(days=1)
WHICH = Question(key="q1", text="Which?")


@pytest.mark.parametrize(("start", "end"), [(None, None), (DAY, None), (None, DAY), (DAY, DAY)])
def test_an_event_may_have_either_day_or_none(start: dt.date | None, end: dt.date | None) -> None:
    assert Event(start=start, end=end).end == end


def test_an_event_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValidationError, match="ends before it starts"):
        Event(start=DAY, end=DAY - dt.timedelta(days=1))


def test_questions_that_were_written_as_lines_get_a_key_each_in_their_order() -> None:
    event = Event.model_validate({"questions": ["Which?", "How?"]})

    assert event.questions == (Question(key="q1", text="Which?"), Question(key="q2", text="How?"))
    assert Event.model_validate(event.model_dump()) == event


def test_questions_that_are_no_list_are_refused() -> None:
    with pytest.raises(ValidationError, match="tuple"):
        Event.model_validate({"questions": 7})


def test_a_question_and_a_session_do_not_share_a_key() -> None:
    with pytest.raises(ValidationError, match="'q1'"):
        Event(questions=(WHICH,), programme=(Session(key="q1", title="A talk"),))


def test_topics_are_the_questions_and_then_the_sessions() -> None:
    event = Event(questions=(WHICH,), programme=(Session(key="talk", title="A talk"),))

    assert list(event.topics.items()) == [("q1", "Which?"), ("talk", "A talk")]
    assert event.session("talk") == event.programme[0]
    assert event.session(None) is None


@pytest.mark.parametrize(
    ("day", "status", "phase"),
    [
        (DAY, EventStatus.PUBLISHED, Phase.OPEN),
        (DAY + NIGHT, EventStatus.PUBLISHED, Phase.CLOSED),
        (DAY, EventStatus.CANCELLED, Phase.CLOSED),
    ],
)
def test_a_call_is_open_to_the_end_of_its_last_day(day: dt.date, status: EventStatus, phase: Phase) -> None:
    assert Event(call=Call(text="A case", deadline=DAY), status=status).call_on(day) is phase


@pytest.mark.parametrize(
    ("day", "status", "phase"),
    [
        (DAY - NIGHT, EventStatus.PUBLISHED, Phase.COMING),
        (DAY, EventStatus.PUBLISHED, Phase.OPEN),
        (DAY + NIGHT, EventStatus.PUBLISHED, Phase.OPEN),
        (DAY + 2 * NIGHT, EventStatus.PUBLISHED, Phase.CLOSED),
        (DAY - NIGHT, EventStatus.CANCELLED, Phase.CLOSED),
    ],
)
def test_a_workshop_is_open_on_its_days_alone(day: dt.date, status: EventStatus, phase: Phase) -> None:
    event = Event(workshop=Workshop(opens=DAY, closes=DAY + NIGHT), status=status)

    assert event.workshop_on(day) is phase


def test_an_event_without_call_and_workshop_has_no_phases() -> None:
    assert (Event().call_on(DAY), Event().workshop_on(DAY)) == (Phase.NONE, Phase.NONE)


def test_a_workshop_that_closes_before_it_opens_is_refused() -> None:
    with pytest.raises(ValidationError, match="closes before it opens"):
        Workshop(opens=DAY, closes=DAY - NIGHT)


def test_an_event_needs_a_title_and_a_call_says_what_is_asked() -> None:
    event = Event(call=Call(deadline=DAY))

    assert [field for field, _ in event.problems] == ["title", "call_text"]
    assert Event(title="Vienna", call=Call(text="A case", deadline=DAY)).problems == ()


def test_under_chatham_house_outsiders_learn_neither_organiser_nor_place_nor_who_presents() -> None:
    talk = Session(key="talk", title="A talk", countries=("AT",))
    event = Event(
        audience=Audience(chatham_house=True), owner=VIENNA, organiser="The unit", place="Vienna", programme=(talk,)
    )  # fmt: skip

    shown = event.shown_to(OFFICERS_VIEWER)

    assert (shown.owner, shown.organiser, shown.place) == (None, "", "")
    assert shown.programme == (Session(key="talk", title="A talk"),)
    assert event.shown_to(Viewer(organisation="vienna")) == event


@pytest.mark.parametrize(
    ("action", "before", "after"),
    [
        (Action.CANCEL, EventStatus.PUBLISHED, EventStatus.CANCELLED),
        (Action.RETIRE, EventStatus.CANCELLED, EventStatus.RETIRED),
        (Action.REINSTATE, EventStatus.RETIRED, EventStatus.PUBLISHED),
    ],
)
def test_an_event_is_cancelled_retired_and_brought_back_with_a_reason(
    action: Action, before: EventStatus, after: EventStatus
) -> None:
    assert event_after(action, before, "A reason") is after
    with pytest.raises(Invalid, match="Say why"):
        event_after(action, before, " ")
    with pytest.raises(WrongState, match="not possible now"):
        event_after(action, after, "A reason")
