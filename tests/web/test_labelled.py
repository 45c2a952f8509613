"""Differences and notes name what keys stand for: nobody can compare `zgd6ffvvfd` with anything."""

from __future__ import annotations

import pytest

from kb.bootstrap import Services
from kb.domain.account import Account, Role
from kb.domain.difference import FieldDifference, text_difference
from kb.domain.event import Event, Session
from kb.domain.marking import Audience, Marking, Organisation
from kb.domain.workflow import Action
from kb.web.labelled import labelled
from tests.web.conftest import SignIn
from tests.web.shelf import Shelf

GRAZ = Organisation(id="graz", name="Example unit, Graz", country="AT")


@pytest.fixture(autouse=True)
def records(shelf: Shelf) -> None:
    shelf.concepts()
    shelf.case(tags=("templates",), other_countries=("DE",))
    case = shelf.case(tags=("preserve-first",), other_countries=("FR",))
    shelf.put("seven", case, action=Action.RETAG)
    shelf.follow()


def test_a_difference_of_tags_and_countries_is_told_in_words(client_as: SignIn) -> None:
    html = client_as(Role.INVESTIGATOR).get("/cases/seven/differences/1/2").text

    assert "<del>Templates at hand</del><ins>Preserve first</ins>" in html
    assert "<del>Germany</del><ins>France</ins>" in html
    assert "preserve-first" not in html


def test_the_history_names_the_tags_that_were_put_on_and_taken_off(
    client_as: SignIn, kb_services: Services, accounts: dict[Role, Account]
) -> None:
    added, removed = frozenset({"templates"}), frozenset({"preserve-first"})
    kb_services.case_acts.retag(accounts[Role.COORDINATOR], "seven", add=added, remove=removed)

    assert (
        "case: +Templates at hand -Preserve first"
        in client_as(Role.INVESTIGATOR).get("/cases/seven/history").text
    )


def test_event_and_session_are_told_by_their_titles_as_far_as_they_exist_for_the_reader(
    client_as: SignIn, shelf: Shelf
) -> None:
    talk, kept = Session(key="talk", title="At the border"), Audience(marking=Marking.AMBER_STRICT)
    shelf.put("vienna", Event(title="In Vienna", programme=(talk,)))
    for hidden in ("ours", "theirs"):
        shelf.put(hidden, Event(title="A closed meeting", owner=GRAZ, audience=kept, programme=(talk,)))
    for event in ("vienna", "ours", "theirs"):
        shelf.case(event=event, session="talk")
    shelf.follow()
    client = client_as(Role.INVESTIGATOR)
    known, unknown = (client.get(f"/cases/seven/differences/{before}/{before + 1}").text for before in (4, 5))
    assert "<del>In Vienna</del><ins>an event</ins>" in known
    assert "<del>At the border</del><ins>a session</ins>" in known
    assert "<del>an event</del><ins>an event</ins>" in unknown
    assert "<del>a session</del><ins>a session</ins>" in unknown
    for told in ("A closed meeting", "ours", "theirs", "At the border"):
        assert told not in unknown


@pytest.mark.parametrize("path", ["title", "lessons.d1.text", "summary"])
def test_a_text_stays_as_it_is_though_it_looks_like_a_key(path: str) -> None:
    field = FieldDifference(path=path, runs=text_difference("templates", "preserve-first"))

    assert labelled(field) == field.runs
