"""Search that was found unusable comes back by itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.domain.errors import SearchUnavailable
from kb.domain.marking import OFFICERS_VIEWER
from kb.domain.query import IndexState, SearchQuery
from kb.domain.similarity import SimilarQuery
from kb.services.healing import HealingSearcher
from tests.fakes.world import World
from tests.samples import a_case, put

QUERY = SearchQuery(viewer=OFFICERS_VIEWER, text="telephone")


@pytest.fixture
def world() -> World:
    world = World()
    put(world.store, "seven", a_case())
    world.drain.run()
    world.engine.state = IndexState.MISSING
    return world


def test_whoever_finds_no_index_sets_its_mending_going_and_the_next_finds_it(world: World) -> None:
    searcher = HealingSearcher(world.engine, world.comparison, aside=lambda work: work())

    with pytest.raises(SearchUnavailable):
        searcher.search(QUERY)

    assert [hit.id for hit in searcher.search(QUERY).hits] == ["seven/preserve"]


def test_only_one_mends_at_a_time_and_another_may_after_it(world: World) -> None:
    begun: list[Callable[[], None]] = []
    searcher = HealingSearcher(world.engine, world.comparison, aside=begun.append)

    for _ in range(3):
        with pytest.raises(SearchUnavailable):
            searcher.search(QUERY)
    assert len(begun) == 1

    begun[0]()
    world.engine.state = IndexState.WRONG
    with pytest.raises(SearchUnavailable):
        searcher.search(QUERY)
    assert len(begun) == 2


def test_whoever_counts_or_looks_for_similar_ones_sets_it_going_as_well(world: World) -> None:
    searcher = HealingSearcher(world.engine, world.comparison, aside=lambda work: work())

    with pytest.raises(SearchUnavailable):
        searcher.count(QUERY)
    assert searcher.count(QUERY) == 1

    world.engine.state = IndexState.MISSING
    asked = SimilarQuery(viewer=OFFICERS_VIEWER, to="seven/preserve")
    with pytest.raises(SearchUnavailable):
        searcher.similar(asked)
    assert searcher.similar(asked) == ()
