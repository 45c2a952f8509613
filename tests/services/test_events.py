"""Events: who presented what, and how what is submitted stands."""

from __future__ import annotations

import datetime as dt

import pytest

from kb.domain.errors import Forbidden, NotFound
from kb.domain.event import Call, Event, EventStatus
from kb.domain.marking import Audience, Marking
from kb.domain.record import Origin
from kb.domain.workflow import Action
from tests.samples import BRUSSELS, a_case, put
from tests.services.hall import BORDER, DAY, LOGS, QUIET, STRICT, Hall


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


def test_open_calls_are_listed_the_next_deadline_first(hall: Hall) -> None:
    office = hall.office
    today = office.clock.now().date()
    for name, days, audience in (
        ("later", 9, None),
        ("soon", 2, None),
        ("past", -1, None),
        ("ours", 1, STRICT),
    ):
        call = Call(text="A case", deadline=today + days * DAY)
        event = Event(title=name, owner=BRUSSELS, call=call, audience=audience or Audience())
        put(office.store, name, event)
    put(office.store, "none", Event(title="No call"))
    office.drain.run()

    assert [line.event.title for line in hall.events.open_calls(office.anna)] == ["soon", "later"]


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


def test_page_and_board_bear_the_narrowest_marking_of_what_they_name_to_the_reader(hall: Hall) -> None:
    office = hall.office
    hall.hold()
    office.publish("one", event="weeks", audience=STRICT)
    office.submitted(event="weeks", audience=Audience(marking=Marking.AMBER))

    assert hall.events.get(office.anna, "weeks").marking is Marking.AMBER_STRICT
    assert hall.events.get(office.carla, "weeks").marking is Marking.GREEN
    assert hall.events.board(office.carla, "weeks").marking is Marking.AMBER


def test_the_sessions_of_an_event_are_told_to_those_for_whom_it_exists(hall: Hall) -> None:
    hall.hold(audience=STRICT)
    put(hall.office.store, "seven", a_case())
    hall.office.drain.run()

    assert hall.events.sessions(hall.office.carla, "weeks") == {"logs": "Logs", "border": "At the border"}
    for actor, named in (
        (hall.office.anna, "weeks"),
        (hall.office.carla, "seven"),
        (hall.office.carla, "../x"),
    ):
        assert not hall.events.sessions(actor, named)


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


def test_what_changed_between_two_revisions_is_told_field_by_field(hall: Hall) -> None:
    hall.hold(place="Brussels")
    hall.hold(place="Vienna", programme=(LOGS, BORDER.model_copy(update={"title": "Across the border"})))

    found = hall.events.difference(hall.office.anna, "weeks", 1, 2)

    assert [each.path for each in found.fields] == ["place", "programme.border.title"]
    assert (found.before.revision, found.after.revision, found.marking) == (1, 2, Marking.GREEN)


def test_a_difference_tells_no_more_than_both_revisions_and_today_allow(hall: Hall) -> None:
    office = hall.office
    hall.hold(audience=STRICT, place="Brussels")
    hall.hold(place="Vienna")
    hall.hold(place="Prague", audience=QUIET)

    with pytest.raises(NotFound):
        hall.events.difference(office.anna, "weeks", 1, 2)
    outside = hall.events.difference(office.anna, "weeks", 2, 3)
    assert [each.path for each in outside.fields] == ["audience.chatham_house"]
    own = hall.events.difference(office.dora, "weeks", 1, 3)
    assert "place" in {each.path for each in own.fields}
    assert own.marking is Marking.AMBER_STRICT


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
