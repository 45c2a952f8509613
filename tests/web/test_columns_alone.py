"""Figures come from the index: pages across borders count the same where the files of the case studies cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import FileSystemBytecodeCache

from kb.domain.account import Role
from kb.domain.concept import Concept, Labels, Scheme
from kb.domain.event import Event
from kb.domain.instrument import Need
from kb.domain.lesson import CrossBorderIssue, Difficulty, GoodPractice, Outcome, Solution
from kb.services.demo import AUSTRIA
from tests.services.library import an_instrument
from tests.web.counted import World, world_of
from tests.web.shelf import Shelf

CONCEPTS = (
    (Scheme.CHANNEL, "budapest-29", "Expedited preservation"),
    (Scheme.DIFFICULTY, "mla-delay", "Requests take long"),
    (Scheme.PARTNER, "platform", "Online platform"),
)
LESSONS = (
    Difficulty(key="d1", title="Slow", text="It took long.", categories=("mla-delay",)),
    Solution(
        key="s1",
        title="Telephone",
        text="First.",
        answers=("d1",),
        outcome=Outcome.WORKED,
        partners_helped=("platform",),
    ),
    GoodPractice(key="p1", title="Call first", text="Always."),
    CrossBorderIssue(
        key="b1",
        title="Asked",
        text="Twice.",
        from_country="AT",
        to_countries=("DE",),
        channels=("budapest-29",),
        obstacles=("mla-delay",),
        elapsed_days=12,
    ),
)


def _fill(shelf: Shelf) -> None:
    for scheme, key, label in CONCEPTS:
        concept = Concept(scheme=scheme, key=key, labels=(Labels(language="en", preferred=label),))
        shelf.put(concept.id, concept)
    shelf.put("budapest-29", an_instrument(needs=(Need.PRESERVE,)))
    shelf.put("vienna", Event(title="A conference", organiser="The unit"))
    for country in ("AT", "BE", "MT"):
        shelf.case(
            f"of-{country.lower()}",
            owner=AUSTRIA,
            lead_country=country,
            lessons=LESSONS,
            tags=(),
            event="vienna",
        )


@pytest.fixture(scope="module")
def world(
    new_home: Path, tmp_path_factory: pytest.TempPathFactory, compiled_templates: FileSystemBytecodeCache
) -> World:
    """Give a home whose case studies are in the index alone."""
    home = tmp_path_factory.mktemp("columns") / "home"
    world = world_of(new_home, home, _fill, compiled_templates)
    (home / "entries" / "case-study").rename(home / "elsewhere")
    return world


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/across-borders", "reported by three or more countries"),
        ("/difficulties", "Requests take long"),
        ("/corridors", "3 from Austria to Germany"),
        ("/corridors/AT/DE", "median 12 days (12 to 12; 3 reports)"),
        ("/corridors/ask?from=AT&to=DE&need=preserve", "median 12 days (12 to 12; 3 reports)"),
        ("/instruments/budapest-29", "3 cross-border issues of 3 cases used it"),
        ("/partners", "Online platform"),
        ("/partners/platform", "Requests take long"),
        ("/events/vienna/in-common", "Requests take long"),
    ],
)
def test_a_page_counts_without_opening_a_case_study(world: World, address: str, words: str) -> None:
    page = world.read(address, Role.INVESTIGATOR)
    promised = world.promised(address, Role.INVESTIGATOR)

    assert words in " ".join(page.text.split())
    assert world.found(Role.INVESTIGATOR, promised) == [each.number for each in promised]
