"""Two texts part by part: what is taken together, whoever wrote it."""

from __future__ import annotations

import pytest

from kb.domain.difference import record_difference
from kb.web.forms.case import CaseForm
from kb.web.forms.comparing import is_of, parts, touched
from tests.samples import a_case

pytestmark = pytest.mark.usefixtures("request_for_forms")

BASE = a_case(event="vienna", session="opening")
MOVED = a_case(event="prague")
CHOSEN = a_case(event="vienna", session="closing")


def test_an_event_and_its_session_are_compared_as_one_part() -> None:
    (part,) = parts(MOVED, CHOSEN, ("event",))
    assert [field.path for field in part.fields] == ["event", "session"]


def test_taking_the_event_of_another_takes_the_session_with_it() -> None:
    form = CaseForm.of(CHOSEN, originator=False)
    form.take(MOVED, "event")
    assert (form.typed.fields.one("event"), form.typed.fields.one("session")) == ("prague", "")


def test_a_change_is_brought_up_with_event_and_session_at_once() -> None:
    for text in (MOVED, CHOSEN):
        found = record_difference(BASE, text)
        assert touched(found) == ("event",)
        assert all(is_of("event", field.path) for field in found)
