from __future__ import annotations

from pathlib import Path

import pytest

from kb.domain.account import Role
from kb.domain.errors import SearchUnavailable
from kb.domain.lesson import Difficulty, GoodPractice, Solution
from kb.domain.marking import Audience, Marking, Organisation
from kb.domain.record import Origin
from tests.samples import LESSONS
from tests.web.conftest import SignIn
from tests.web.reading import Page, normal
from tests.web.shelf import Shelf

ELSEWHERE = Organisation(id="elsewhere", name="Example unit, Germany", country="DE")
NARROW = Audience(marking=Marking.AMBER_STRICT)


@pytest.fixture
def beginning(filled_home: Path) -> Path:
    return filled_home


OUTLINE = (
    "Its place in the case Difficulty Logs were gone {logs} Solution Ask for preservation first {preserve} Worked "
    "Good practice Keep a request template ready {template} Solution Wait for the treaty request Did not work "
    "Difficulty Nobody had time Cross-border issue The request was rejected on form {border}"
)


@pytest.mark.parametrize("key", ["logs", "preserve", "template", "border"])
def test_a_lesson_stands_in_the_tree_of_its_case(client_as: SignIn, key: str) -> None:
    html = client_as(Role.INVESTIGATOR).get(f"/cases/seven/lessons/{key}").text
    page = Page(html)
    here = dict.fromkeys(("logs", "preserve", "template", "border"), "") | {key: "(this one)"}
    assert normal(OUTLINE.format(**here)) in page.text
    assert html.count('aria-current="page">') == 2, "in the crumbs and in the tree"
    lessons = [link.address for link in page.links if link.address.startswith("/cases/seven/lessons/")]
    assert len([address for address in lessons if not address.endswith("/applied")]) == 5
    assert page.address("Seven days") == "/cases/seven/seven-days"
    assert "TLP:GREEN" in page.text


def test_a_solution_of_no_difficulty_and_a_practice_of_no_solution_stand_in_the_tree_too(
    client_as: SignIn, shelf: Shelf
) -> None:
    alone = (Solution(key="s1", title="Alone"), GoodPractice(key="p1", title="From nowhere"))
    shelf.case("bare", lessons=alone)
    shelf.follow()
    text = Page(client_as(Role.INVESTIGATOR).get("/cases/bare/lessons/s1").text).text
    assert (
        "Its place in the case Solution Alone (this one) Outcome unknown Good practice From nowhere" in text
    )


def test_similar_lessons_of_other_countries_and_apart_those_of_the_same(
    client_as: SignIn, shelf: Shelf
) -> None:
    shelf.case("home", title="Home days", lead_country="AT")
    shelf.case("far", title="Far days", lead_country="DE", lessons=LESSONS[:2], origin=Origin.ILLUSTRATIVE)
    shelf.case("hidden", title="Hidden days", lead_country="DE", audience=NARROW, owner=ELSEWHERE)
    shelf.follow()
    text = Page(client_as(Role.INVESTIGATOR).get("/cases/seven/lessons/logs").text).text
    abroad, _, at_home = text.partition("Similar lessons of other countries")[2].partition(
        "Of the same countries"
    )
    assert "Difficulty Illustrative example Logs were gone Far days Germany" in abroad
    assert "Difficulty Logs were gone Home days Austria" in at_home
    assert "Hidden days" not in text


def test_where_the_country_is_withheld_similar_lessons_are_of_other_cases(
    client_as: SignIn, shelf: Shelf
) -> None:
    shelf.case("quiet", title="Quiet days", audience=Audience(chatham_house=True), owner=ELSEWHERE)
    shelf.follow()
    text = Page(client_as(Role.INVESTIGATOR).get("/cases/quiet/lessons/logs").text).text
    assert "Similar lessons of other cases Difficulty Logs were gone Seven days Austria" in text
    assert "Of the same countries" not in text
    seven = Page(client_as(Role.INVESTIGATOR).get("/cases/seven/lessons/logs").text).text
    assert (
        "Similar lessons of other countries Difficulty Logs were gone Quiet days Country not stated" in seven
    )


def test_channels_and_partners_lead_to_searches(client_as: SignIn, shelf: Shelf) -> None:
    partnered = Difficulty(
        key="slow",
        title="Slow",
        text="Too slow.",
        partners_helped=("platform",),
        partners_hindered=("platform",),
    )
    shelf.case("partnered", lessons=(*LESSONS, partnered))
    shelf.follow()
    client = client_as(Role.INVESTIGATOR)
    page = Page(client.get("/cases/partnered/lessons/logs").text)
    searches = {link.words: link.address for link in page.links if link.address.startswith("/search?")}
    assert searches == {
        "Expedited preservation": "/search?channel=budapest-29",
        "Online platform": "/search?q=%22Online+platform%22",
    }
    for address in searches.values():
        assert client.get(address).status_code == 200


def test_while_the_index_is_rebuilt_the_lesson_is_shown_without_similar_ones(
    client_as: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_self: object, _query: object) -> None:
        raise SearchUnavailable

    monkeypatch.setattr("kb.adapters.search.engine.WhooshSearchEngine.similar", gone)
    answer = client_as(Role.INVESTIGATOR).get("/cases/seven/lessons/logs")
    assert answer.status_code == 200
    assert "similar lessons come back in a minute" in answer.text


def test_a_solution_says_how_it_went_and_a_border_issue_between_whom(client_as: SignIn) -> None:
    client = client_as(Role.INVESTIGATOR)
    assert "Solution Worked" in Page(client.get("/cases/seven/lessons/preserve").text).text
    assert "Austria → to Belgium" in Page(client.get("/cases/seven/lessons/border").text).text


@pytest.mark.parametrize("path", ["seven/lessons/nothing", "nothing/lessons/logs", "seven/lessons/UPPER"])
def test_a_lesson_that_is_not_there_leads_nowhere(client_as: SignIn, path: str) -> None:
    assert client_as(Role.INVESTIGATOR).get(f"/cases/{path}").status_code == 404


def test_the_same_difficulty_of_other_cases_stands_on_both_pages_with_what_was_tried_there(
    client_as: SignIn, shelf: Shelf
) -> None:
    same = LESSONS[0].model_copy(
        update={"key": "again", "title": "Again no logs", "same_as": ("seven/logs",)}
    )
    shelf.case("far", title="Far days", lessons=(same,))
    shelf.case("hidden", title="Hidden days", lessons=(same,), audience=NARROW, owner=ELSEWHERE)
    shelf.follow()
    client = client_as(Role.INVESTIGATOR)
    told = "The same difficulty as 1 other case tells it, with what was tried there. Again no logs Far days No solution is told there."
    assert told in Page(client.get("/cases/seven/lessons/logs").text).text
    page = Page(client.get("/cases/far/lessons/again").text)
    assert "The same difficulty as 1 other case" in page.text
    assert "Logs were gone Seven days Solution Ask for preservation first Worked" in page.text
    assert page.address("Logs were gone") == "/cases/seven/lessons/logs"
    text = Page(client.get("/cases/seven/").text).text
    assert "1 other case tells the same difficulty Again no logs Far days" in text
    assert "Hidden days" not in text
