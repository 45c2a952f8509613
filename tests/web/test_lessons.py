from __future__ import annotations

import pytest

from kb.domain.account import Role
from tests.web.conftest import SignIn
from tests.web.reading import Page
from tests.web.shelf import Shelf


@pytest.fixture(autouse=True)
def records(shelf: Shelf) -> None:
    shelf.fill()


@pytest.mark.parametrize(
    ("key", "linked"),
    [
        ("logs", ["Ask for preservation first", "Wait for the treaty request"]),
        ("preserve", ["Logs were gone", "Keep a request template ready"]),
        ("template", ["Ask for preservation first"]),
        ("border", []),
    ],
)
def test_a_lesson_stands_with_its_case_and_the_lessons_it_is_linked_with(
    client_as: SignIn, key: str, linked: list[str]
) -> None:
    page = Page(client_as(Role.INVESTIGATOR).get(f"/cases/seven/lessons/{key}").text)
    assert page.address("Seven days") == "/cases/seven/seven-days"
    addresses = [link.words for link in page.links if link.address.startswith("/cases/seven/lessons/")]
    assert addresses == linked
    assert "TLP:GREEN" in page.text


def test_a_solution_says_how_it_went_and_a_border_issue_between_whom(client_as: SignIn) -> None:
    client = client_as(Role.INVESTIGATOR)
    assert "Solution Worked" in Page(client.get("/cases/seven/lessons/preserve").text).text
    assert "Austria → to Belgium" in Page(client.get("/cases/seven/lessons/border").text).text


@pytest.mark.parametrize("path", ["seven/lessons/nothing", "nothing/lessons/logs", "seven/lessons/UPPER"])
def test_a_lesson_that_is_not_there_leads_nowhere(client_as: SignIn, path: str) -> None:
    assert client_as(Role.INVESTIGATOR).get(f"/cases/{path}").status_code == 404
