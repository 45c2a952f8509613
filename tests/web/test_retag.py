"""Changing what many cases bear, through the pages: looked at, done, told, taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.domain.account import Role
from kb.domain.practice import Practice
from kb.domain.resource import Resource
from kb.services.demo import BELGIUM
from tests.web.conftest import SignIn
from tests.web.reading import Page
from tests.web.shelf import Shelf
from tests.web.test_tags import send

RESULTS = "/search/tags?scope=practices&vocabulary=tag"
SPLIT = "/tags/tag/templates/split"


@pytest.fixture
def beginning(filled_home: Path) -> Path:
    return filled_home


def test_results_are_retagged_after_a_look_and_that_is_taken_back_as_a_whole(client_as: SignIn) -> None:
    client = client_as(Role.COORDINATOR)
    results = Page(client.get("/search?scope=practices").text)
    assert results.address("Change the tags of these results") == "/search/tags?scope=practices"
    assert "Choose what is to be put on" in send(client, RESULTS, op="look").text
    looked = send(client, RESULTS, op="look", add="preserve-first", remove="templates")
    assert "Taken off: Templates at hand. Put on: Preserve first." in Page(looked.text).text
    place = {"add": "preserve-first", "remove": "templates", "place": "seven/1/template"}
    refused = send(client, RESULTS, **place)
    assert refused.status_code == 422
    assert "Say why" in refused.text
    assert send(client, RESULTS, **{**place, "place": "seven"}, reason="So it is.").status_code == 422
    for forged in ("seven/x/y", "nosuch:seven/1/", "submission:seven/1/", "concept:tag.templates/1/"):
        assert send(client, RESULTS, **{**place, "place": forged}, reason="So it is.").status_code == 422
    done = send(client, RESULTS, **place, reason="Preserving came first.")
    assert "1 entry that you see was changed" in done.text
    assert ">1 result<" in client.get("/search?tag=preserve-first&scope=practices").text
    listed = Page(client.get("/tags/operations").text)
    assert "Results retagged" in listed.text
    back = send(client, done.request.path, reason="It did not.")
    assert "An operation taken back" in Page(back.text).headings
    assert ">0 results<" in client.get("/search?tag=preserve-first&scope=practices").text
    again = send(client, done.request.path, reason="It did not.")
    assert again.status_code == 422
    assert "there is nothing to take back" in again.text


def test_a_tag_is_split_lesson_by_lesson(client_as: SignIn, shelf: Shelf) -> None:
    client = client_as(Role.COORDINATOR)
    bare = Page(client.get(SPLIT).text).text
    assert "2 entries bear it that you may see and change." in bare
    assert "The unit keeps a filled template for each provider." in bare
    clash = send(client, SPLIT, op="look", new="preserve FIRST")
    assert "There is already “Preserve first” in this scheme." in clash.text
    looked = send(client, SPLIT, op="look", into="preserve-first", new="Forms of the court")
    assert 'value="seven/1/template/tags/+0"' in looked.text
    given = {
        "new": "Forms of the court",
        "give": ["seven/1/template/tags/+0", "seven/1//tags/preserve-first"],
    }
    done = send(client, SPLIT, **given, reason="It said two things.")
    assert "2 entries that you see were changed" in done.text
    assert "Forms of the court" in Page(client.get("/cases/seven/lessons/template").text).text
    assert "No entry that you may read bears it yet." in client.get("/tags/tag/templates").text


def test_officers_change_what_is_their_own_and_are_offered_nothing_else(
    client_as: SignIn, shelf: Shelf
) -> None:
    shelf.case("eight", owner=BELGIUM)
    shelf.follow()
    presenter, offered = client_as(Role.PRESENTER), "Change the tags of these results"
    assert offered in presenter.get("/search").text
    looked = Page(send(presenter, RESULTS, op="look", add="preserve-first").text).text
    assert "1 result would be changed." in looked
    assert "1 result is of others, who change it." in looked
    assert presenter.get(SPLIT).status_code == 403
    assert presenter.get("/tags/operations/nothing").status_code == 404


def test_the_picker_finds_without_javascript_and_keeps_what_was_chosen(client_as: SignIn) -> None:
    client = client_as(Role.COORDINATOR)
    found = send(client, SPLIT, op="find", into="preserve-first", find="nosuch", new="One more").text
    assert 'value="preserve-first" checked' in found
    assert "One more" in found
    found = send(client, "/tags/tag/templates/place", op="find", find="preserve", broader="").text
    assert 'value="preserve-first"' in found
    looked = send(client, "/tags/tag/templates/place", op="look", broader="preserve-first", revision=1).text
    assert "Nothing stands against it." in looked


def test_practices_and_resources_are_changed_with_the_lessons_and_each_is_linked(
    client_as: SignIn, shelf: Shelf
) -> None:
    practice = Practice(title="Call first.", tags=("templates",), owner=BELGIUM, released=True)
    shelf.put("call", practice)
    shelf.put("tool", Resource(title="A tool of theirs"))
    shelf.follow()
    client, register = client_as(Role.COORDINATOR), "/search/tags?scope=register&vocabulary=tag"
    looked = Page(send(client, register, op="look", add="preserve-first", remove="templates").text)
    assert "1 result would be changed." in looked.text
    assert looked.address("Read it: Call first.") == "/practices/call"
    place = {"add": "preserve-first", "remove": "templates", "place": "practice:call/1/"}
    done = Page(send(client, register, **place, reason="It came first.").text)
    assert done.address("Call first.") == "/practices/call"
    assert "Preserve first" in Page(client.get("/practices/call").text).text
    assert "It came first." in Page(client.get("/practices/call/history").text).text
    split = Page(send(client, "/tags/tag/preserve-first/split", op="look", into="templates").text)
    assert split.address("Read it: Call first.") == "/practices/call"
    resources = "/search/tags?scope=resources&vocabulary=tag"
    assert "1 result stays as it is" in send(client, resources, op="look", add="preserve-first").text
