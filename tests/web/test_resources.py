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


EMPTY = {
    "/resources": "Resources come with the seed knowledge base, or coordinators add them.",
    "/instruments": "Coordinators write them down, each with its public source.",
    "/legislation": "Everything is unknown until coordinators write it down with its source.",
    "/legislation/AT": "No question yet; they are concepts of the vocabulary “Legislation checklist”.",
    "/legislation/compare?country=AT": "No question yet; they are concepts of the vocabulary",
    "/partners": "They are concepts of the vocabulary “Partners”; a coordinator adds them.",
}


def test_in_an_empty_home_each_page_says_where_what_is_missing_comes_from(client_as: SignIn) -> None:
    client = client_as(Role.INVESTIGATOR)
    for address, told in EMPTY.items():
        assert told in Page(client.get(address).text).text, address


def test_a_resource_says_what_it_costs_whom_it_is_for_and_what_it_helps_with(
    client_as: SignIn, shelf: Shelf
) -> None:
    shelf.concepts()
    shelf.put("triage", TOOL)
    shelf.follow()
    client = client_as(Role.INVESTIGATOR)
    listed = Page(client.get("/resources").text)
    assert "Who may have it: Police of any state" in listed.text
    page = Page(client.get(listed.address("A tool for triage")).text)
    for words in (
        "Free for police",
        "Police of any state",
        "English, German",
        "1 July 2026",
        "Sorts what came in.",
    ):
        assert words in page.text
    assert page.address("Retention period expired") == "/tags/difficulty/retention-expired"


def test_beside_what_fits_stands_what_may_fit_since_no_source_tells_and_paper_bears_the_marking(
    client_as: SignIn, shelf: Shelf
) -> None:
    silent = TOOL.model_copy(update={"title": "A network", "cost": Cost.UNKNOWN, "audience": Audience()})
    shelf.put("triage", TOOL)
    shelf.put("network", silent)
    shelf.follow()
    client = client_as(Role.INVESTIGATOR)
    answer = client.get("/resources?cost=free-for-police").text
    page = Page(answer)

    assert "1 resource" in page.text
    assert page.headings == ["Resources", "A tool for triage", "May fit too", "A network"]
    assert 'class="printed--green"' in answer
    assert "May fit too" not in client.get("/resources").text
    assert 'class="printed--clear"' in client.get("/resources?type=training").text


def test_a_resource_that_does_not_exist_leads_nowhere(client_as: SignIn) -> None:
    assert client_as(Role.INVESTIGATOR).get("/resources/none").status_code == 404
