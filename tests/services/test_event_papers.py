"""The reader of an event: its papers in one piece, as far as one may see them."""

from __future__ import annotations

from kb.domain.marking import Marking
from kb.domain.record import Kind
from kb.domain.revision import RecordRef
from tests.services.hall import STRICT, Hall


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
