"""Results as answers: solutions under difficulties, one result per case, and ways on where nothing is found."""

from __future__ import annotations

import re
from html import unescape

import pytest

from kb.domain.account import Role
from kb.domain.lesson import Solution
from tests.samples import LESSONS
from tests.web.conftest import SignIn
from tests.web.reading import Page
from tests.web.shelf import Shelf
from tests.web.test_search import total


@pytest.fixture(autouse=True)
def records(shelf: Shelf) -> None:
    shelf.concepts()
    shelf.case()
    shelf.case("eight", title="Eight days", lead_country="BE", period={"start": "2021"}, language="fr")
    shelf.follow()


def test_a_difficulty_shows_its_solutions_with_how_they_went_failures_too(client_as: SignIn) -> None:
    html = client_as(Role.INVESTIGATOR).get("/search?q=logs+gone&scope=difficulties&country=AT").text
    page = Page(html)
    assert (
        "What was tried (Austria) Solution Ask for preservation first Worked "
        "Solution Wait for the treaty request Did not work"
    ) in page.text
    assert page.address("Wait for the treaty request") == "/cases/seven/lessons/wait"


def test_only_some_solutions_of_a_difficulty_are_named(client_as: SignIn, shelf: Shelf) -> None:
    tried = [Solution(key=f"s{number}", title=f"Try {number}", answers=("logs",)) for number in range(6)]
    shelf.case("many", title="Many days", lessons=(LESSONS[0], *tried), lead_country=None)
    shelf.follow()
    client = client_as(Role.INVESTIGATOR)
    page = Page(client.get("/search?q=logs&scope=difficulties&case=many").text)
    assert "What was tried (country not stated)" in page.text
    assert [link.words for link in page.links if link.words.startswith("Try")] == [
        f"Try {n}" for n in range(4)
    ]
    assert page.address("2 more solutions") == "/cases/many/lessons/logs"


def test_what_a_result_says_is_read_aloud_in_its_own_language(client_as: SignIn) -> None:
    """WCAG 2.2, 3.1.2: a page in one language names lessons in many."""
    client = client_as(Role.INVESTIGATOR)
    for country, language in (("AT", "en"), ("BE", "fr")):
        html = client.get(f"/search?q=logs+gone&scope=difficulties&country={country}").text
        spoken = re.findall(r' lang="(\w+)">', html[html.index('<li class="result">') :])
        title, snippet, case, *answers = spoken
        assert {title, snippet, case, *answers} == {language}
        assert answers


def test_a_solution_shows_which_difficulty_it_answers(client_as: SignIn) -> None:
    page = Page(client_as(Role.INVESTIGATOR).get("/search?q=treaty&scope=solutions&country=AT").text)
    assert "What it answers Difficulty Logs were gone" in page.text


def test_results_of_one_case_fold_behind_the_best_one(client_as: SignIn) -> None:
    client = client_as(Role.INVESTIGATOR)
    html = client.get("/search?q=logs+request+too+reports+template&country=AT&exact=1").text
    page = Page(html)
    more = re.search(r"(\d+) more results of this case", page.text)
    assert more
    found = int(more[1]) + 1
    assert f"{total(html)} results in 2 cases" in page.text
    all_of_it = page.address(f"All {found} results of this case")
    assert all_of_it == "/search?q=logs+request+too+reports+template&exact=1&case=seven&country=AT"
    unfolded = client.get(all_of_it).text
    assert total(unfolded) == found
    assert Page(unfolded).text.count("Seven days Austria") == found
    assert "results of this case" not in unfolded


def test_a_difficulty_without_solution_says_so(client_as: SignIn) -> None:
    page = client_as(Role.INVESTIGATOR).get("/search?q=four+hundred+reports&scope=difficulties").text
    assert "No solution told" in page


def test_nothing_found_says_what_to_leave_out_and_what_that_finds(client_as: SignIn) -> None:
    client = client_as(Role.INVESTIGATOR)
    html = client.get('/search?q="provider+telephone"+logs&country=AT').text
    assert "Nothing found" in Page(html).headings
    ways = re.findall(r'<li><a href="([^"]+)">([^<]+)</a>: (\d+) result', html)
    assert [unescape(words) for _, words, _ in ways] == [
        'with the words of "provider telephone" in any order',
        'without "provider telephone"',
    ]
    for address, _, count in ways:
        assert total(client.get(unescape(address)).text) == int(count) > 0


def test_each_filter_can_be_left_out_where_nothing_is_found(client_as: SignIn) -> None:
    client = client_as(Role.INVESTIGATOR)
    page = Page(client.get("/search?q=preservation&country=DE&outcome=worked").text)
    assert "There is something with one thing less" in page.text
    address = page.address("without the filter “Country: Germany”")
    assert address == "/search?q=preservation&outcome=worked"
    assert f"“Country: Germany”: {total(client.get(address).text)} result" in page.text
    assert page.address("without any filter") == "/search?q=preservation"


def test_where_there_is_nothing_to_filter_there_is_no_column_for_it(client_as: SignIn) -> None:
    client = client_as(Role.INVESTIGATOR)
    assert "columns--filters" not in client.get("/search?q=zzzzqqqq&country=AT&typed=1").text
    assert "columns--filters" in client.get("/search?q=logs").text


def test_concepts_that_come_near_lead_to_what_is_filed_under_them(client_as: SignIn) -> None:
    client = client_as(Role.INVESTIGATOR)
    page = Page(client.get("/search?q=templatte&typed=1").text)
    link = next(link for link in page.links if link.words.startswith("Tag: Templates at hand"))
    assert link.address == "/search?tag=templates"
    assert link.words.endswith(f" {total(client.get(link.address).text)}")


def test_results_of_another_spelling_are_told_as_such_and_can_be_refused(client_as: SignIn) -> None:
    client = client_as(Role.INVESTIGATOR)
    html = client.get("/search?q=preservetion&country=AT").text
    page = Page(html)
    assert "Nothing for “preservetion”. Results for “preservation”:" in page.text
    assert total(html) == total(client.get("/search?q=preservation&country=AT").text) > 0
    assert 'value="preservetion"' in html
    leading = {link.words: link.address for link in page.links if link.address.startswith("/search?")}
    assert leading["Solution 1"] == "/search?q=preservation&kind=solution&country=AT"
    assert leading["Search for what I typed"] == "/search?q=preservetion&typed=1&country=AT"
    typed = client.get(leading["Search for what I typed"]).text
    assert total(typed) == 0
    assert Page(typed).address("preservation") == "/search?q=preservation&country=AT"


def test_the_units_of_one_case_have_an_address_that_every_link_keeps(client_as: SignIn) -> None:
    client = client_as(Role.INVESTIGATOR)
    html = client.get("/search?q=days&case=seven&case=NO/id&case=").text
    assert (
        total(html)
        == total(client.get("/search?q=days&case=seven").text)
        < total(client.get("/search?q=days").text)
    )
    leading = [link for link in Page(html).links if link.address.startswith("/search?")]
    lost = [link.words for link in leading if "case=seven" not in link.address]
    assert lost == ["Case: Seven days ×remove this filter"]
    assert "more results of this case" not in html
    assert '<input type="hidden" name="case" value="seven">' in html
