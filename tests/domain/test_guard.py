"""What is refused at every way in."""

from __future__ import annotations

import pytest

from kb.domain.checks import Check
from kb.domain.errors import Blocked
from kb.domain.guard import blocking, demand_clean

ADDRESSED = "Write to desk@unit.example."


def test_a_clean_text_goes_in() -> None:
    demand_clean([("title", "Logs were gone"), ("summary", "")])


def test_a_blocked_text_is_refused_with_all_places_and_without_its_words() -> None:
    with pytest.raises(Blocked) as refused:
        demand_clean([("title", "From 203.0.113.7"), ("summary", ADDRESSED)])

    assert [(each.path, each.objection.check) for each in refused.value.findings] == [
        ("title", Check.IP),
        ("summary", Check.EMAIL),
    ]
    assert "203" not in repr(refused.value.findings) + str(refused.value)


def test_one_text_in_two_places_is_told_of_at_the_first() -> None:
    assert [each.path for each in blocking([("reason", ADDRESSED), ("comments.0.text", ADDRESSED)])] == [
        "reason"
    ]


def test_what_was_held_before_may_stay() -> None:
    assert blocking([("summary", ADDRESSED)], held=[ADDRESSED]) == ()


def test_warnings_and_hints_stop_nobody() -> None:
    demand_clean([("title", "@handle and child pornography")])
