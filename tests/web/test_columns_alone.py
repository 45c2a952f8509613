"""Figures come from the index: pages across borders count the same where the files of the case studies cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import FileSystemBytecodeCache

from kb.domain.account import Role
from kb.domain.event import Event
from kb.domain.instrument import Need
from tests.samples import LESSONS
from tests.services.library import an_instrument
from tests.web.counted import World, world_of
from tests.web.shelf import Shelf

MORE: dict[str, dict[str, object]] = {
    "preserve": {"partners_helped": ("platform",)},
    "border": {"elapsed_days": 12},
}
"""What the lessons of the sample case tell beside."""


def _fill(shelf: Shelf) -> None:
    shelf.concepts()
    shelf.put("budapest-29", an_instrument(needs=(Need.PRESERVE,)))
    shelf.put("vienna", Event(title="A conference", organiser="The unit"))
    lessons = tuple(each.model_copy(update=MORE.get(each.key, {})) for each in LESSONS)
    for country in ("AT", "BE", "MT"):
        shelf.case(f"of-{country.lower()}", lead_country=country, lessons=lessons, event="vienna")


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
        ("/difficulties", "Retention period expired"),
        ("/corridors", "3 from Austria to Belgium"),
        ("/corridors/AT/BE", "median 12 days (12 to 12; 3 reports)"),
        ("/corridors/ask?from=AT&to=BE&need=preserve", "median 12 days (12 to 12; 3 reports)"),
        ("/instruments/budapest-29", "3 cross-border issues of 3 cases used it"),
        ("/partners", "Online platform"),
        ("/partners/platform", "Retention period expired"),
        ("/events/vienna/in-common", "Retention period expired"),
    ],
)
def test_a_page_counts_without_opening_a_case_study(world: World, address: str, words: str) -> None:
    page = world.read(address, Role.INVESTIGATOR)
    promised = world.promised(address, Role.INVESTIGATOR)

    assert words in " ".join(page.text.split())
    assert world.found(Role.INVESTIGATOR, promised) == [each.number for each in promised]
