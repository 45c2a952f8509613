from __future__ import annotations

import pytest

from kb.domain.account import Role
from kb.domain.marking import Audience, Marking
from tests.web.conftest import SignIn, csrf_token
from tests.web.reading import Page
from tests.web.shelf import Shelf

HISTORY = "/cases/seven/history"


@pytest.fixture(autouse=True)
def records(shelf: Shelf) -> None:
    shelf.concepts()
    shelf.case(summary="The logs were kept for seven days.")
    shelf.case(summary="The logs were kept for ten days.", title="Ten days")
    shelf.follow()


def test_every_revision_is_listed_newest_first_with_what_changed(client_as: SignIn) -> None:
    page = Page(client_as(Role.INVESTIGATOR).get(HISTORY).text)
    assert "2 revisions" in page.text
    assert [link.words for link in page.links if link.words in {"1", "2"}] == ["2", "1"]
    assert page.address("What changed in revision 2") == "/cases/seven/differences/1/2"


def test_an_old_text_is_read_with_a_notice_that_leads_to_what_stands_now(client_as: SignIn) -> None:
    page = Page(client_as(Role.INVESTIGATOR).get("/cases/seven/revisions/1").text)
    assert "kept for seven days" in page.text
    assert "You are reading revision 1" in page.text
    assert page.address("Read what stands now") == "/cases/seven/seven-days"
    assert page.address("See what differs") == "/cases/seven/differences/1/2"
    assert "Add a tag" not in page.text


def test_the_current_revision_says_that_it_is(client_as: SignIn) -> None:
    assert "It is the current one." in client_as(Role.INVESTIGATOR).get("/cases/seven/revisions/2").text


def test_a_difference_is_told_word_by_word_and_not_by_colour_alone(client_as: SignIn) -> None:
    html = client_as(Role.INVESTIGATOR).get("/cases/seven/differences/1/2").text
    assert "kept for <del>seven</del><ins>ten</ins> days" in html
    assert "Added text is underlined" in html
    assert Page(html).headings[:3] == ["From revision 1 to 2", "Title", "Summary"]


def test_a_revision_compared_with_itself_is_the_same(client_as: SignIn) -> None:
    assert (
        "The two texts are the same." in client_as(Role.INVESTIGATOR).get("/cases/seven/differences/2/2").text
    )


@pytest.mark.parametrize("path", ["revisions/3", "revisions/0", "differences/1/9", "differences/9/1"])
def test_a_revision_that_never_was_leads_nowhere(client_as: SignIn, path: str) -> None:
    assert client_as(Role.INVESTIGATOR).get(f"/cases/seven/{path}").status_code == 404


def test_the_owner_brings_an_old_text_back_as_a_draft(client_as: SignIn) -> None:
    client = client_as(Role.PRESENTER)
    token = csrf_token(client, HISTORY)
    answer = client.post("/cases/seven/restore/1", data={"csrf_token": token}, follow_redirects=True)
    assert answer.status_code == 200
    assert "kept for seven days" in answer.text
    assert "Ten days" in client.get("/cases/seven/").text


def test_who_may_not_change_the_case_is_offered_no_restoring(client_as: SignIn) -> None:
    assert "Bring back" in client_as(Role.PRESENTER).get(HISTORY).text
    assert "Bring back" not in client_as(Role.COORDINATOR).get(HISTORY).text


def test_a_narrower_old_text_does_not_exist_for_those_outside_it(client_as: SignIn, shelf: Shelf) -> None:
    shelf.case("opened", title="CANARY before", audience=Audience(marking=Marking.AMBER))
    shelf.case("opened", title="Opened later")
    shelf.follow()
    client = client_as(Role.COORDINATOR)
    history = Page(client.get("/cases/opened/history").text)
    assert "1 revision" in history.text
    assert client.get("/cases/opened/revisions/1").status_code == 404
    assert client.get("/cases/opened/differences/1/2").status_code == 404
    assert "CANARY before" in client_as(Role.INVESTIGATOR).get("/cases/opened/revisions/1").text
