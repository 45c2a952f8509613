from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kb.domain.account import Role
from kb.domain.concept import Concept, Labels, Scheme
from tests.web.conftest import SignIn, csrf_token, token_in
from tests.web.reading import Page
from tests.web.shelf import Shelf

TAG = "/tags/tag/templates"


@pytest.fixture
def beginning(filled_home: Path) -> Path:
    return filled_home


def send(client: FlaskClient, path: str, **data: object) -> TestResponse:
    return client.post(path, data={"csrf_token": csrf_token(client, path), **data}, follow_redirects=True)


@pytest.mark.parametrize("scheme", list(Scheme))
def test_every_scheme_has_a_list(client_as: SignIn, scheme: Scheme) -> None:
    assert client_as(Role.INVESTIGATOR).get(f"/tags/{scheme}", follow_redirects=True).status_code == 200


def test_a_list_counts_what_a_click_returns(client_as: SignIn) -> None:
    client = client_as(Role.INVESTIGATOR)
    page = Page(client.get("/tags").text)
    assert "Templates at hand 2" in page.text
    assert "Entries 2" in Page(client.get(page.address("Templates at hand")).text).text


def test_groups_head_their_concepts(client_as: SignIn, shelf: Shelf) -> None:
    def concept(key: str, **fields: object) -> Concept:
        labels = (Labels(language="en", preferred=key.capitalize()),)
        return Concept.model_validate({"scheme": Scheme.DIFFICULTY, "key": key, "labels": labels, **fields})

    shelf.put("difficulty.data", concept("data", is_group=True))
    shelf.put("difficulty.logs", concept("logs", broader="data"))
    shelf.follow()
    page = Page(client_as(Role.INVESTIGATOR).get("/tags/difficulty").text)
    assert "Data" in page.headings
    assert "Logs" in Page(client_as(Role.INVESTIGATOR).get("/tags/difficulty/data").text).text


def test_a_tag_tells_its_meaning_its_words_and_its_entries(client_as: SignIn) -> None:
    page = Page(client_as(Role.INVESTIGATOR).get(TAG).text)
    assert "What Templates at hand means." in page.text
    assert "forms" in page.text
    assert page.address("Keep a request template ready") == "/cases/seven/lessons/template"
    assert page.address("Search among its entries") == "/search?tag=templates"


def test_a_scheme_that_search_cannot_filter_by_has_no_counts(client_as: SignIn) -> None:
    page = Page(client_as(Role.INVESTIGATOR).get("/tags/partner/platform").text)
    assert "Entries" not in page.text
    assert "Search among" not in page.text


@pytest.mark.parametrize(
    "path",
    ["/tags/nothing", "/tags/nothing/x", "/tags/tag/nothing", "/tags/tag/%20", "/tags/nothing/x/history"],
)
def test_what_does_not_exist_leads_nowhere(client_as: SignIn, path: str) -> None:
    assert client_as(Role.COORDINATOR).get(path).status_code == 404


def test_a_coordinator_adds_a_tag_that_can_be_used_at_once(client_as: SignIn) -> None:
    client = client_as(Role.COORDINATOR)
    answer = send(
        client,
        "/tags/tag/new",
        label="Night desk",
        synonyms="duty officer\nnight shift",
        definition="Somebody answers.",
    )
    assert "“Night desk” is added." in answer.text
    assert "duty officer, night shift" in Page(answer.text).text
    assert "Night desk" in client.get("/cases/seven/").text


def test_a_name_that_is_taken_is_refused_with_what_was_typed(client_as: SignIn) -> None:
    answer = send(client_as(Role.COORDINATOR), "/tags/tag/new", label="templates AT hand", definition="Mine.")
    assert answer.status_code == 422
    assert "There is already “Templates at hand”" in answer.text
    assert "Mine." in answer.text


def test_renaming_keeps_the_old_label_as_a_synonym(client_as: SignIn) -> None:
    client = client_as(Role.COORDINATOR)
    answer = send(
        client,
        f"{TAG}/rename",
        reason="Better.",
        revision=1,
        label="Forms ready",
        synonyms="forms",
        definition="Ready forms.",
    )
    text = Page(answer.text).text
    assert "Forms ready forms, Templates at hand" in text
    assert "Forms ready" in client.get("/cases/seven/").text


def test_who_saves_second_sees_both_texts_and_loses_nothing(client_as: SignIn) -> None:
    client = client_as(Role.COORDINATOR)
    send(
        client,
        f"{TAG}/rename",
        reason="Better.",
        revision=1,
        label="Faster words",
        definition="The faster definition.",
    )
    stale = send(
        client,
        f"{TAG}/rename",
        reason="Better.",
        revision=1,
        label="Slower words",
        synonyms="slow",
        definition="My own.",
    )
    assert stale.status_code == 409
    assert "What somebody saved meanwhile" in stale.text
    for words in ("Faster words", "The faster definition.", 'value="Slower words"', "My own."):
        assert words in stale.text
    fields = {
        "csrf_token": token_in(stale.text),
        "revision": 2,
        "label": "Both words",
        "definition": "Both.",
        "reason": "Joined.",
    }
    assert 'name="revision" type="hidden" value="2"' in stale.text
    again = client.post(f"{TAG}/rename", data=fields, follow_redirects=True)
    assert "Both words" in Page(again.text).headings


def test_a_tag_is_retired_with_a_reason_and_offered_again(client_as: SignIn) -> None:
    client = client_as(Role.COORDINATOR)
    answer = send(client, f"{TAG}/retire", revision=1, reason="Nobody uses it.")
    assert "Retired: no longer offered" in answer.text
    assert "Nobody uses it." in answer.text
    assert '<option value="templates">' not in client.get("/cases/seven/").text
    answer = send(client, f"{TAG}/reinstate", reason="Used.", revision=2)
    assert "It is offered again." in answer.text
    history = Page(client.get(f"{TAG}/history").text)
    assert "3 revisions" in history.text
    assert "Nobody uses it." in history.text


def test_retiring_needs_a_reason(client_as: SignIn) -> None:
    answer = send(client_as(Role.COORDINATOR), f"{TAG}/retire", revision=1)
    assert answer.status_code == 422
    assert "Say why it is retired" in answer.text


@pytest.mark.parametrize("path", ["/tags/tag/new", f"{TAG}/rename", f"{TAG}/retire", f"{TAG}/reinstate"])
def test_only_coordinators_curate(client_as: SignIn, path: str) -> None:
    client = client_as(Role.INVESTIGATOR)
    assert client.get(path).status_code == 403
    token = csrf_token(client, "/profile")
    assert (
        client.post(
            path, data={"csrf_token": token, "label": "Mine", "revision": 1, "reason": "x"}
        ).status_code
        == 403
    )
    assert "Change its words" not in client.get(TAG).text
    assert "Add one" not in client.get("/tags").text
