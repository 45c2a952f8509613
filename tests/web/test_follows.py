"""Following on pages: the button, the list that ends it, and the address that a feed reader is given."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kb.bootstrap import Services
from kb.domain.account import Account, Role
from tests.services.register import words
from tests.web.conftest import SignIn
from tests.web.page_form import form_at
from tests.web.reading import Page

FOLLOWS, STOPS = "/follows", "/follows/stop"


@pytest.fixture
def beginning(filled_home: Path) -> Path:
    return filled_home


@pytest.fixture
def reader(client_as: SignIn) -> FlaskClient:
    return client_as(Role.INVESTIGATOR)


@pytest.fixture
def practice(kb_services: Services, accounts: dict[Role, Account]) -> str:
    proposed = kb_services.practice_acts.propose(accounts[Role.PRESENTER], words())
    endorsed = kb_services.practice_acts.endorse(accounts[Role.COORDINATOR], proposed.id, proposed.revision)
    return endorsed.id


def press(client: FlaskClient, page: str, action: str) -> TestResponse:
    return form_at(client, page, action).send(client)


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("/tags/difficulty/retention-expired", "You follow this."),
        ("/search?country=AT", "You follow Austria."),
    ],
)
def test_a_concept_and_a_country_are_followed_from_their_pages_and_no_more_from_the_list(
    reader: FlaskClient, page: str, told: str
) -> None:
    back = press(reader, page, FOLLOWS)
    assert back.location == page
    assert told in Page(reader.get(page).text).text
    assert page.replace("&", "&amp;") in reader.get("/saved").text
    press(reader, "/saved", STOPS)
    listed = Page(reader.get("/saved").text).text
    assert "You do not follow it any more." in listed
    assert "Nothing yet. Open the page of a difficulty" in listed


def test_a_country_is_followed_from_its_law_and_leads_to_what_is_told_of_it(reader: FlaskClient) -> None:
    back = press(reader, "/legislation/AT", FOLLOWS)
    assert back.location == "/search?country=AT"
    assert "You follow Austria." in Page(reader.get("/legislation/AT").text).text


def test_a_practice_is_followed_from_its_page_and_told_in_the_inbox_and_in_a_feed(
    reader: FlaskClient, practice: str, kb_services: Services, accounts: dict[Role, Account]
) -> None:
    press(reader, f"/practices/{practice}", FOLLOWS)
    kb_services.practice_acts.edit(accounts[Role.COORDINATOR], practice, 2, words(effect="More of it."))
    inbox = reader.get("/inbox").text
    assert "A practice that you follow was changed" in inbox
    assert f'href="/practices/{practice}"' in inbox
    made = press(reader, "/saved", "/follows/feed")
    (address,) = re.findall(r"http://localhost(/feed\?key=[^<]+)<", made.text)
    assert f"/practices/{practice}" in reader.get(address).text
    press(reader, "/saved", "/follows/feed/revoke")
    assert reader.get(address).status_code == 404


def test_what_is_no_target_or_does_not_exist_leads_nowhere(reader: FlaskClient) -> None:
    form = form_at(reader, "/saved", FOLLOWS)
    for kind, identifier in (
        ("person", "anna"),
        ("country", "ZZ"),
        ("practice", "nothing"),
        ("concept", "x"),
    ):
        form.fields |= {"kind": [kind], "id": [identifier]}
        assert form.send(reader).status_code == 404
    assert "Stop following" not in reader.get("/search?country=ZZ").text
    assert 'name="kind"' not in reader.get("/search?country=ZZ").text


def test_a_practice_is_found_with_its_label_and_strength_and_is_counted_as_no_case(
    reader: FlaskClient, practice: str
) -> None:
    found = reader.get("/search?q=preservation").text
    page = Page(found)
    assert f'href="/practices/{practice}"' in found
    assert 'outcome--new"' in found
    assert "Evidence: Single case" in page.text
    assert re.search(r"\d+ results, \d+ of them in 1 case", page.text)
