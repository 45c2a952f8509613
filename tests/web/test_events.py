from __future__ import annotations

import datetime as dt

from kb.domain.account import Role
from kb.domain.event import Event, Question, Session
from kb.domain.marking import Audience, Marking
from kb.domain.record import Origin, Source
from tests.web.conftest import SignIn
from tests.web.reading import Page
from tests.web.shelf import Shelf

CONFERENCE = Event(
    title="A conference in Vienna",
    audience=Audience(marking=Marking.CLEAR),
    origin=Origin.PUBLISHED,
    sources=(
        Source(title="Press release", url="https://example.org/release", as_of=dt.date(2026, 8, 1)),
        Source(title="Minutes"),
    ),
    organiser="The unit",
    place="Vienna",
    start=dt.date(2007, 9, 20),
    end=dt.date(2007, 9, 21),
    summary="What it was *for*.",
    questions=(Question(key="q1", text="Which difficulties?"),),
    participants="Police of many states.",
    programme=(
        Session(key="talk", title="A talk", text="What was said is not known.", countries=("AT", "BE")),
    ),
)


def test_without_events_the_list_says_where_they_come_from(client_as: SignIn) -> None:
    assert "No events yet" in client_as(Role.INVESTIGATOR).get("/events").text


def test_an_event_is_read_with_programme_and_sources(client_as: SignIn, shelf: Shelf) -> None:
    shelf.put("vienna", CONFERENCE)
    shelf.follow()
    client = client_as(Role.INVESTIGATOR)
    page = Page(client.get(Page(client.get("/events").text).address("A conference in Vienna")).text)
    for words in (
        "20 September 2007 – 21 September 2007",
        "Which difficulties?",
        "A talk Austria, Belgium",
        "From a public source",
        "Press release (as of 1 August 2026)",
        "Minutes",
    ):
        assert words in page.text
    assert page.address("Press release") == "https://example.org/release"


def test_an_event_without_days_says_when_in_words(client_as: SignIn, shelf: Shelf) -> None:
    shelf.put("vague", CONFERENCE.model_copy(update={"start": None, "end": None, "held": "autumn 2008"}))
    assert "autumn 2008" in client_as(Role.INVESTIGATOR).get("/events/vague").text


def test_an_event_that_does_not_exist_leads_nowhere(client_as: SignIn) -> None:
    assert client_as(Role.INVESTIGATOR).get("/events/none").status_code == 404
