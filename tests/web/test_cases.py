from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kb.domain.account import Role
from kb.domain.marking import Audience, Marking
from kb.domain.record import Origin
from kb.web.presenting import slug
from tests.web.conftest import SignIn, csrf_token
from tests.web.reading import Page
from tests.web.shelf import Shelf
from tests.web.test_events import CONFERENCE

CASE = "/cases/seven/seven-days"


@pytest.fixture
def beginning(filled_home: Path) -> Path:
    return filled_home


def send(client: FlaskClient, path: str, shown: str = CASE, **data: object) -> TestResponse:
    """Send a form of the page at `shown`, as a browser would."""
    fields = {"csrf_token": csrf_token(client, shown), **data}
    return client.post(path, data=fields, follow_redirects=True)


def test_the_list_counts_and_pages_case_studies(client_as: SignIn, shelf: Shelf) -> None:
    for number in range(25):
        shelf.case(f"more-{number}", title=f"Case number {number}")
    shelf.follow()
    client = client_as(Role.INVESTIGATOR)
    page = Page(client.get("/cases").text)
    assert "26 case studies" in page.text
    assert "Page 1 of 2" in page.text
    following = Page(client.get(page.address("Next")).text)
    titles = {link.address for link in (*page.links, *following.links) if link.address.startswith("/cases/")}
    assert len(titles) == 26


def test_the_list_says_when_nothing_has_a_status(client_as: SignIn) -> None:
    assert "No case that you may read" in client_as(Role.INVESTIGATOR).get("/cases?status=retired").text


def test_a_case_reads_as_a_story(client_as: SignIn) -> None:
    page = Page(client_as(Role.INVESTIGATOR).get(CASE).text)
    story = [
        "Seven days",
        "Difficulties, and what was tried against them",
        "Logs were gone",
        "Ask for preservation first",
        "Wait for the treaty request",
        "Nobody had time",
        "Good practices",
        "Keep a request template ready",
        "Cross-border issues",
        "The request was rejected on form",
    ]
    assert [each for each in page.headings if each in story] == story
    assert "No solution is told for this one" in page.text
    assert "Did not work" in page.text
    assert "Austria → to Belgium" in page.text


def test_facts_stand_beside_the_story(client_as: SignIn) -> None:
    text = Page(client_as(Role.INVESTIGATOR).get(CASE).text).text
    for words in ("TLP:GREEN", "Example unit, Austria", "Reported by an officer", "English", "Revision 1,"):
        assert words in text


def test_the_slug_is_decoration(client_as: SignIn) -> None:
    client = client_as(Role.INVESTIGATOR)
    assert client.get("/cases/seven/").status_code == 200
    assert client.get("/cases/seven/anything-at-all").status_code == 200


@pytest.mark.parametrize(
    ("title", "decoration"),
    [
        ("Seven days", "seven-days"),
        ("Écoute, s'il vous plaît!", "ecoute-s-il-vous-plait"),
        ("Первые сутки", "case"),
        ("History", "history-case"),
        ("Change", "change-case"),
    ],
)
def test_no_title_takes_the_address_of_another_page(title: str, decoration: str) -> None:
    assert slug(title) == decoration


def test_a_case_that_does_not_exist_is_no_different_from_a_hidden_one(
    client_as: SignIn, shelf: Shelf
) -> None:
    shelf.case("hidden", audience=Audience(marking=Marking.AMBER))
    shelf.follow()
    client = client_as(Role.COORDINATOR)
    answers = [client.get(f"/cases/{name}/") for name in ("hidden", "missing", "NOT an id")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1


def test_an_illustrative_case_says_that_it_is_made_up(client_as: SignIn, shelf: Shelf) -> None:
    shelf.case("example", origin=Origin.ILLUSTRATIVE)
    assert "It is no fact about any state" in client_as(Role.INVESTIGATOR).get("/cases/example/").text


def test_chatham_house_says_to_outsiders_what_is_withheld(client_as: SignIn, shelf: Shelf) -> None:
    shelf.case("quiet", audience=Audience(chatham_house=True), contact="Cybercrime desk")
    outside = client_as(Role.COORDINATOR).get("/cases/quiet/").text
    assert "where this comes from is withheld" in outside
    assert "Example unit, Austria" not in outside
    assert "Cybercrime desk" not in outside
    inside = client_as(Role.INVESTIGATOR).get("/cases/quiet/").text
    assert "Cybercrime desk" in inside
    assert "is withheld" not in inside


def test_the_event_is_called_by_its_title_where_the_viewer_knows_it(client_as: SignIn, shelf: Shelf) -> None:
    known, secret = Audience(), Audience(marking=Marking.AMBER, countries=("BE",))
    shelf.put("vienna", CONFERENCE.model_copy(update={"audience": known}))
    shelf.put("closed", CONFERENCE.model_copy(update={"audience": secret, "title": "Behind doors"}))
    shelf.case("told", event="vienna", presenter_role="Head of unit")
    shelf.case("shut", event="closed", presenter_role="Head of unit")
    shelf.case("quiet", event="vienna", audience=Audience(chatham_house=True))
    shelf.follow()
    client = client_as(Role.INVESTIGATOR)
    told = Page(client.get("/cases/told/").text)
    assert told.address("A conference in Vienna") == "/events/vienna"
    assert "A conference in Vienna Head of unit" in told.text
    shut = client.get("/cases/shut/").text
    assert "an event Head of unit" in Page(shut).text
    assert "/events/closed" not in shut
    assert "Behind doors" not in shut
    assert "A conference in Vienna" not in client_as(Role.COORDINATOR).get("/cases/quiet/").text
    chosen = Page(client.get("/search?event=vienna").text).text
    assert "Event: A conference in Vienna" in chosen


def test_markdown_of_a_lesson_is_rendered_and_harmless(client_as: SignIn, shelf: Shelf) -> None:
    shelf.case("loud", summary="**Bold** <script>alert(1)</script>")
    html = client_as(Role.INVESTIGATOR).get("/cases/loud/").text
    assert "<strong>Bold</strong>" in html
    assert "<script>alert" not in html


class TestTags:
    def test_the_owner_puts_a_tag_on_a_lesson_and_takes_it_off(self, client_as: SignIn) -> None:
        client = client_as(Role.INVESTIGATOR)
        answer = send(client, "/cases/seven/tags", lesson="logs", add="preserve-first")
        assert "The tags are changed." in answer.text
        assert Page(answer.text).address("Preserve first") == "/tags/tag/preserve-first"
        answer = send(client, "/cases/seven/tags", lesson="logs", remove="preserve-first")
        assert "Preserve first" not in {link.words for link in Page(answer.text).links}

    def test_a_coordinator_tags_the_case_of_others(self, client_as: SignIn) -> None:
        answer = send(client_as(Role.COORDINATOR), "/cases/seven/tags", add="preserve-first")
        assert "The tags are changed." in answer.text

    def test_a_tag_that_does_not_exist_is_refused_with_a_sentence(self, client_as: SignIn) -> None:
        answer = send(client_as(Role.COORDINATOR), "/cases/seven/tags", add="invented")
        assert answer.status_code == 422
        assert "Not a valid choice" in answer.text

    def test_others_are_shown_no_tools_and_are_refused(self, client_as: SignIn, shelf: Shelf) -> None:
        shelf.case("theirs", owner={"id": "example-unit-fr", "name": "Example unit, France", "country": "FR"})
        shelf.follow()
        client = client_as(Role.INVESTIGATOR)
        assert "Add a tag" not in client.get("/cases/theirs/").text
        assert send(client, "/cases/theirs/tags", add="preserve-first").status_code == 403


class TestStanding:
    @pytest.mark.parametrize(
        ("act", "banner"),
        [("retire", "no longer good advice"), ("supersede", "another case tells it better")],
    )
    def test_a_case_leaves_search_with_a_reason_and_comes_back(
        self, client_as: SignIn, shelf: Shelf, act: str, banner: str
    ) -> None:
        shelf.case("better", title="Told better")
        shelf.follow()
        client = client_as(Role.COORDINATOR)
        answer = send(
            client, f"/cases/seven/{act}", f"/cases/seven/{act}", reason="The law has changed.", by="better"
        )
        assert banner in answer.text
        assert "The law has changed." in answer.text
        assert "Seven days" not in client.get("/search?q=%22seven+days%22").text.partition("results")[2]
        assert "Seven days" in client.get(f"/cases?status={act.rstrip('e')}ed").text
        answer = send(
            client, "/cases/seven/reinstate", "/cases/seven/reinstate", reason="The law has changed back."
        )
        assert "The case is back in search." in answer.text
        assert banner not in answer.text

    def test_a_superseded_case_leads_to_the_one_that_takes_its_place(
        self, client_as: SignIn, shelf: Shelf
    ) -> None:
        shelf.case("better", title="Told better")
        client = client_as(Role.COORDINATOR)
        answer = send(
            client, "/cases/seven/supersede", "/cases/seven/supersede", reason="Merged.", by="better"
        )
        assert Page(answer.text).address("Go to the case that takes its place") == "/cases/better/"

    def test_a_reason_is_required_and_what_was_typed_stays(self, client_as: SignIn) -> None:
        answer = send(
            client_as(Role.COORDINATOR), "/cases/seven/supersede", "/cases/seven/supersede", by="better"
        )
        assert answer.status_code == 422
        assert "Say why; readers of the history will ask." in answer.text
        assert 'value="better"' in answer.text

    def test_doing_it_twice_is_told_with_the_form(self, client_as: SignIn) -> None:
        client = client_as(Role.COORDINATOR)
        send(client, "/cases/seven/retire", "/cases/seven/retire", reason="Once.")
        answer = send(client, "/cases/seven/retire", "/cases/seven/retire", reason="Twice.")
        assert answer.status_code == 409
        assert "This case is retired; that step is not possible now." in answer.text
        assert 'value="Twice."' in answer.text

    @pytest.mark.parametrize("act", ["retire", "supersede", "reinstate", "marking"])
    def test_who_may_not_act_is_shown_no_form(self, client_as: SignIn, shelf: Shelf, act: str) -> None:
        shelf.case("theirs", owner={"id": "example-unit-fr", "name": "Example unit, France", "country": "FR"})
        assert client_as(Role.INVESTIGATOR).get(f"/cases/theirs/{act}").status_code == 403


class TestMarking:
    PATH = "/cases/seven/marking"

    def test_the_owner_narrows_a_case_to_its_country(self, client_as: SignIn) -> None:
        answer = send(
            client_as(Role.INVESTIGATOR),
            self.PATH,
            self.PATH,
            marking="AMBER",
            countries=["FR"],
            reason="Too open.",
        )
        assert "TLP:AMBER" in answer.text
        assert "Also for France" in Page(answer.text).text
        assert client_as(Role.COORDINATOR).get("/cases/seven/").status_code == 404

    def test_red_names_persons(self, client_as: SignIn) -> None:
        persons = ["demo-investigator", "demo-coordinator"]
        answer = send(
            client_as(Role.INVESTIGATOR),
            self.PATH,
            self.PATH,
            marking="RED",
            persons=persons,
            reason="Named.",
        )
        assert "TLP:RED" in answer.text
        assert client_as(Role.COORDINATOR).get("/cases/seven/").status_code == 200
        assert client_as(Role.PRESENTER).get("/cases/seven/").status_code == 404

    def test_who_narrows_a_case_out_of_their_own_sight_is_led_to_the_list(
        self, client_as: SignIn, shelf: Shelf
    ) -> None:
        client = client_as(Role.INVESTIGATOR)
        persons = ("demo-investigator", "demo-presenter")
        shelf.case(audience=Audience(marking=Marking.RED, persons=persons))
        shelf.follow()
        answer = send(
            client, self.PATH, self.PATH, marking="RED", persons=["demo-presenter"], reason="Not mine."
        )
        assert answer.status_code == 200
        assert answer.request.path == "/cases"
        assert "The marking is changed." in answer.text

    def test_a_coordinator_of_another_organisation_may_not(self, client_as: SignIn) -> None:
        client = client_as(Role.COORDINATOR)
        assert client.get(self.PATH).status_code == 403
        answer = send(client, self.PATH, marking="CLEAR", reason="Everybody.")
        assert answer.status_code == 403

    def test_an_unchanged_marking_is_told_with_the_form(self, client_as: SignIn) -> None:
        answer = send(client_as(Role.INVESTIGATOR), self.PATH, self.PATH, marking="GREEN", reason="The same.")
        assert answer.status_code == 409
        assert "The marking is already so" in answer.text
