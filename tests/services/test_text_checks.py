"""What the checks say of a case while it is written."""

from __future__ import annotations

import pytest

from kb.domain.checks import Check
from kb.domain.errors import Forbidden
from kb.domain.lesson import Difficulty
from tests.samples import a_case
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
