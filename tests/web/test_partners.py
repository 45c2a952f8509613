"""Pages of partners: every number is what its search finds, no number where nothing is told, and nothing of what is hidden."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import FileSystemBytecodeCache

from kb.domain.account import Role
from kb.domain.concept import Concept, ConceptStatus, Labels, Scheme
from kb.domain.lesson import CrossBorderIssue, Difficulty, Outcome, Solution
from kb.domain.marking import Audience, Marking
from kb.domain.record import Origin
from kb.domain.resource import Resource
from kb.services.demo import AUSTRIA, BELGIUM
from tests.web.counted import World, world_of
from tests.web.shelf import Shelf

READERS = (Role.INVESTIGATOR, Role.COORDINATOR)
"""One in Austria and one in Belgium."""
CONCEPTS = (
    (Scheme.DIFFICULTY, "provider-slow", "Providers answer slowly"),
    (Scheme.PARTNER, "hotline", "Hotline"),
    (Scheme.PARTNER, "bank", "Bank"),
    (Scheme.PARTNER, "academia", "Universities"),
)
LATE = Difficulty(
    key="late", title="It came late", text="By weeks.", categories=("provider-slow",), partners_hindered=("bank",)
)  # fmt: skip
HELPED = tuple(
    Solution(
        key=f"s{at}", title=f"Way {at}", text="Early.", answers=("late",), outcome=Outcome.WORKED,
        partners_helped=("hotline",),
    )
    for at in range(6)
)  # fmt: skip
FAILED = Solution(
    key="f1", title="Waited", text="Long.", outcome=Outcome.FAILED, partners_hindered=("hotline", "bank")
)
BORDER = CrossBorderIssue(
    key="b1", title="Asked abroad", text="By desk.", from_country="AT", to_countries=("DE",), partners_helped=("bank",)
)  # fmt: skip


def _fill(shelf: Shelf) -> None:
    for scheme, key, label in CONCEPTS:
        concept = Concept(scheme=scheme, key=key, labels=(Labels(language="en", preferred=label),))
        shelf.put(concept.id, concept)
    merged = Concept(
        scheme=Scheme.PARTNER, key="tip-line", labels=(Labels(language="en", preferred="Tip line"),),
        replaced_by="hotline", status=ConceptStatus.RETIRED,
    )  # fmt: skip
    shelf.put(merged.id, merged)
    shelf.put(
        "course", Resource(title="A course for analysts", provider="A network", provider_type="hotline")
    )
    strict, quiet = Audience(marking=Marking.AMBER_STRICT), Audience(chatham_house=True)
    cases: dict[str, dict[str, object]] = {
        "one": {"title": "First", "lessons": (LATE, *HELPED, FAILED), "contact": "Duty desk"},
        "example": {
            "title": "Made up",
            "lessons": (BORDER,),
            "origin": Origin.ILLUSTRATIVE,
            "owner": BELGIUM,
        },
        "strict": {
            "title": "Kept close",
            "lessons": (LATE, *HELPED),
            "audience": strict,
            "lead_country": "MT",
        },
        "quiet": {
            "title": "Told quietly",
            "lessons": (LATE, FAILED),
            "audience": quiet,
            "contact": "Night desk",
        },
    }
    for identifier, fields in cases.items():
        shelf.case(identifier, **({"owner": AUSTRIA, "lead_country": "AT", "tags": ()} | fields))


@pytest.fixture(scope="module")
def world(
    new_home: Path, tmp_path_factory: pytest.TempPathFactory, compiled_templates: FileSystemBytecodeCache
) -> World:
    return world_of(new_home, tmp_path_factory.mktemp("partners") / "home", _fill, compiled_templates)


@pytest.mark.parametrize("role", READERS)
def test_every_number_is_that_of_the_search_that_it_opens(world: World, role: Role) -> None:
    for address, least in {"/partners": 4, "/partners/hotline": 7, "/partners/bank": 5}.items():
        promised = world.promised(address, role)
        assert len(promised) >= least, address
        assert world.found(role, promised) == [each.number for each in promised], address


def test_help_and_hindrance_stand_apart_and_where_none_is_told_no_number_stands(world: World) -> None:
    page = world.read("/partners").text

    assert "Bank 1 4 Hotline 6 2 Universities none told none told" in page
    assert "Who helped often may only have been asked often." in page


def test_a_partner_is_told_by_difficulty_and_country_with_what_worked_and_what_did_not(world: World) -> None:
    page = world.read("/partners/hotline")

    assert "in which it helped: 6; in which it stood in the way: 2." in page.text
    assert "Providers answer slowly 6" in page.text
    assert "Austria 6 1" in page.text
    assert page.headings[1:] == [
        "With which difficulties", "In which countries", "What worked", "What did not work",
        "Where it stood in the way", "Who to ask", "Resources of such providers",
    ]  # fmt: skip
    assert "A course for analysts A network" in page.text
    assert sum(each.words.startswith("Way ") for each in page.links) == 5
    assert "6 results" in world.read(page.address("All 6")).text


def test_of_a_case_that_one_may_not_see_no_lesson_counts_and_of_a_quiet_one_neither_country_nor_desk_is_told(
    world: World,
) -> None:
    outside, inside = (world.read("/partners/hotline", role).text for role in reversed(READERS))

    assert "in which it helped: 6;" in outside
    assert "in which it helped: 12;" in inside
    assert "Not stated 1" in outside
    assert "Not stated" not in inside
    assert "Malta" in inside
    assert "Malta" not in outside
    assert "Duty desk (First)" in outside
    assert "Night desk" not in outside
    assert "Night desk (Told quietly)" in inside
    assert 'class="printed--amber-strict"' in world.browser(Role.INVESTIGATOR).get("/partners").text
    markings = [world.browser(role).get("/partners").text.count("AMBER+STRICT") > 0 for role in READERS]
    assert markings == [True, False]


def test_made_up_examples_are_said_where_they_are_counted_and_nowhere_else(world: World) -> None:
    told = "Counts include illustrative examples"

    assert told in world.read("/partners").text
    assert told in world.read("/partners/bank").text
    assert told not in world.read("/partners/hotline").text


def test_a_type_of_which_nothing_is_told_says_that_this_means_nothing(world: World) -> None:
    page = world.read("/partners/academia")

    assert "No lesson that you may read names it. That does not mean that nobody works with it." in page.text
    assert "No case study here names a desk that you may know." in page.text
    assert page.headings == ["Universities", "Who to ask"]


def test_a_type_that_was_merged_leads_to_what_stands_for_it_and_an_unknown_one_nowhere(world: World) -> None:
    browser = world.browser(Role.INVESTIGATOR)

    assert browser.get("/partners/tip-line").location == "/partners/hotline"
    assert "Tip line" not in world.read("/partners").text
    unknown = browser.get("/partners/nobody-knows")
    assert unknown.status_code == 404
    assert browser.get("/partners/provider-slow").status_code == 404, (
        "a concept of another scheme is no partner"
    )
