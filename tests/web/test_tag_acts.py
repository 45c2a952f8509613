"""What coordinators do with tags beside naming and retiring them, through their pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.domain.account import Role
from kb.domain.concept import Concept, Labels, Scheme
from tests.web.conftest import SignIn
from tests.web.reading import Page
from tests.web.shelf import Shelf
from tests.web.test_tags import TAG, send


@pytest.fixture
def beginning(filled_home: Path) -> Path:
    return filled_home


@pytest.fixture(autouse=True)
def records(shelf: Shelf) -> None:
    labels = (Labels(language="en", preferred="Ready sheets", alternative=("Blanks",)),)
    shelf.put("tag.sheets", Concept(scheme=Scheme.TAG, key="sheets", labels=labels))
    shelf.follow()


def test_a_merge_is_looked_at_then_done_and_old_links_lead_on_and_it_is_taken_back(client_as: SignIn) -> None:
    client = client_as(Role.COORDINATOR)
    merge = "/tags/tag/sheets/merge"
    found = send(client, merge, op="find", find="templates AT", revision=1)
    assert 'value="templates"' in found.text
    assert "Nothing has these words" in send(client, merge, op="find", find="nosuch", revision=1).text
    looked = Page(send(client, merge, op="look", into="templates", revision=1).text).text
    assert (
        "“Ready sheets” would be known as “Templates at hand”, with these synonyms: Ready sheets, Blanks."
        in looked
    )
    assert "0 entries that you may see bear it." in looked
    refused = send(client, merge, into="templates", revision=1)
    assert refused.status_code == 422
    assert "Say why they are one" in refused.text
    done = send(client, merge, into="templates", reason="They are one.", revision=1)
    assert "They are one now." in done.text
    assert done.request.path == TAG
    assert client.get("/tags/tag/sheets").headers["Location"] == TAG
    assert "Ready sheets" in Page(client.get(TAG).text).text
    history = Page(client.get("/tags/tag/sheets/history").text)
    back = history.address("Take back revision 2: Merged into another")
    assert "It is taken back" in send(client, back, reason="They are two.", revision=2).text
    assert client.get("/tags/tag/sheets").status_code == 200
    assert client.get(back.replace("/2", "/9")).status_code == 404


def test_a_tag_is_put_under_another_and_a_circle_is_refused(client_as: SignIn) -> None:
    client = client_as(Role.COORDINATOR)
    assert (
        "It stands there now."
        in send(client, "/tags/tag/sheets/place", broader="templates", reason="A kind.", revision=1).text
    )
    again = send(client, f"{TAG}/place", broader="sheets", reason="A kind.", revision=1)
    assert again.status_code == 422
    assert "would be broader and narrower at once" in again.text
    listed = Page(client.get("/tags?find=blank").text).text
    assert "Ready sheets" in listed
    assert "Templates at hand" in listed
    assert "Nothing has these words" in client.get("/tags?find=nosuch").text


def test_words_in_other_languages_are_given_and_found(client_as: SignIn) -> None:
    client = client_as(Role.COORDINATOR)
    words = {"label": "Ready sheets", "synonyms": "Blanks", "reason": "German.", "revision": 1}
    bad = send(client, "/tags/tag/sheets/rename", **words, **{"translations-0-synonyms": "Vordruck"})
    assert "Give the language a preferred label" in bad.text
    good = send(client, "/tags/tag/sheets/rename", **words, **{"translations-0-preferred": "Vordrucke"})
    assert "Vordrucke" in good.text
    assert "Ready sheets" in client.get("/tags?find=vordruck").text


def test_other_words_are_looked_at_with_what_stands_against_them_before_anything_is_done(
    client_as: SignIn,
) -> None:
    client, rename = client_as(Role.COORDINATOR), f"{TAG}/rename"
    words = {"label": "Forms at hand", "synonyms": "blanks", "revision": 1}
    looked = Page(send(client, rename, op="look", **words).text).text
    assert "2 entries that you may see bear it." in looked
    assert "Nothing stands against it." in looked
    assert "“Templates at hand” → “Forms at hand”; synonyms that come: blanks, Templates at hand" in looked
    assert "“blanks” is a word of “Ready sheets” as well: it would mean both." in looked
    taken = send(client, rename, op="look", **{**words, "label": "ready SHEETS"})
    assert taken.status_code == 422
    assert "There is already “Ready sheets” in this scheme." in taken.text
    assert "Say why" in send(client, rename, **words).text
    assert "Forms at hand" not in Page(client.get(TAG).text).text
    assert "Forms at hand" in Page(send(client, rename, **words, reason="Usual.").text).headings


def test_a_proposal_is_seen_by_two_sides_and_decided(client_as: SignIn) -> None:
    investigator = client_as(Role.INVESTIGATOR)
    assert "will read these words" in investigator.get("/tags/tag/propose").text
    proposed = send(investigator, "/tags/tag/propose", label="Night desk")
    path = proposed.request.path
    assert "is proposed" in proposed.text
    assert client_as(Role.PRESENTER).get(path).status_code == 404
    coordinator = client_as(Role.COORDINATOR)
    assert "Night desk" in Page(coordinator.get("/tags").text).text
    assert "It is refused" in send(coordinator, f"{path}/refuse", reason="Use another.", revision=1).text
    assert "Use another." in client_as(Role.INVESTIGATOR).get(path).text
    send(coordinator, f"{path}/take-back/2", reason="Good after all.", revision=2)
    assert "It is adopted" in send(coordinator, f"{path}/adopt", reason="It is.", revision=3).text
    assert "Night desk" in client_as(Role.PRESENTER).get(path).text
