"""Homes as Hypothesis draws them, and how often it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import HealthCheck, Phase, settings

from kb.domain.concept import Concept
from kb.domain.revision import Body
from tests.crawl.canaries import Canaries
from tests.crawl.deep import DEEP
from tests.crawl.home import CrawledHome
from tests.crawl.known import Known, known_of
from tests.crawl.oracle import Chains
from tests.crawl.people import Person
from tests.crawl.told import Told

F = TypeVar("F", bound=Callable[..., Any])


def examples(few: int, many: int) -> Callable[[F], F]:
    """Draw the same few examples every time, or with `KB_DEEP=1` many others, and the smallest that fails."""
    return settings(
        max_examples=many if DEEP else few,
        derandomize=not DEEP,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate, *([Phase.shrink] if DEEP else [])],
        print_blob=True,
    )


def drawn_home(
    folder: Path, empty: CrawledHome, cast: Sequence[Person], told: Sequence[Told], canaries: Canaries
) -> CrawledHome:
    """Give a home with these people and records."""
    home = CrawledHome(folder, cast, like=empty)
    for each in told:
        body = each.body(canaries, cast)
        name = body.id if isinstance(body, Concept) else canaries.word()
        home.restore([(name, body)], by=next(person.key for person in cast if person.is_officer))
    return home


def known_in(chains: Chains, people: Mapping[str, Person], followed: Sequence[tuple[str, str]]) -> Known:
    """Give everything that could be asked for: of records that were purged, what they were."""
    texts = {
        name: next((each.body for each in reversed(chain) if each.body), None)
        for name, chain in chains.items()
    }
    bodies: dict[str, tuple[int, Body]] = {
        name: (chains[name][-1].number, body) for name, body in texts.items() if body
    }
    return known_of(
        bodies,
        saved=[saved for saved, _ in followed],
        feeds=[feed for _, feed in followed],
        accounts=[each.id for each in people.values()],
        words=("retention",),
    )
