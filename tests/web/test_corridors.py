"""Pages of corridors: every number is what its search finds, few reports say little, and what is hidden was never reported."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from jinja2 import FileSystemBytecodeCache

from kb.domain.account import Role
from kb.domain.concept import Concept, Labels, Scheme
from kb.domain.instrument import Need, Participation, Requirement
from kb.domain.jurisdiction import Answer, Reply
from kb.domain.lesson import BorderOutcome, CrossBorderIssue, GoodPractice, Lesson, Outcome, Solution
from kb.domain.marking import Audience, Marking
from kb.domain.record import Origin
from kb.services.demo import AUSTRIA, BELGIUM
from tests.services.library import SOURCE, a_law, an_instrument
from tests.web.counted import Promise, World, world_of
from tests.web.shelf import Shelf

READERS = (Role.INVESTIGATOR, Role.COORDINATOR)
"""One in Austria and one in Belgium."""
CONCEPTS = (
    (Scheme.CHANNEL, "budapest-29", "Expedited preservation"),
    (Scheme.CHANNEL, "eio", "European Investigation Order"),
    (Scheme.DIFFICULTY, "mla-delay", "Requests take long"),
    (Scheme.LEGISLATION, "csam-law", "A specific law"),
)


def issue(start: str, end: str, days: int | None = None, **fields: object) -> CrossBorderIssue:
    sound = {"key": "b1", "title": "At the border", "text": "Asked.", "channels": ("budapest-29",)}
    route = {"from_country": start, "to_countries": (end,), "elapsed_days": days}
    return CrossBorderIssue.model_validate(sound | route | fields)


def solution(number: int, outcome: Outcome = Outcome.WORKED) -> Solution:
    return Solution(key=f"s{number}", title=f"Way {number}", text="Tried.", outcome=outcome)


def _ended(at: int) -> BorderOutcome:
    return BorderOutcome.RESOLVED if at else BorderOutcome.UNRESOLVED


TOLD: tuple[Lesson, ...] = (
    issue("AT", "DE", 12, outcome=BorderOutcome.RESOLVED, obstacles=("mla-delay",)),
    *map(solution, range(6)),
    solution(7, Outcome.FAILED),
    GoodPractice(key="p1", title="Call first", text="Always."),
)


def _fill(shelf: Shelf) -> None:
    for scheme, key, label in CONCEPTS:
        concept = Concept(scheme=scheme, key=key, labels=(Labels(language="en", preferred=label),))
        shelf.put(concept.id, concept)
    both = tuple(Participation(country=country, source=SOURCE) for country in ("AT", "DE"))
    says = (Requirement(text="The data to be preserved", provision="article 29(2)(c)"),)
    shelf.put("budapest-29", an_instrument(needs=(Need.PRESERVE,), participation=both, requirements=says))
    shelf.put("eio", an_instrument(needs=(Need.SEARCH,)))
    shelf.put("at", a_law("AT", answers=(Answer(question="csam-law", reply=Reply.YES, source=SOURCE),)))
    strict, quiet = Audience(marking=Marking.AMBER_STRICT), Audience(chatham_house=True)
    cases: dict[str, dict[str, object]] = {
        "one": {"lessons": TOLD, "period": {"start": "2025"}},
        "two": {"lessons": (issue("AT", "DE", 30, outcome=BorderOutcome.UNRESOLVED),)},
        "three": {"lessons": (issue("AT", "DE", 61, channels=()),)},
        "back": {"lessons": (issue("DE", "AT", 9), issue("DE", "AT", 5, key="b2")), "owner": BELGIUM},
        "many": {
            "lessons": tuple(
                issue("BE", "NL", key=f"b{at}", channels=(), outcome=_ended(at)) for at in range(5)
            )
        },
        "example": {"lessons": (issue("FR", "ES", 7),), "origin": Origin.ILLUSTRATIVE},
        "strict": {"lessons": (issue("AT", "DE", 400),), "audience": strict},
        "quiet": {"lessons": (issue("IT", "MT", 3),), "audience": quiet},
    }
    for identifier, fields in cases.items():
        shelf.case(identifier, **({"owner": AUSTRIA, "lead_country": None, "tags": ()} | fields))


@pytest.fixture(scope="module")
def world(
    new_home: Path, tmp_path_factory: pytest.TempPathFactory, compiled_templates: FileSystemBytecodeCache
) -> World:
    return world_of(new_home, tmp_path_factory.mktemp("corridors") / "home", _fill, compiled_templates)


@pytest.mark.parametrize("role", READERS)
def test_every_number_is_that_of_the_search_that_it_opens(world: World, role: Role) -> None:
    asked = {
        "/corridors": 7,
        "/corridors?channel=budapest-29&year=2025": 4,
        "/corridors/AT/DE": 12,
        "/corridors/ask?from=AT&to=DE&need=preserve": 9,
        "/instruments/budapest-29": 2,
    }
    for address, least in asked.items():
        promised = world.promised(address, role)
        assert len(promised) >= least, address
        assert world.found(role, promised) == [each.number for each in promised], address


def test_who_asks_is_taken_to_be_in_their_own_country_until_they_say_otherwise(world: World) -> None:
    browser = world.browser(Role.INVESTIGATOR)

    assert '<option value="AT" selected>' in browser.get("/corridors/ask").text
    assert '<option value="AT" selected>' not in browser.get("/corridors/ask?from=IT&to=DE").text


def test_a_number_of_the_table_is_that_of_the_direction_on_the_page_that_it_opens(world: World) -> None:
    cells = [link for link in world.read("/corridors").links if " from " in link.words]

    assert [link.words for link in cells] == [
        "3 from Austria to Germany",
        "5 from Belgium to Netherlands",
        "1 from France to Spain",
        "2 from Germany to Austria",
    ]
    for cell in cells:
        first, *_ = world.promised(cell.address)
        assert first.number == int(cell.words.partition(" ")[0])


def test_a_number_of_a_table_that_is_narrowed_opens_the_search_for_just_its_reports(world: World) -> None:
    address = "/corridors?channel=budapest-29&year=2025"
    page = world.read(address)
    (cell,) = [link for link in page.links if " from " in link.words]

    assert cell.address == "/search?scope=cross-border&channel=budapest-29&year=2025&corridor=AT-DE"
    assert world.found(Role.COORDINATOR, [Promise(cell.address, 1)]) == [1]
    assert "fit: Channel: Expedited preservation; Year: 2025." in page.text
    assert "nothing reported" in world.read("/corridors").text
    asked = json.loads(world.browser(Role.COORDINATOR).get(address.replace("?", ".json?")).text)["asked"]
    assert asked == {"channel": ["budapest-29"], "year": ["2025"]}


def test_a_condition_that_nothing_fits_is_said_on_the_page(world: World) -> None:
    page = world.browser(Role.COORDINATOR).get("/corridors?channel=no-such-channel").text

    assert '<option value="no-such-channel" selected>' in page
    assert "fit: Channel: no-such-channel." in page


def test_a_pair_is_told_in_both_directions_the_one_that_was_asked_for_first(world: World) -> None:
    there, back = (world.read(f"/corridors/{way}") for way in ("AT/DE", "DE/AT"))

    assert [each for each in there.headings if " asked " in each] == [
        "Austria asked Germany",
        "Germany asked Austria",
    ]
    assert [each for each in back.headings if " asked " in each] == [
        "Germany asked Austria",
        "Austria asked Germany",
    ]
    assert world.read("/corridors/at/de").text == there.text


def test_a_median_takes_three_reports_and_a_share_five_and_it_is_always_said_of_how_many(
    world: World,
) -> None:
    pair, one = world.read("/corridors/AT/DE").text, world.read("/corridors/FR/ES").text

    assert "Time it took median 30 days (12 to 61; 3 reports)" in pair
    assert "Time it took 5 and 9 days (two reports)" in pair
    assert "Time it took 7 days (one report)" in one
    assert "not told: 1" in pair
    assert "%" not in pair
    assert "Resolved 4 (80%)" in world.read("/corridors/BE/NL").text


def test_a_report_that_one_may_not_see_or_whose_border_is_withheld_was_never_made_there(world: World) -> None:
    outside, inside = (
        json.loads(world.browser(role).get("/corridors.json").text) for role in reversed(READERS)
    )
    pair = world.read("/corridors/AT/DE", Role.INVESTIGATOR).text

    assert (outside["total"], outside["not_stated"], outside["marking"]) == (12, 1, "GREEN")
    assert (inside["total"], inside["not_stated"], inside["marking"]) == (13, 0, "AMBER+STRICT")
    assert "median 45.5 days (12 to 400; 4 reports)" in pair
    assert "1 do not state the border, or not to you" in world.read("/corridors").text
    for way in ("IT/MT", "IS/XK"):
        assert world.promised(f"/corridors/{way}") == []
        told = world.read(f"/corridors/{way}").text
        assert told.count("Nothing that you may read was reported in this direction.") == 2


def test_made_up_examples_are_said_wherever_they_are_counted_and_nowhere_else(world: World) -> None:
    browser = world.browser(Role.COORDINATOR)
    head, *rows = csv.reader(io.StringIO(browser.get("/corridors.csv").text, newline=""))
    told = "Counts include illustrative examples"

    assert told in browser.get("/corridors").text
    assert told in browser.get("/corridors/FR/ES").text
    assert told in browser.get("/corridors/ask?from=FR&to=ES&need=preserve").text
    assert told not in browser.get("/corridors/AT/DE").text
    assert told not in browser.get("/corridors?year=2025").text
    assert {row[head.index("illustrative")] for row in rows} == {"yes"}


def test_what_got_it_moving_leads_to_all_of_it_where_a_page_shows_some(world: World) -> None:
    page = world.read("/corridors/AT/DE")
    (all_,) = [each for each in page.links if each.words.startswith("All ")]

    assert "What got it moving" in page.headings
    assert sum(each.words.startswith("Way ") for each in page.links) == 6, (
        "five that worked, one that did not"
    )
    assert all_.words == "All 6"
    found = world.read(all_.address)
    assert {each.words for each in found.links if each.words.startswith("Way ")} == {
        f"Way {at}" for at in range(6)
    }


@pytest.mark.parametrize(
    ("query", "told", "untold"),
    [
        ("", (), ("Choose two different countries.", "Choose what you need.")),
        ("?from=AT&to=AT&need=preserve", ("Choose two different countries.",), ("Choose what you need.",)),
        ("?from=AT&to=ZZ&need=preserve", ("Choose two different countries.",), ("Choose what you need.",)),
        ("?from=AT&to=DE&need=telepathy", ("Choose what you need.",), ("Choose two different countries.",)),
    ],
)
def test_a_question_that_is_not_whole_is_answered_by_what_to_choose(
    world: World, query: str, told: tuple[str, ...], untold: tuple[str, ...]
) -> None:
    page = world.read(f"/corridors/ask{query}")

    assert all(each in page.text for each in told)
    assert not any(each in page.text for each in untold)
    assert "All about these two countries" not in page.text


def test_who_asks_is_given_the_channels_for_the_need_the_nearest_experience_first_and_a_checklist(
    world: World,
) -> None:
    page = world.read("/corridors/ask?from=AT&to=DE&need=preserve").text
    rows = [
        "Austria asked Germany 2", "Germany asked Austria 2",
        "Austria asked any country 2", "Any country asked Germany 2", "Anywhere 6",
    ]  # fmt: skip
    places = [page.index(row) for row in rows]

    assert places == sorted(places)
    assert "Expedited preservation" in page
    assert "The data to be preserved (article 29(2)(c))" in page
    assert "European Investigation Order" not in page
    assert "Nobody has reported of it here" in world.read("/corridors/ask?from=AT&to=DE&need=search").text
    assert "Nobody has written about a channel that serves this need yet" in (
        world.read("/corridors/ask?from=AT&to=DE&need=arrest").text
    )


def test_where_nothing_was_reported_a_page_says_so_and_shows_the_law_and_the_channels_all_the_same(
    world: World,
) -> None:
    nothing = world.read("/corridors?year=1999").text
    pair = world.read("/corridors/AT/CH").text
    browser = world.browser(Role.COORDINATOR)

    assert "Nothing that you may read fits. Show all, or choose less." in nothing
    assert "That does not mean that nothing is difficult." in pair
    assert re.search(r"A specific law yes .*A public page.* unknown", pair, re.IGNORECASE)
    assert "No channel that is known to exist between the two says what a request must say." in pair
    assert "Checklist for the request Expedited preservation The data" in world.read("/corridors/AT/DE").text
    assert {browser.get(f"/corridors/{way}").status_code for way in ("AT/AT", "AT/ZZ", "-/DE")} == {404}
