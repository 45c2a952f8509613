"""The drain follows whatever was saved, whoever holds its lock."""

from __future__ import annotations

import pytest

from kb.domain.case_study import CaseStatus
from kb.domain.entry import Listing
from kb.domain.marking import OPERATOR_VIEWER
from kb.domain.operation import Operation, OperationKind, OperationStatus, RevisionRef
from kb.domain.ports import Change, Marker
from kb.domain.query import IndexState
from kb.domain.record import Kind
from kb.domain.revision import RecordRef
from kb.domain.workflow import Action, SubmissionStatus
from kb.services import drain as drain_module
from kb.services.drain import PATIENCE
from tests.fakes.catalogue import MemoryCatalogue
from tests.fakes.faulty_store import FaultyEntryStore
from tests.fakes.world import World
from tests.samples import a_case, a_submission, approved, case_ref, put, submission_ref


def test_a_saved_case_is_listed_audited_and_found_and_its_marker_is_gone(world: World) -> None:
    put(world.store, "seven", a_case(), action=Action.IMPORT, by="anna")

    report = world.drain.run()

    assert report.followed == 1
    assert report.had_lock
    assert world.catalogue.manifest() == {case_ref(): 1}
    assert world.found("telephone") == ["seven/preserve"]
    (row,) = world.audit.rows
    assert (row.actor, row.action, row.subject) == ("anna", "import", "case-study/seven")
    assert row.detail == "revision 1"
    assert row.key == "case-study/seven/1"
    assert world.store.markers() == ()


def test_with_nothing_owed_the_lock_is_left_alone(world: World) -> None:
    world.lock.held = True

    assert world.drain.run().had_lock


def test_the_lock_of_another_process_sends_the_drain_home_with_its_marker_left(world: World) -> None:
    put(world.store, "seven", a_case())
    world.lock.held = True

    assert not world.drain.run().had_lock
    assert world.catalogue.manifest() == {}
    assert len(world.store.markers()) == 1


def test_after_releasing_the_lock_the_holder_looks_again(world: World) -> None:
    put(world.store, "seven", a_case())
    world.lock.after_release = lambda: put(world.store, "eight", a_case())

    world.drain.run()

    assert world.catalogue.manifest() == {case_ref(): 1, case_ref("eight"): 1}


def test_a_marker_whose_revision_comes_while_the_lock_is_held_is_not_left_behind(
    store: FaultyEntryStore, world: World
) -> None:
    store.leave_marker(Marker(ref=case_ref(), revision=1, token="early"), world.clock.now())
    world.lock.after_release = lambda: put(store, "seven", a_case())

    world.drain.run()

    assert world.catalogue.manifest() == {case_ref(): 1}
    assert store.markers() == ()


def test_a_marker_whose_revision_never_came_stays_and_is_harmless(
    store: FaultyEntryStore, world: World
) -> None:
    put(store, "seven", a_case())
    early = Marker(ref=case_ref(), revision=2, token="early")
    orphan = Marker(ref=case_ref("nothing"), revision=1, token="orphan")
    for marker in (early, orphan):
        store.leave_marker(marker, world.clock.now())

    world.drain.run()

    assert set(store.markers()) == {early, orphan}
    assert world.catalogue.manifest() == {case_ref(): 1}
    assert [row.key for row in world.audit.rows] == ["case-study/seven/1"]


def test_every_marked_revision_is_audited_also_when_a_later_one_is_current(world: World) -> None:
    put(world.store, "seven", a_case(), action=Action.IMPORT, by="anna")
    put(world.store, "seven", a_case(tags=("templates",)), action=Action.RETAG, by="bert")

    world.drain.run()

    assert [(row.actor, row.action) for row in world.audit.rows] == [("anna", "import"), ("bert", "retag")]


def test_a_revision_just_saved_is_opened_once_for_all_that_follows_it(
    world: World, store: FaultyEntryStore
) -> None:
    put(store, "seven", a_case())

    world.drain.run()

    assert store.reads == [case_ref()]


def test_a_drain_that_runs_twice_over_the_same_marker_writes_one_audit_row(
    store: FaultyEntryStore, world: World
) -> None:
    put(store, "seven", a_case())
    (marker,) = store.markers()
    world.drain.run()
    store.leave_marker(marker, world.clock.now())

    world.drain.run()

    assert len(world.audit.rows) == 1
    assert store.markers() == ()


def test_a_record_keeps_the_time_at_which_it_began(world: World) -> None:
    begun = world.clock.now()
    put(world.store, "seven", a_case(), at=begun)
    put(world.store, "seven", a_case(title="Second"), at=world.clock.tick(days=1))
    world.drain.run()
    put(world.store, "seven", a_case(title="Third"), at=world.clock.tick(days=1))
    world.drain.run()

    (entry,) = world.catalogue.list(Listing(viewer=OPERATOR_VIEWER))

    assert entry.created_at == begun
    assert entry.saved_at == world.clock.now()


def test_a_retired_case_stays_listed_and_is_no_longer_found(world: World) -> None:
    put(world.store, "seven", a_case())
    world.drain.run()
    put(world.store, "seven", a_case(status=CaseStatus.RETIRED), action=Action.RETIRE)

    world.drain.run()

    assert world.catalogue.manifest() == {case_ref(): 2}
    assert world.found("telephone") == []


def test_drafts_never_reach_the_index(world: World) -> None:
    put(world.store, "draft", a_submission())

    world.drain.run()

    assert world.engine.manifest() == {}


@pytest.mark.parametrize(
    "status", [SubmissionStatus.PUBLISHED, SubmissionStatus.DECLINED, SubmissionStatus.WITHDRAWN]
)
def test_a_closed_submission_keeps_its_last_text_alone(world: World, status: SubmissionStatus) -> None:
    put(world.store, "draft", a_submission())
    put(world.store, "draft", a_submission(status=SubmissionStatus.SUBMITTED))
    put(world.store, "draft", a_submission(status=status))

    world.drain.run()

    readable = [each.number for each in world.store.revisions(submission_ref()) if each.body]
    assert readable == [3]
    assert len(world.audit.rows) == 3


def test_an_open_submission_keeps_all_its_texts(world: World) -> None:
    put(world.store, "draft", a_submission())
    put(world.store, "draft", a_submission(status=SubmissionStatus.CHANGES_REQUESTED))

    world.drain.run()

    assert all(each.body for each in world.store.revisions(submission_ref()))


def test_a_publishing_left_behind_is_rolled_forward(world: World) -> None:
    put(world.store, "draft", approved(), action=Action.APPROVE, by="carla")

    world.drain.run()

    assert world.catalogue.manifest() == {submission_ref(): 2, case_ref(): 1}
    assert world.found("telephone") == ["seven/preserve"]
    assert world.store.markers() == ()


def test_a_planned_purge_left_behind_is_rolled_forward(world: World) -> None:
    put(world.store, "seven", a_case())
    plan = Operation(
        operation=OperationKind.PURGE,
        reason="Asked for by the owner",
        requested_by="operator",
        targets=(RevisionRef(kind=Kind.CASE_STUDY, id="seven", revision=1),),
    )
    put(world.store, "plan", plan, action=Action.PURGE, by="operator")

    world.drain.run()

    done = world.store.current(RecordRef(kind=Kind.OPERATION, id="plan")).body
    assert isinstance(done, Operation)
    assert done.status is OperationStatus.DONE
    assert world.store.markers() == ()


def test_settling_says_whether_everything_derived_has_the_revision(world: World) -> None:
    put(world.store, "seven", a_case())

    assert world.drain.settle(case_ref(), 1)
    assert world.drain.settle(case_ref(), 1)


def test_settling_waits_for_another_process_and_takes_over(world: World) -> None:
    put(world.store, "seven", a_case())
    world.lock.held = True

    def pause(seconds: float) -> None:
        world.lock.held = False

    world = World(world.store, lock=world.lock, pause=pause)

    assert world.drain.settle(case_ref(), 1)
    assert world.catalogue.manifest() == {case_ref(): 1}


def test_settling_gives_up_where_another_process_never_gives_the_lock_back(world: World) -> None:
    put(world.store, "seven", a_case())
    world.lock.held = True

    assert not world.drain.settle(case_ref(), 1)
    assert len(world.pauses) == PATIENCE


def test_settling_does_not_wait_for_what_waiting_cannot_mend(world: World) -> None:
    world.engine.state = IndexState.WRONG
    put(world.store, "seven", a_case())

    assert not world.drain.settle(case_ref(), 1)
    assert world.pauses == []


def test_many_records_are_followed_in_batches(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drain_module, "BATCH", 2)
    sizes: list[int] = []

    class CountingCatalogue(MemoryCatalogue):
        def apply(self, changes: object) -> None:
            assert isinstance(changes, list)
            sizes.append(len(changes))
            super().apply([change for change in changes if isinstance(change, Change)])

    world = World(catalogue=CountingCatalogue())
    for name in ("one", "two", "three"):
        put(world.store, name, a_case())

    assert world.drain.run().followed == 3
    assert sizes == [2, 1]


def test_a_drain_ends_although_others_go_on_saving(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drain_module, "MOST_ROUNDS", 3)
    put(world.store, "seven", a_case())

    def save_again() -> None:
        put(world.store, "seven", a_case())
        world.lock.after_release = save_again

    world.lock.after_release = save_again

    assert world.drain.run().followed == 3
    assert len(world.store.markers()) == 1
