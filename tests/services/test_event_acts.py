"""What organisers do with an event."""

from __future__ import annotations

import pytest

from kb.domain.account import Account
from kb.domain.errors import (
    Forbidden,
    Invalid,
    NotFound,
    ProveAgain,
    StaleRevision,
    WrongState,
)
from kb.domain.event import USUAL_QUESTIONS, EventStatus, Phase, Question, Session
from kb.domain.marking import Audience, Marking
from kb.domain.record import Kind
from kb.domain.revision import RecordRef
from kb.domain.workflow import Action
from tests.samples import BRUSSELS
from tests.services.hall import STRICT, Hall


def announced(hall: Hall, account: Account, **fields: object) -> str:
    words = hall.acts.blank(account).model_copy(update={"title": "Two weeks", **fields})
    return hall.acts.announce(account, words).id


def test_a_coordinator_announces_an_event_that_begins_with_the_four_questions(hall: Hall) -> None:
    office = hall.office
    identifier = announced(hall, office.carla, programme=(Session(key="new-s0", title="A talk"),))

    event = hall.events.get(office.anna, identifier).event

    assert event.owner == BRUSSELS
    assert [each.text for each in event.questions] == [*USUAL_QUESTIONS]
    assert [*event.topics] == ["q1", "q2", "q3", "q4", "s1"]
    with pytest.raises(Forbidden, match="Coordinators announce"):
        announced(hall, office.dora)


def test_an_event_needs_an_owner_a_title_and_for_red_somebody_who_reads_it(hall: Hall) -> None:
    office = hall.office
    homeless = office.carla.model_copy(update={"organisation": None})
    with pytest.raises(Invalid, match="organisation must own"):
        announced(hall, homeless)
    assert hall.acts.blank(homeless).organiser == ""
    with pytest.raises(Invalid) as refused:
        announced(hall, office.carla, title="", audience=Audience(marking=Marking.RED))
    assert [field for field, _ in refused.value.problems] == ["title", "persons"]


def test_a_question_keeps_its_key_when_its_words_change_and_a_new_one_takes_none_that_was_written_about(
    hall: Hall,
) -> None:
    office = hall.office
    hall.hold()
    hall.talk.ask(office.anna, "weeks", "q1", "Logs were gone.")
    event = hall.events.get(office.carla, "weeks").event
    reworded = event.model_copy(update={"questions": (Question(key="q1", text="What was hard?"),)})
    hall.acts.edit(office.carla, "weeks", 1, reworded, "Plainer")
    other = event.model_copy(update={"questions": (Question(key="new-q0", text="Anything else?"),)})

    view = hall.acts.edit(office.carla, "weeks", 2, other)

    assert [each.key for each in view.event.questions] == ["q2"]
    assert [each.title for each in hall.talk.of(office.anna, "weeks").threads] == [""]
    assert [line.note for line in hall.events.history(office.anna, "weeks")] == ["", "Plainer", ""]
    assert hall.events.revision(office.anna, "weeks", 2).event.questions[0].text == "What was hard?"


def test_what_was_written_does_not_stand_in_the_way_where_it_is_purged_or_damaged(hall: Hall) -> None:
    office = hall.office
    hall.hold()
    talk = RecordRef(kind=Kind.DISCUSSION, id="event.weeks")
    hall.talk.ask(office.anna, "weeks", "q1", "Logs were gone.")
    office.store.bury(talk, 1, "purged")
    event = hall.events.get(office.carla, "weeks").event

    view = hall.acts.edit(office.carla, "weeks", 1, event)

    assert view.event.questions == event.questions


def test_of_two_organisers_the_second_is_told_and_nobody_else_changes_an_event(hall: Hall) -> None:
    office = hall.office
    hall.hold()
    event = hall.events.get(office.carla, "weeks").event
    hall.acts.edit(office.carla, "weeks", 1, event.model_copy(update={"title": "Three weeks"}))
    with pytest.raises(StaleRevision):
        hall.acts.edit(office.carla, "weeks", 1, event)
    for stranger in (office.cyril, office.dora):
        with pytest.raises(Forbidden):
            hall.acts.edit(stranger, "weeks", 2, event)


def test_an_event_is_cancelled_with_a_reason_and_brought_back(hall: Hall) -> None:
    office = hall.office
    hall.hold()

    view = hall.acts.step(office.carla, "weeks", 1, Action.CANCEL, "Too few papers")

    assert (view.event.status, view.event.status_reason) == (EventStatus.CANCELLED, "Too few papers")
    assert (view.call, view.workshop, view.can_submit) == (Phase.CLOSED, Phase.CLOSED, False)
    back = hall.acts.step(office.carla, "weeks", 2, Action.REINSTATE, "More came")
    assert (back.event.status, back.event.status_reason) == (EventStatus.PUBLISHED, "")
    assert [row.action for row in office.audit.rows if row.subject == "event/weeks"][-2:] == [
        "cancel",
        "reinstate",
    ]


def test_whom_an_event_reaches_is_its_owners_and_widening_is_proved(hall: Hall) -> None:
    office = hall.office
    hall.hold(audience=STRICT)
    with pytest.raises(NotFound):
        hall.acts.remark(office.cyril, "weeks", 1, Audience(), "Why not")
    with pytest.raises(WrongState, match="already so"):
        hall.acts.remark(office.carla, "weeks", 1, STRICT, "Again")
    with pytest.raises(Invalid, match="Say why"):
        hall.acts.remark(office.carla, "weeks", 1, Audience(), " ")
    with pytest.raises(ProveAgain):
        hall.acts.remark(office.carla, "weeks", 1, Audience(), "All may come")
    view = hall.acts.remark(office.proved(office.carla), "weeks", 1, Audience(), "All may come")
    assert view.event.audience == Audience()
    hall.acts.remark(office.carla, "weeks", 2, STRICT, "Not yet")
    assert next(line.action for line in hall.events.history(office.carla, "weeks")) == "narrow"


def test_an_event_that_nobody_owns_is_changed_by_any_coordinator_and_its_marking_by_nobody(
    hall: Hall,
) -> None:
    office = hall.office
    hall.hold(owner=None)
    event = hall.events.get(office.cyril, "weeks").event

    hall.acts.edit(office.cyril, "weeks", 1, event.model_copy(update={"place": "Vienna"}))

    with pytest.raises(Forbidden):
        hall.acts.remark(office.cyril, "weeks", 2, STRICT, "Mine")
