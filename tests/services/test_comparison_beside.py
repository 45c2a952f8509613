"""The comparison while others drain and save beside it."""

from __future__ import annotations

from collections.abc import Iterator

from kb.domain.ports import Chain
from kb.domain.record import Kind
from kb.services.drain import PATIENCE
from kb.services.turns import TURN
from tests.fakes.entry_store import MemoryEntryStore
from tests.fakes.world import World
from tests.samples import a_case, case_ref, put


def test_the_comparison_waits_for_a_drain_of_another_process(world: World) -> None:
    put(world.store, "seven", a_case())
    world.lock.held = True

    def pause(seconds: float) -> None:
        world.lock.held = False

    patient = World(world.store, lock=world.lock, pause=pause)

    assert patient.comparison.run().had_lock
    assert patient.catalogue.manifest() == {case_ref(): 1}


def test_a_save_that_came_while_another_was_compared_is_no_reason_to_drop_it(world: World) -> None:
    """Its entry is ahead of the listing that was read before it, and not of the one read under the lock."""

    class LateStore(MemoryEntryStore):
        late = False

        def chains(self, kind: Kind | None = None) -> Iterator[Chain]:
            found = tuple(super().chains(kind))
            if self.late:
                self.late = False
                put(self, "seven", a_case(title="Again"))
                world.drain.run()
            yield from found

    store = LateStore()
    world = World(store)
    put(store, "seven", a_case())
    world.drain.run()
    store.late = True

    report = world.comparison.run()

    assert report.differing == 0
    assert world.catalogue.manifest() == {case_ref(): 2}


def test_entries_ahead_of_the_files_wait_where_the_lock_never_comes_back(world: World) -> None:
    put(world.store, "seven", a_case())
    world.drain.run()
    emptied = World(catalogue=world.catalogue, engine=world.engine, lock=world.lock)
    world.lock.held = True

    assert not emptied.comparison.run().had_lock
    assert emptied.catalogue.manifest() == {case_ref(): 1}


def test_saves_that_found_the_lock_taken_are_followed_after_each_turn(world: World) -> None:
    for number in range(TURN + 1):
        put(world.store, f"case-{number}", a_case())
    world.store.release(world.store.markers())
    found: list[bool] = []

    def save_beside(done: int, total: int) -> None:
        if done == 1:
            put(world.store, "beside", a_case())
        if done == TURN + 1:
            found.append("beside" in world.engine.manifest())

    world.comparison.run(save_beside)

    assert found == [True]


def test_the_comparison_gives_up_where_the_lock_never_comes_back(world: World) -> None:
    put(world.store, "seven", a_case())
    world.lock.held = True

    assert not world.comparison.run().had_lock
    assert len(world.pauses) == PATIENCE
    assert world.catalogue.manifest() == {}
