from __future__ import annotations

import datetime as dt

from kb.domain.account import Role
from kb.domain.marking import Audience, Marking
from kb.domain.resource import Cost, Resource, ResourceType
from tests.web.conftest import SignIn
from tests.web.reading import Page
from tests.web.shelf import Shelf

TOOL = Resource(
    title="A tool for triage",
    audience=Audience(marking=Marking.CLEAR),
    type=ResourceType.TOOL,
    provider="A company",
    cost=Cost.FREE_FOR_POLICE,
    eligible="Police of any state",
    languages=("en", "de"),
    difficulties=("retention-expired",),
    summary="Sorts what came in.",
    as_of=dt.date(2026, 7, 1),
)


def test_without_resources_the_list_says_where_they_come_from(client_as: SignIn) -> None:
    assert "No resources yet" in client_as(Role.INVESTIGATOR).get("/resources").text


def test_a_resource_says_what_it_costs_whom_it_is_for_and_what_it_helps_with(
    client_as: SignIn, shelf: Shelf
) -> None:
    shelf.concepts()
    shelf.put("triage", TOOL)
    shelf.follow()
    client = client_as(Role.INVESTIGATOR)
    page = Page(client.get(Page(client.get("/resources").text).address("A tool for triage")).text)
    for words in (
        "Free for police",
        "Police of any state",
        "English, German",
        "1 July 2026",
        "Sorts what came in.",
    ):
        assert words in page.text
    assert page.address("Retention period expired") == "/tags/difficulty/retention-expired"


def test_a_resource_that_does_not_exist_leads_nowhere(client_as: SignIn) -> None:
    assert client_as(Role.INVESTIGATOR).get("/resources/none").status_code == 404
