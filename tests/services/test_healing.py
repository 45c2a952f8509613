"""Search that was found unusable comes back by itself."""

from __future__ import annotations

import pytest

from kb.domain.cross_table import CrossQuery, SumQuery
from kb.domain.errors import SearchUnavailable
from kb.domain.marking import OFFICERS_VIEWER
from kb.domain.ports import Chore
from kb.domain.query import IndexState, SearchQuery
from kb.domain.similarity import SimilarQuery
from kb.domain.unit import Facet
from kb.services.healing import HealingSearcher, TendedIndex
from tests.fakes.chores import MemoryChores
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


def test_whoever_finds_no_index_has_it_mended_beside_and_the_next_finds_it(world: World) -> None:
    searcher = HealingSearcher(world.engine, MemoryChores({Chore.UPDATE: world.comparison.run}))

    with pytest.raises(SearchUnavailable):
        searcher.search(QUERY)

    assert [hit.id for hit in searcher.search(QUERY).hits] == ["seven/preserve"]
    assert searcher.count(QUERY) == 1


def test_every_question_that_finds_no_index_has_it_mended(world: World) -> None:
    chores = MemoryChores()
    searcher = HealingSearcher(world.engine, chores)

    asked = SimilarQuery(viewer=OFFICERS_VIEWER, to="seven/preserve")

    with pytest.raises(SearchUnavailable):
        searcher.search(QUERY)
    with pytest.raises(SearchUnavailable):
        searcher.count(QUERY)
    with pytest.raises(SearchUnavailable):
        searcher.similar(asked)
    table = CrossQuery(asked=QUERY, rows=Facet.COUNTRY, columns=Facet.YEAR)
    with pytest.raises(SearchUnavailable):
        searcher.cross(table)
    sums = SumQuery(asked=QUERY, by=Facet.COUNTRY, told=frozenset())
    with pytest.raises(SearchUnavailable):
        searcher.sums(sums)
    with pytest.raises(SearchUnavailable):
        searcher.figures(QUERY, frozenset())

    with pytest.raises(SearchUnavailable):
        searcher.lacking(QUERY, Facet.TAG)

    assert chores.asked == [Chore.UPDATE] * 7
    world.engine.state = IndexState.READY
    assert searcher.similar(asked) == ()
    assert searcher.cross(table).total == 1
    assert sum(each.units for each in searcher.sums(sums).values()) == 1
    assert [each.id for each in searcher.figures(QUERY, frozenset())] == ["seven/preserve"]
    assert searcher.lacking(QUERY, Facet.TAG) == {"seven": 1}


def test_what_many_changes_left_is_merged_beside_and_not_by_whoever_saved() -> None:
    world, chores = World(), MemoryChores()
    index = TendedIndex(world.engine, chores)

    index.apply([])
    assert chores.asked == []

    world.engine.crowded = True
    index.apply([])
    assert chores.asked == [Chore.MERGE]
    assert world.engine.merges == 0
