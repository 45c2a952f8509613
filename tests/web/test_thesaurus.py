"""Vocabularies out of a page and in by one, and the page of what needs a look."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kb.domain.account import Role
from kb.domain.concept import Concept, Labels, Scheme
from kb.domain.jurisdiction import Jurisdiction
from kb.domain.practice import Practice
from kb.domain.resource import Resource
from kb.services.demo import AUSTRIA
from tests.web.conftest import SignIn, csrf_token
from tests.web.page_form import PageForm
from tests.web.reading import Page
from tests.web.shelf import Shelf

EXPORT, IMPORT, CONFIRM, HYGIENE = "/tags/export.ttl", "/tags/import", "/tags/import/confirm", "/tags/hygiene"


@pytest.fixture
def beginning(filled_home: Path) -> Path:
    return filled_home


@pytest.fixture(autouse=True)
def records(shelf: Shelf) -> None:
    labels = (Labels(language="en", preferred="Template at hand"),)
    shelf.put("tag.sheets", Concept(scheme=Scheme.TAG, key="sheets", labels=labels))
    shelf.follow()


def upload(client: FlaskClient, content: bytes) -> TestResponse:
    data = {"csrf_token": csrf_token(client, IMPORT), "into": "tag", "file": (BytesIO(content), "v.ttl")}
    return client.post(IMPORT, data=data, content_type="multipart/form-data")


def test_an_export_changed_comes_in_by_a_plan_that_is_confirmed_with_a_reason(client_as: SignIn) -> None:
    client = client_as(Role.COORDINATOR)
    out = client.get(EXPORT)
    assert out.mimetype == "text/turtle"
    assert client.get(f"{EXPORT}?audience=public").data
    shown = upload(client, out.data.replace(b'"Template at hand"@en', b'"Ready sheet"@en'))
    assert "Template at hand → Ready sheet" in Page(shown.text).text
    assert client.get(EXPORT).data == out.data
    form = PageForm(shown.text, CONFIRM)
    refused = form.send(client)
    assert "Say why it is imported" in refused.text
    done = PageForm(refused.text, CONFIRM).send(client, reason="Better words.")
    assert done.headers["Location"] == "/tags"
    assert "Ready sheet" in client.get("/tags/tag/sheets").text
    assert "Better words." in client.get("/tags/tag/sheets/history").text
    again = form.send(client, reason="Again.")
    assert again.status_code == 409
    assert "has changed since" in again.text
    nothing = upload(client, client.get(EXPORT).data)
    assert "Nothing to do" in nothing.text


def test_what_stands_in_the_way_is_told_by_its_condition(client_as: SignIn) -> None:
    client = client_as(Role.COORDINATOR)
    head = b"@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    both = head + b"<http://t.example/a> a skos:Concept ; skos:prefLabel 'One'@en, 'Two'@en ."
    shown = Page(upload(client, both).text).text
    assert "SKOS S14" in shown
    assert "Carry it out" not in shown
    assert upload(client, b"no Turtle").status_code == 422
    sound = {"csrf_token": csrf_token(client, IMPORT), "packed": "eJwDAAAAAAE=", "into": "tag", "reason": "x"}
    for wrong in ({"packed": "no base64!"}, {"packed": "AAAA"}, {"into": "nosuch"}):
        assert client.post(CONFIRM, data=sound | wrong).status_code == 422


def test_coordinators_alone_import_and_look(client_as: SignIn) -> None:
    client = client_as(Role.INVESTIGATOR)
    assert client.get(EXPORT).status_code == 200
    assert {client.get(path).status_code for path in (IMPORT, HYGIENE)} == {403}


def test_a_near_duplicate_leads_to_a_merge_that_is_filled_in(client_as: SignIn) -> None:
    client = client_as(Role.COORDINATOR)
    page = Page(client.get(HYGIENE).text)
    merge = client.get(page.address("merge Template at hand into Templates at hand"))
    assert "would be known as “Templates at hand”" in Page(merge.text).text


def test_what_is_overdue_leads_to_where_it_is_answered(client_as: SignIn, shelf: Shelf) -> None:
    past = dt.date(2020, 1, 1)
    shelf.put("old", Practice(title="Call the desk first.", owner=AUSTRIA, released=True, review_by=past))
    shelf.put("tool", Resource(title="A tool of theirs", review_by=past))
    shelf.put("at", Jurisdiction(title="Austria", country="AT", review_by=past))
    shelf.follow()
    client = client_as(Role.COORDINATOR)
    answers = {"/practices/old/edit", "/resources/tool/confirm", "/legislation/AT/confirm"}
    for address in (HYGIENE, "/still-true"):
        page = Page(client.get(address).text)
        assert {"Call the desk first.", "A tool of theirs", "Austria"} <= {each.words for each in page.links}
        assert answers <= {each.address for each in page.links}
    assert {client.get(each).status_code for each in answers} == {200}
