"""What the checks say of a case while it is written."""

from __future__ import annotations

import pytest

from kb.domain.checks import Check
from kb.domain.errors import Forbidden
from kb.domain.event import Event
from kb.domain.lesson import Difficulty
from kb.domain.marking import Audience, Marking
from kb.domain.submission import Override
from tests.samples import VIENNA, a_case, a_submission, put
from tests.services.office import Office

ADDRESSED = "Write to desk@unit.example."


def test_a_case_is_looked_through_field_by_field(office: Office) -> None:
    case = a_case(summary=ADDRESSED, lessons=(Difficulty(key="d1", title="T", text=ADDRESSED),))

    found = office.text_checks.of_case(office.anna, case)

    assert [(each.path, each.objection.check) for each in found] == [
        ("summary", Check.EMAIL),
        ("lessons.d1.text", Check.EMAIL),
    ]


def test_a_text_is_looked_through_by_itself(office: Office) -> None:
    (found,) = office.text_checks.of_text(office.anna, ADDRESSED)

    assert ADDRESSED[found.start : found.end] == "desk@unit.example"


def test_who_reads_no_records_has_nothing_looked_through(office: Office) -> None:
    with pytest.raises(Forbidden):
        office.text_checks.of_case(office.otto, a_case())
    with pytest.raises(Forbidden):
        office.text_checks.of_text(office.otto, ADDRESSED)


def test_what_the_reader_knows_by_name_is_no_person(office: Office) -> None:
    text = "In this we followed Anna Brussels."
    assert [each.check for each in office.text_checks.of_text(office.nora, text)] == [Check.NAME]

    event = Event(title="Meeting of Brussels and Vienna")
    put(office.store, "meeting", event, at=office.clock.tick())
    office.drain.run()

    assert office.text_checks.of_text(office.nora, text) == ()


def test_an_event_that_does_not_exist_for_the_reader_makes_no_difference(office: Office) -> None:
    event = Event(title="Meeting of Novak", owner=VIENNA, audience=Audience(marking=Marking.AMBER_STRICT))
    put(office.store, "meeting", event, at=office.clock.tick())
    office.drain.run()

    assert office.text_checks.of_text(office.anna, "Peter Novak") == ()
    assert office.text_checks.of_text(office.dora, "Peter Novak") != ()


def test_the_language_of_a_draft_decides_what_can_be_known(office: Office) -> None:
    case = a_case(summary="Peter Novak", language="de")

    assert office.text_checks.of_case(office.anna, case) == ()
    assert office.text_checks.of_record(office.anna, a_submission(body=case)) == ()
    assert office.text_checks.of_case(office.anna, a_case(summary="Peter Novak")) != ()


def test_a_warning_that_was_let_pass_does_not_stand_any_more(office: Office) -> None:
    draft = a_submission(body=a_case(summary="Peter Novak"))
    (warning,) = office.text_checks.standing_warnings(office.carla, draft)
    passed = Override(
        path="summary",
        check=warning.objection.check,
        digest=warning.digest,
        reason="Invented.",
        by="carla",
        at=office.clock.now(),
    )

    assert (
        office.text_checks.standing_warnings(office.carla, draft.model_copy(update={"overrides": (passed,)}))
        == ()
    )
