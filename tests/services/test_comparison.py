from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from kb.domain.errors import SearchUnavailable
from kb.domain.operation import Operation, OperationKind, RevisionRef
from kb.domain.ports import Marker
from kb.domain.query import IndexReport, IndexState
from kb.domain.record import Kind
from kb.domain.revision import RecordRef
from kb.domain.workflow import Action
from kb.services.rebuilding import Rebuild
from tests.fakes.faulty_store import FaultyEntryStore
from tests.fakes.search_engine import MemoryFreshIndex, MemorySearchEngine
from tests.fakes.world import World
from tests.samples import a_case, a_submission, approved, case_ref, put, submission_ref


def forget_markers(world: World) -> None:
    """Let files have come by another way than our saves: a restored backup, a seed that was copied."""
    world.store.release(world.store.markers())


def test_records_that_came_without_a_marker_are_listed_audited_and_found(world: World) -> None:
    put(world.store, "seven", a_case(), action=Action.IMPORT)
    put(world.store, "seven", a_case(title="Again"))
    put(world.store, "draft", a_submission())
    forget_markers(world)

    report = world.comparison.run()

    assert report.differing == 2
    assert world.catalogue.manifest() == {case_ref(): 2, submission_ref(): 1}
    assert len(world.found("telephone")) == 1
    assert [row.key for row in world.audit.rows] == [
        "case-study/seven/1",
        "case-study/seven/2",
        "submission/draft/1",
    ]


def test_nothing_is_read_where_the_numbers_agree(world: World) -> None:
    put(world.store, "seven", a_case())
    world.drain.run()

    report = world.comparison.run()

    assert (report.differing, report.drain.followed, report.rebuilt) == (0, 0, False)


def test_only_revisions_that_the_catalogue_never_saw_are_audited(world: World) -> None:
    put(world.store, "seven", a_case())
    world.drain.run()
    world.audit.rows.clear()
    put(world.store, "seven", a_case(title="Again"))
    forget_markers(world)

    world.comparison.run()

    assert [row.key for row in world.audit.rows] == ["case-study/seven/2"]


def test_records_whose_files_are_gone_leave_lists_and_index(world: World) -> None:
    put(world.store, "seven", a_case())
    world.drain.run()
    emptied = World(catalogue=world.catalogue, engine=world.engine)

    emptied.comparison.run()

    assert emptied.catalogue.manifest() == {}
    assert emptied.engine.manifest() == {}


def test_files_of_an_older_backup_replace_the_newer_entry(world: World) -> None:
    put(world.store, "seven", a_case())
    put(world.store, "seven", a_case(title="Newer"))
    world.drain.run()
    restored = World(catalogue=world.catalogue, engine=world.engine)
    put(restored.store, "seven", a_case())
    forget_markers(restored)

    restored.comparison.run()

    assert restored.catalogue.manifest() == {case_ref(): 1}
    assert restored.engine.manifest() == {"seven": 1}
    assert [row.key for row in restored.audit.rows] == ["case-study/seven/1"]


def test_a_missing_index_is_built_from_the_catalogue(world: World) -> None:
    put(world.store, "seven", a_case())
    world.engine.state = IndexState.MISSING

    report = world.comparison.run()

    assert report.rebuilt
    assert not report.drain.search_behind
    assert len(world.found("telephone")) == 1
    assert world.store.markers() == ()


def test_an_index_that_misses_a_record_gets_it_and_one_that_has_a_stranger_loses_it(world: World) -> None:
    put(world.store, "seven", a_case())
    world.drain.run()
    eight = a_case(title="Eight")
    stranger = World()
    put(stranger.store, "eight", eight)
    stranger.drain.run()
    world.engine.rebuild(stranger.catalogue.units(), 1)

    report = world.comparison.run()

    assert set(world.engine.manifest()) == {"seven"}
    assert (report.differing, report.rebuilt) == (0, False)


def test_an_index_that_breaks_while_it_is_mended_is_built_anew(world: World) -> None:
    class BreakingEngine(MemorySearchEngine):
        def apply(self, changes: object) -> None:
            self.state = IndexState.WRONG
            raise SearchUnavailable

    engine = BreakingEngine()
    world = World(world.store, engine=engine)
    put(world.store, "seven", a_case())
    world.drain.run()
    engine.state = IndexState.READY

    report = world.comparison.run()

    assert report.rebuilt
    assert set(engine.manifest()) == {"seven"}


def test_an_index_that_cannot_say_what_it_holds_is_built_anew(world: World) -> None:
    class ForgetfulEngine(MemorySearchEngine):
        def manifest(self) -> dict[str, int]:
            raise SearchUnavailable

        def report(self) -> IndexReport:
            return IndexReport(state=self.state)

    world = World(engine=ForgetfulEngine())
    put(world.store, "seven", a_case())

    assert world.comparison.run().rebuilt
    assert len(world.found("telephone")) == 1


@pytest.mark.parametrize("refusal", [SearchUnavailable(), OSError(28, "No space left on device")])
def test_an_index_that_cannot_be_built_leaves_lists_in_order_and_is_owed(refusal: Exception) -> None:
    class RefusingEngine(MemorySearchEngine):
        @contextmanager
        def beside(self) -> Iterator[MemoryFreshIndex | None]:
            if self.state is IndexState.MISSING:
                raise refusal
            yield None

    engine = RefusingEngine()
    engine.state = IndexState.MISSING
    world = World(engine=engine)
    put(world.store, "seven", a_case())

    report = world.comparison.run()

    assert report.drain.search_behind
    assert report.rebuild is Rebuild.FAILED
    assert world.catalogue.manifest() == {case_ref(): 1}


def test_a_half_done_commit_of_another_process_is_looked_at_again_and_costs_no_rebuild(world: World) -> None:
    class CommittingEngine(MemorySearchEngine):
        looks = 0

        def report(self) -> IndexReport:
            self.looks += 1
            return IndexReport(state=IndexState.WRONG) if self.looks == 1 else super().report()

    world = World(engine=CommittingEngine())
    put(world.store, "seven", a_case())
    world.drain.run()

    report = world.comparison.run()

    assert (report.rebuild, report.drain.search_behind) == (Rebuild.NOT_NEEDED, False)


def test_an_index_that_another_process_is_building_is_left_to_it(world: World) -> None:
    put(world.store, "seven", a_case())
    world.drain.run()
    world.engine.state = IndexState.REBUILDING

    report = world.comparison.run()

    assert report.rebuild is Rebuild.ELSEWHERE
    assert report.drain.search_behind
    assert world.engine.rebuilds == 0


def test_comparing_afresh_reads_every_record_and_builds_the_index_anew(world: World) -> None:
    put(world.store, "seven", a_case())
    put(world.store, "eight", a_case())
    world.drain.run()

    report = world.comparison.run(afresh=True)

    assert (report.differing, report.rebuilt) == (2, True)
    assert set(world.engine.manifest()) == {"seven", "eight"}
    assert len(world.audit.rows) == 2


def test_a_publishing_and_a_purge_left_half_done_are_rolled_forward(world: World) -> None:
    put(world.store, "draft", approved(), by="carla")
    put(world.store, "old", a_case())
    plan = Operation(
        operation=OperationKind.PURGE,
        reason="Asked",
        requested_by="operator",
        targets=(RevisionRef(kind=Kind.CASE_STUDY, id="old", revision=1),),
    )
    put(world.store, "plan", plan)
    world.store.failing = "The disk is full."
    world.drain.run()
    world.store.failing = ""
    forget_markers(world)

    world.comparison.run()

    assert world.store.current(case_ref()).submission == "draft"
    assert world.store.current(case_ref("old")).body is None
    assert world.store.current(RecordRef(kind=Kind.OPERATION, id="plan")).number == 2
    assert world.catalogue.manifest()[case_ref()] == 1
    assert world.store.markers() == ()


def test_a_marker_older_than_an_hour_whose_revision_never_came_is_removed(
    store: FaultyEntryStore, world: World
) -> None:
    old = Marker(ref=case_ref(), revision=1, token="old")
    store.leave_marker(old, world.clock.now())
    world.clock.tick(hours=2)
    young = Marker(ref=case_ref(), revision=1, token="young")
    store.leave_marker(young, world.clock.now())

    assert world.comparison.run().stale_markers == 1
    assert store.markers() == (young,)


def test_a_damaged_record_is_reported_and_stops_nothing(store: FaultyEntryStore, world: World) -> None:
    put(store, "seven", a_case())
    put(store, "eight", a_case())
    forget_markers(world)
    store.damage(case_ref(), 1)

    report = world.comparison.run()

    assert report.drain.damaged == (case_ref(),)
    assert world.catalogue.manifest() == {case_ref("eight"): 1}


def test_progress_is_told_per_record(world: World) -> None:
    put(world.store, "seven", a_case())
    put(world.store, "eight", a_case())
    told: list[tuple[int, int]] = []

    world.comparison.run(lambda done, total: told.append((done, total)))

    assert told == [(1, 2), (2, 2)]
