from __future__ import annotations

import pytest

from kb.domain.account import OFFICER_WITHOUT_ORGANISATION, OPERATOR, Account
from kb.domain.case_study import CaseStatus
from kb.domain.errors import Forbidden, NotSignedIn, SearchUnavailable
from kb.domain.ports import Chore
from kb.domain.query import IndexReport, IndexState
from kb.services.indexing import IndexDifference, Indexing
from tests.fakes.faulty_store import FaultyEntryStore
from tests.fakes.search_engine import MemorySearchEngine
from tests.fakes.world import World
from tests.samples import a_case, a_submission, case_ref, put, submission_ref


@pytest.fixture
def indexing(world: World) -> Indexing:
    return of(world)


def of(world: World) -> Indexing:
    return Indexing(
        world.store, world.catalogue, world.engine, world.derivation, world.comparison, index=world.index
    )


@pytest.mark.parametrize(
    ("actor", "refusal"), [(None, NotSignedIn), (OFFICER_WITHOUT_ORGANISATION, Forbidden)]
)
def test_only_an_operator_looks_after_the_index(
    indexing: Indexing, actor: Account | None, refusal: type[Exception]
) -> None:
    for act in (indexing.status, indexing.update, indexing.rebuild, indexing.tend, indexing.merge):
        with pytest.raises(refusal):
            act(actor)


def test_an_empty_home_is_equal(indexing: Indexing) -> None:
    assert indexing.status(OPERATOR).equal


def test_after_a_drain_files_catalogue_and_index_are_equal(world: World, indexing: Indexing) -> None:
    put(world.store, "seven", a_case())
    put(world.store, "draft", a_submission())
    world.drain.run()

    status = indexing.status(OPERATOR)

    assert status.equal
    assert (status.records, status.catalogued, status.owed) == (2, 2, 0)
    assert (status.index.records, status.index.units) == (1, 5)


def test_a_save_without_a_drain_differs_in_lists_and_search(world: World, indexing: Indexing) -> None:
    put(world.store, "seven", a_case())
    world.drain.run()
    put(world.store, "seven", a_case(title="Again"))
    put(world.store, "draft", a_submission())

    status = indexing.status(OPERATOR)

    assert not status.equal
    assert status.owed == 2
    assert status.differences == (
        IndexDifference(ref=case_ref(), store=2, catalogue=1, index=1),
        IndexDifference(ref=submission_ref(), store=1, catalogue=0, index=0),
    )


def test_an_index_behind_the_catalogue_differs(world: World, indexing: Indexing) -> None:
    put(world.store, "seven", a_case())
    world.drain.run()
    world.engine.rebuild((), 0)

    (difference,) = indexing.status(OPERATOR).differences

    assert (difference.store, difference.catalogue, difference.index) == (1, 1, 0)


def test_an_index_that_holds_what_no_file_holds_differs(world: World) -> None:
    put(world.store, "seven", a_case())
    world.drain.run()
    elsewhere = World(engine=world.engine)

    (difference,) = of(elsewhere).status(OPERATOR).differences

    assert (difference.ref, difference.store, difference.index) == (case_ref(), 0, 1)


def test_a_retired_case_is_rightly_not_in_the_index(world: World, indexing: Indexing) -> None:
    put(world.store, "seven", a_case(status=CaseStatus.RETIRED))
    world.drain.run()

    assert indexing.status(OPERATOR).equal


def test_a_buried_record_is_rightly_in_neither(world: World, indexing: Indexing) -> None:
    put(world.store, "seven", a_case())
    world.store.bury(case_ref(), 1, "Purged")
    world.drain.run()

    assert indexing.status(OPERATOR).equal


def test_a_damaged_record_is_named_with_its_damage(
    store: FaultyEntryStore, world: World, indexing: Indexing
) -> None:
    put(store, "seven", a_case())
    store.damage(case_ref(), 1)
    world.drain.run()

    (difference,) = indexing.status(OPERATOR).differences

    assert "cannot be read" in difference.damaged


def test_an_index_that_cannot_answer_is_not_equal_even_to_nothing(world: World) -> None:
    class SilentEngine(MemorySearchEngine):
        def manifest(self) -> dict[str, int]:
            raise SearchUnavailable

        def report(self) -> IndexReport:
            return IndexReport(state=IndexState.WRONG)

    engine = SilentEngine()

    status = of(World(engine=engine)).status(OPERATOR)

    assert status.index.state is IndexState.WRONG
    assert not status.equal


def test_an_update_brings_everything_in_order(world: World, indexing: Indexing) -> None:
    put(world.store, "seven", a_case())

    assert indexing.update(OPERATOR).differing == 1
    assert indexing.status(OPERATOR).equal


def test_a_rebuild_reads_everything_anew(world: World, indexing: Indexing) -> None:
    put(world.store, "seven", a_case())
    world.drain.run()

    assert indexing.rebuild(OPERATOR).rebuilt
    assert indexing.status(OPERATOR).equal


def test_what_many_saves_left_is_merged_when_asked(world: World, indexing: Indexing) -> None:
    assert not indexing.merge(OPERATOR)
    world.engine.crowded = True
    assert indexing.merge(OPERATOR)
    assert world.engine.merges == 1


def test_a_server_that_starts_has_it_merged_beside(world: World, indexing: Indexing) -> None:
    indexing.tend(OPERATOR)
    assert world.chores.asked == []
    world.engine.crowded = True
    indexing.tend(OPERATOR)
    assert world.chores.asked == [Chore.MERGE]
