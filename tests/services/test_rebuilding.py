"""The index made anew beside the old one: what is saved meanwhile is found at once, and is in the new one from its first answer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

import pytest

from kb.domain.case_study import CaseStatus
from kb.domain.entry import Entry
from kb.domain.marking import Audience, Marking
from kb.domain.query import IndexState
from kb.domain.record import Kind
from kb.domain.revision import RecordRef, Revision
from kb.services.drain import PATIENCE
from kb.services.rebuilding import MOST_TRIES, Rebuild, Rebuilding
from kb.services.turns import Turns
from tests.fakes.catalogue import MemoryCatalogue
from tests.fakes.entry_store import MemoryEntryStore
from tests.fakes.world import World
from tests.samples import a_case, case_ref, put

Then = Callable[[], object]


def rebuilding(world: World, pause: Callable[[float], None] = lambda _seconds: None) -> Rebuilding:
    return Rebuilding(world.catalogue, world.engine, Turns(world.lock, world.drain, pause))


def after_the_first(act: Then) -> Callable[[int, int], None]:
    """Give a progress that does something once the first case is read."""

    def progress(done: int, _total: int) -> None:
        if done == 1:
            act()

    return progress


@pytest.fixture
def world() -> World:
    world = World()
    for name in ("eight", "nine", "seven"):
        put(world.store, name, a_case(title=f"Old {name}"))
    world.drain.run()
    return world


def titles(world: World) -> set[str]:
    return {hit.title for hit in world.engine.search(world.query("")).hits if hit.id == hit.case}


def test_what_is_saved_meanwhile_is_found_at_once_and_afterwards(world: World) -> None:
    found: list[set[str]] = []

    def save() -> None:
        put(world.store, "eight", a_case(title="New eight"))
        put(world.store, "ten", a_case(title="New ten"))
        world.drain.run()
        found.append(titles(world))

    outcome = rebuilding(world).run(after_the_first(save))

    assert outcome is Rebuild.DONE
    assert found == [{"New eight", "Old nine", "Old seven", "New ten"}]
    assert titles(world) == found[0]
    assert world.engine.rebuilds == 1


def test_what_is_narrowed_or_retired_meanwhile_is_so_in_the_new_index_from_its_first_answer(
    world: World,
) -> None:
    def take_away() -> None:
        put(world.store, "eight", a_case(audience=Audience(marking=Marking.RED, persons=("anna",))))
        put(world.store, "seven", a_case(status=CaseStatus.RETIRED))
        world.drain.run()

    rebuilding(world).run(after_the_first(take_away))

    assert titles(world) == {"Old nine"}
    assert set(world.engine.manifest()) == {"eight", "nine"}


def test_what_changes_while_the_lock_is_waited_for_is_caught_up_with_under_it(world: World) -> None:
    def pause(_seconds: float) -> None:
        world.lock.held = False
        put(world.store, "nine", a_case(title="New nine"))
        world.drain.run()

    def hold() -> None:
        world.lock.held = True

    assert rebuilding(world, pause).run(after_the_first(hold)) is Rebuild.DONE
    assert titles(world) == {"Old eight", "New nine", "Old seven"}


def test_where_the_lock_never_comes_back_the_old_index_goes_on_serving(world: World) -> None:
    waits: list[float] = []

    def hold() -> None:
        world.lock.held = True

    assert rebuilding(world, waits.append).run(after_the_first(hold)) is Rebuild.FAILED
    assert len(waits) == PATIENCE * MOST_TRIES
    assert world.engine.rebuilds == 0
    assert len(titles(world)) == 3


def test_another_state_of_the_same_revision_is_noticed(world: World) -> None:
    """A backup that was restored meanwhile gave the number to another text."""
    elsewhere = World(catalogue=world.catalogue, engine=world.engine)
    for name in ("nine", "seven"):
        put(elsewhere.store, name, a_case(title=f"Old {name}"))
    put(elsewhere.store, "eight", a_case(title="Another eight"))

    rebuilding(world).run(after_the_first(lambda: elsewhere.comparison.run(afresh=True)))

    assert titles(world) == {"Another eight", "Old nine", "Old seven"}


def test_of_two_rebuilds_the_second_leaves_it_to_the_first(world: World) -> None:
    second: list[Rebuild] = []

    rebuilding(world).run(after_the_first(lambda: second.append(rebuilding(world).run())))

    assert second == [Rebuild.ELSEWHERE]
    assert world.engine.rebuilds == 1


def test_a_purge_meanwhile_sweeps_the_new_index_away_and_its_own_serves(world: World) -> None:
    def purge() -> None:
        world.store.bury(case_ref("eight"), 1, "Purged")
        put(world.store, "eight", a_case(title="Clean eight"))
        world.drain.run()
        world.engine.rebuild(world.catalogue.units(), 0)

    comparison = world.comparison.run(after_the_first(purge), afresh=True)

    assert comparison.rebuild in {Rebuild.DONE, Rebuild.FAILED}
    assert not comparison.drain.search_behind
    assert titles(world) == {"Clean eight", "Old nine", "Old seven"}


def test_a_rebuild_that_a_purge_overtook_says_that_it_did_not_take_over(world: World) -> None:
    overtaken = rebuilding(world).run(
        after_the_first(lambda: world.engine.rebuild(world.catalogue.units(), 0))
    )

    assert overtaken is Rebuild.FAILED
    assert len(titles(world)) == 3


class CountingStore(MemoryEntryStore):
    reads = 0

    def current(self, ref: RecordRef) -> Revision:
        self.reads += ref.kind is Kind.CASE_STUDY
        return super().current(ref)


class CountingCatalogue(MemoryCatalogue):
    def __init__(self) -> None:
        super().__init__()
        self.asked: list[Collection[str] | None] = []

    def searched(self, cases: Collection[str] | None = None) -> Iterator[Entry]:
        self.asked.append(cases)
        yield from super().searched(cases)


def test_a_rebuild_reads_no_file_and_again_from_the_catalogue_only_what_changed() -> None:
    store, catalogue = CountingStore(), CountingCatalogue()
    world = World(store, catalogue=catalogue)
    for name in ("eight", "nine", "seven"):
        put(store, name, a_case())
    world.drain.run()
    world.engine.state = IndexState.MISSING
    before = store.reads

    def save() -> None:
        put(store, "nine", a_case(title="New"))
        world.drain.run()

    assert rebuilding(world).run(after_the_first(save)) is Rebuild.DONE
    assert catalogue.asked == [None, ("nine",)]
    assert store.reads == before + 1
