"""The workshop period of an event: its audience writes on its days, and reads before and after."""

from __future__ import annotations

import datetime as dt

import pytest

from kb.domain.account import OPERATOR
from kb.domain.errors import NotFound, WrongState
from kb.domain.event import Event, Question, Session, Workshop
from kb.domain.marking import Audience, Marking
from kb.domain.notice import Told
from kb.domain.record import Kind
from kb.domain.revision import RecordRef
from kb.services.discussions import Discussions
from kb.services.exporting import ExportAudience, Exporting
from kb.services.purging import PurgeTarget, Purging
from tests.samples import BRUSSELS, a_case, put
from tests.services.hall import workshops_of
from tests.services.office import Office

TALK = RecordRef(kind=Kind.DISCUSSION, id="event.weeks")
WEEK = dt.timedelta(days=7)


@pytest.fixture
def workshops(office: Office) -> Discussions:
    return workshops_of(office)


def hold(office: Office, **fields: object) -> Event:
    today = office.clock.now().date()
    event = Event.model_validate(
        {
            "title": "Two weeks",
            "owner": BRUSSELS,
            "questions": (Question(key="q1", text="Which difficulties?"),),
            "programme": (Session(key="border", title="At the border"),),
            "workshop": Workshop(opens=today, closes=today + WEEK),
            **fields,
        }
    )
    put(office.store, "weeks", event)
    office.drain.run()
    return event


def test_the_audience_writes_about_questions_and_sessions(office: Office, workshops: Discussions) -> None:
    hold(office)
    asked = workshops.ask(office.anna, "weeks", "q1", "Logs were gone.")
    workshops.answer(office.carla, "weeks", asked.key, "Here too.")
    workshops.ask(office.dora, "weeks", "border", "How long did it take?")

    view = workshops.of(office.bert, "weeks")

    assert view.is_open
    assert [(each.title, each.question.post.text) for each in view.threads] == [
        ("Which difficulties?", "Logs were gone."),
        ("At the border", "How long did it take?"),
    ]
    (answer,) = view.about("q1")[0].answers
    assert (answer.who, answer.post.from_desk) == ("Carla", True)


def test_a_question_that_the_event_does_not_put_is_nowhere(office: Office, workshops: Discussions) -> None:
    hold(office)
    with pytest.raises(NotFound):
        workshops.ask(office.anna, "weeks", "q9", "Anything")


def test_a_workshop_is_about_events_alone(office: Office, workshops: Discussions) -> None:
    office.publish()
    with pytest.raises(NotFound):
        workshops.of(office.anna, "seven")


def test_outside_its_period_a_workshop_is_read_and_not_written(
    office: Office, workshops: Discussions
) -> None:
    hold(office)
    workshops.ask(office.anna, "weeks", "q1", "Logs were gone.")
    today = office.clock.now().date()
    hold(office, workshop=Workshop(opens=today - 2 * WEEK, closes=today - WEEK))

    with pytest.raises(WrongState, match="is over"):
        workshops.ask(office.anna, "weeks", "q1", "More")

    view = workshops.of(office.anna, "weeks")
    assert not view.is_open
    assert [each.question.post.text for each in view.threads] == ["Logs were gone."]


def test_who_may_not_read_the_event_reads_no_word_of_its_workshop(
    office: Office, workshops: Discussions
) -> None:
    hold(office, audience=Audience(marking=Marking.AMBER_STRICT))
    asked = workshops.ask(office.dora, "weeks", "q1", "Among us.")
    for act in (
        lambda: workshops.of(office.anna, "weeks"),
        lambda: workshops.ask(office.anna, "weeks", "q1", "What?"),
        lambda: workshops.answer(office.anna, "weeks", asked.key, "What?"),
    ):
        with pytest.raises(NotFound):
            act()


def test_organisers_are_told_of_what_is_written_and_who_is_answered_is_told_too(
    office: Office, workshops: Discussions
) -> None:
    hold(office)
    asked = workshops.ask(office.anna, "weeks", "q1", "Logs were gone.")
    workshops.answer(office.bert, "weeks", asked.key, "Here too.")

    told = {person: office.notices.of(person) for person in ("anna", "bert", "carla", "cyril", "dora")}

    assert [(each.act, str(each.subject), each.lesson) for each in told["carla"]] == [
        (Told.QUESTION, "event/weeks", "q1")
    ]
    assert [(each.act, each.by) for each in told["anna"]] == [(Told.ANSWER, "bert")]
    assert not told["bert"]
    assert not told["cyril"]
    assert not told["dora"]


def test_under_chatham_house_nobody_outside_is_told_who_wrote(office: Office, workshops: Discussions) -> None:
    hold(office, audience=Audience(chatham_house=True))
    asked = workshops.ask(office.anna, "weeks", "q1", "Logs were gone.")
    workshops.answer(office.bert, "weeks", asked.key, "Here too.")

    (thread,) = workshops.of(office.nora, "weeks").threads

    assert thread.question.is_withheld
    assert not thread.question.who
    assert [each.by for each in office.notices.of("anna")] == [None]
    assert [each.by for each in office.notices.of("carla")] == ["anna"]


def test_a_workshop_goes_where_its_event_goes(office: Office, workshops: Discussions) -> None:
    office.publish("weeks", event="weeks")
    hold(office, audience=Audience(marking=Marking.AMBER_STRICT))
    workshops.ask(office.dora, "weeks", "q1", "Among us.")
    exporting = Exporting(office.store, office.catalogue, office.audit, office.clock)

    def told(audience: ExportAudience) -> str:
        return "\n".join(exporting.lines(exporting.plan(OPERATOR, audience)))

    assert "Among us." not in told(ExportAudience.OFFICERS)
    assert "Among us." in told(ExportAudience.EVERYTHING)


def test_a_purged_event_takes_its_workshop_along(office: Office, workshops: Discussions) -> None:
    hold(office)
    workshops.ask(office.dora, "weeks", "q1", "Among us.")
    put(office.store, "seven", a_case())
    purging = Purging(office.store, office.drain, office.clock, office.randomness)

    event = RecordRef(kind=Kind.EVENT, id="weeks")
    purging.carry_out(OPERATOR, PurgeTarget(records=(event,)), "Asked for by its owner")

    assert office.store.current(TALK).body is None
