"""Events: who presented what, how what is submitted stands, and what its organisers do."""

from __future__ import annotations

import datetime as dt

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
from kb.domain.event import USUAL_QUESTIONS, Call, Event, EventStatus, Phase, Question, Session, Workshop
from kb.domain.marking import Audience, Marking
from kb.domain.practice import Practice, PracticeStatus
from kb.domain.record import Kind, Origin
from kb.domain.revision import RecordRef
from kb.domain.workflow import Action
from kb.services.discussions import Discussions
from kb.services.event_acts import EventActs
from kb.services.event_papers import EventPapers
from kb.services.events import Events
from kb.services.in_common import InCommon
from kb.services.kept_bodies import KeptBodies
from tests.samples import BRUSSELS, VIENNA, a_case, put
from tests.services.office import Office

QUIET, STRICT = Audience(chatham_house=True), Audience(marking=Marking.AMBER_STRICT)
BORDER, LOGS = Session(key="border", title="At the border"), Session(key="logs", title="Logs")
EVENT = RecordRef(kind=Kind.EVENT, id="weeks")
DAY = dt.timedelta(days=1)


class Hall:
    """An office that holds events; Carla of Brussels organises."""

    def __init__(self, office: Office) -> None:
        self.office = office
        kept = KeptBodies(office.store, office.catalogue)
        self.events = Events(office.records, office.catalogue, kept, office.clock)
        self.acts = EventActs(
            self.events,
            office.records,
            office.saving,
            office.store,
            clock=office.clock,
            randomness=office.randomness,
        )
        self.talk = Discussions(
            office.records,
            office.saving,
            office.store,
            accounts=office.people,
            clock=office.clock,
            kind=Kind.EVENT,
        )
        self.papers = EventPapers(self.events, office.records, kept, self.talk)
        self.in_common = InCommon(self.events, office.catalogue, kept, office.searcher)

    def hold(self, **fields: object) -> None:
        today = self.office.clock.now().date()
        sound: dict[str, object] = {
            "title": "Two weeks",
            "owner": BRUSSELS,
            "programme": (LOGS, BORDER),
            "questions": (Question(key="q1", text="Which difficulties?"),),
            "call": Call(text="A case", deadline=today),
            "workshop": Workshop(opens=today, closes=today),
        }
        put(self.office.store, "weeks", Event.model_validate(sound | fields))
        self.office.drain.run()


@pytest.fixture
def hall(office: Office) -> Hall:
    return Hall(office)


def titles(cells: object) -> list[str]:
    assert isinstance(cells, tuple)
    return [each.title for each in cells]


def test_events_are_listed_the_latest_first_without_what_is_retired_or_hidden(hall: Hall) -> None:
    office = hall.office
    hall.hold(start=dt.date(2026, 11, 1))
    put(office.store, "old", Event(title="Old", start=dt.date(2007, 9, 20)))
    put(office.store, "vague", Event(title="Vague"))
    put(office.store, "gone", Event(title="Gone", status=EventStatus.RETIRED))
    put(office.store, "ours", Event(title="Ours", owner=BRUSSELS, audience=STRICT))
    office.drain.run()

    assert [line.event.title for line in hall.events.list(office.anna)] == ["Two weeks", "Old", "Vague"]
    assert {line.event.title for line in hall.events.list(office.dora)} >= {"Ours"}


def test_who_presented_what_is_told_session_by_session_and_withheld_where_origin_is(hall: Hall) -> None:
    office = hall.office
    hall.hold()
    office.publish("one", event="weeks", session="border", title="One", origin=Origin.ILLUSTRATIVE)
    office.publish("two", event="weeks", session="gone", title="Two")
    office.publish("three", event="weeks", session="border", title="Three", audience=QUIET)

    outside, inside = hall.events.get(office.dora, "weeks"), hall.events.get(office.anna, "weeks")

    assert titles(outside.at("border")) == ["One"]
    assert titles(outside.elsewhere) == ["Two"]
    assert (outside.countries, outside.illustrative) == (("AT",), True)
    assert titles(inside.at("border")) == ["One", "Three"]


def test_an_organiser_may_do_what_others_may_not(hall: Hall) -> None:
    office = hall.office
    hall.hold()

    mine, theirs = hall.events.get(office.carla, "weeks"), hall.events.get(office.cyril, "weeks")

    assert (mine.organises, mine.can_remark) == (True, True)
    assert mine.can == {Action.EDIT, Action.CANCEL, Action.RETIRE}
    assert (theirs.organises, theirs.can, theirs.can_remark) == (False, frozenset(), False)
    assert theirs.can_submit


def test_an_event_under_chatham_house_is_shown_to_outsiders_without_its_origin(hall: Hall) -> None:
    hall.hold(audience=QUIET, place="Brussels")

    view = hall.events.get(hall.office.anna, "weeks")

    assert (view.origin_withheld, view.event.place, view.event.owner) == (True, "", None)


def test_a_case_that_follows_a_call_names_event_and_session_until_the_deadline(hall: Hall) -> None:
    office = hall.office
    hall.hold()
    blank = office.submissions.blank(office.anna)

    answered = hall.events.answering(office.anna, blank, "weeks", "border")

    assert (answered.event, answered.session) == ("weeks", "border")
    assert hall.events.answering(office.anna, blank, "weeks", "gone").session is None
    for unknown in ("nothing", "../etc"):
        assert hall.events.answering(office.anna, blank, unknown, "") == blank
    hall.hold(call=Call(text="A case", deadline=office.clock.now().date() - DAY))
    assert hall.events.answering(office.anna, blank, "weeks", "border") == blank


def test_the_board_tells_from_submission_on_and_no_more_than_the_organiser_may_see(hall: Hall) -> None:
    office = hall.office
    hall.hold()
    red = Audience(marking=Marking.RED, persons=("anna", "cyril"))
    office.draft(event="weeks", session="border", title="A draft")
    office.submitted(event="weeks", session="border", title="Sent")
    office.in_review(event="weeks", session="logs", title="Read")
    office.submitted(event="weeks", title="Red", audience=red)
    office.submitted(event="weeks", title="Quiet", audience=QUIET)
    office.publish("seven", event="weeks", session="logs", title="Told")
    change = office.submissions.create_change(office.anna, "seven", 1, a_case(event="weeks", title="Changed"))
    office.submissions.submit(office.anna, change.id, change.revision)

    board = hall.events.board(office.carla, "weeks")

    assert [row.session for row in board.rows] == [LOGS, BORDER]
    logs, border = board.rows
    assert titles(border.cells["submitted"]) == ["Sent"]
    assert titles(logs.cells["in-review"]) == ["Read"]
    assert titles(logs.cells["published"]) == ["Told"]
    assert board.total == {"submitted": 1, "in-review": 1, "changes-requested": 0, "published": 1}
    with pytest.raises(Forbidden, match="organise it"):
        hall.events.board(office.cyril, "weeks")


def test_the_board_keeps_what_names_no_session_in_a_row_of_its_own(hall: Hall) -> None:
    office = hall.office
    hall.hold()
    office.submitted(event="weeks", session="gone", title="Somewhere")

    assert titles(hall.events.board(office.carla, "weeks").rows[-1].cells["submitted"]) == ["Somewhere"]


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


def test_a_reader_holds_what_its_reader_may_see_in_the_order_of_the_programme(hall: Hall) -> None:
    office = hall.office
    hall.hold()
    office.publish("one", event="weeks", session="border", title="A border")
    office.publish("two", event="weeks", session="logs", title="Logs", audience=STRICT)
    office.publish("three", event="weeks", title="Somewhere")
    hall.talk.ask(office.anna, "weeks", "q1", "Logs were gone.")

    inside, outside = (
        hall.papers.get(office.anna, "weeks", discussed=True),
        hall.papers.get(office.dora, "weeks"),
    )

    assert [each.view.case.title for each in inside.papers] == ["Logs", "A border", "Somewhere"]
    assert [each.view.id for each in inside.of("border")] == ["one"]
    assert (inside.marking, inside.illustrative) == (Marking.AMBER_STRICT, False)
    assert inside.talk
    assert len(inside.talk.threads) == 1
    assert [each.view.case.title for each in outside.papers] == ["A border", "Somewhere"]
    assert (outside.marking, outside.talk, outside.left_out) == (Marking.GREEN, None, 0)


def test_a_reader_leaves_out_what_became_unreadable(hall: Hall) -> None:
    office = hall.office
    hall.hold()
    office.publish("one", event="weeks")
    office.store.damage(RecordRef(kind=Kind.CASE_STUDY, id="one"), 1)

    assert hall.papers.get(office.anna, "weeks").papers == ()


def test_what_an_events_cases_have_in_common_is_counted_as_the_reader_may_know(hall: Hall) -> None:
    office = hall.office
    hall.hold()
    for identifier, country in (("one", "AT"), ("two", "FR"), ("three", "ES"), ("four", "IT")):
        office.publish(
            identifier,
            event="weeks" if country != "IT" else None,
            lead_country=country,
            owner=VIENNA.model_copy(update={"country": country}),
            audience=QUIET if country == "ES" else Audience(),
        )
    practice = Practice(
        title="Preserve first", rests_on=("one/preserve",), status=PracticeStatus.ENDORSED, released=True
    )
    against = practice.model_copy(
        update={"title": "Wait", "rests_on": ("four/preserve",), "contradicted_by": ("one/preserve",)}
    )
    put(office.store, "first", practice)
    put(office.store, "wait", against)
    office.drain.run()

    common, quiet = hall.in_common.get(office.anna, "weeks"), hall.in_common.get(office.dora, "weeks")

    assert common.table.rows["retention-expired"] == 3
    assert quiet.table.rows["retention-expired"] == 2
    assert common.shared == ("request-rejected-on-form", "retention-expired")
    assert common.reported_by["retention-expired"] == {"AT", "ES", "FR"}
    assert quiet.shared == ()
    assert "ES" not in quiet.countries
    assert {hit.case for hit in common.lessons} == {"one", "two", "three"}
    assert [entry.title for entry in common.practices] == ["Preserve first"]
