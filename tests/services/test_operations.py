from __future__ import annotations

import pytest

from kb.domain.errors import Damaged, NotFound
from kb.domain.operation import Operation, OperationKind, OperationStatus, RevisionRef
from kb.domain.record import Kind
from kb.domain.revision import RecordRef, Save
from kb.domain.workflow import Action
from tests.fakes.faulty_store import FaultyEntryStore
from tests.fakes.world import World
from tests.samples import a_case, case_ref, put

PLAN = RecordRef(kind=Kind.OPERATION, id="plan")


def plan(
    *numbers: int, identifier: str = "seven", status: OperationStatus = OperationStatus.PLANNED
) -> Operation:
    targets = tuple(RevisionRef(kind=Kind.CASE_STUDY, id=identifier, revision=each) for each in numbers)
    return Operation(
        operation=OperationKind.PURGE, status=status, reason="Asked", requested_by="operator", targets=targets
    )


def status(world: World) -> OperationStatus:
    body = world.store.current(PLAN).body
    assert isinstance(body, Operation)
    return body.status


def test_a_purge_of_the_current_revision_takes_the_record_from_everybody(world: World) -> None:
    put(world.store, "seven", a_case())
    put(world.store, "eight", a_case())
    world.drain.run()
    put(world.store, "plan", plan(1), action=Action.PURGE, by="operator")

    world.operations.carry_out(PLAN)

    assert world.store.current(case_ref()).body is None
    assert world.store.current(case_ref()).tombstone is not None
    assert world.catalogue.manifest() == {case_ref("eight"): 1}
    assert set(world.engine.manifest()) == {"eight"}
    assert (world.catalogue.purges, world.engine.rebuilds) == (1, 1)
    assert status(world) is OperationStatus.DONE
    assert world.store.current(PLAN).header.saved_by == "operator"


def test_a_purge_of_old_revisions_leaves_the_current_one_in_view(world: World) -> None:
    put(world.store, "seven", a_case(summary="A name slipped in."))
    put(world.store, "seven", a_case())
    put(world.store, "plan", plan(1), action=Action.PURGE)

    world.operations.carry_out(PLAN)

    assert [each.body is None for each in world.store.revisions(case_ref())] == [True, False]
    assert world.catalogue.manifest() == {case_ref(): 2}
    assert len(world.found("telephone")) == 1


def test_a_purge_that_is_done_is_not_done_again(world: World) -> None:
    put(world.store, "seven", a_case())
    put(world.store, "plan", plan(1, status=OperationStatus.DONE))

    world.operations.carry_out(PLAN)

    assert world.store.current(case_ref()).body is not None


def test_a_purge_interrupted_half_way_is_brought_to_its_end(world: World) -> None:
    put(world.store, "seven", a_case())
    put(world.store, "seven", a_case(title="Again"))
    put(world.store, "plan", plan(1, 2))
    world.store.bury(case_ref(), 1, "Purged")

    world.operations.carry_out(PLAN)

    assert all(each.body is None for each in world.store.revisions(case_ref()))
    assert status(world) is OperationStatus.DONE


def test_a_revision_that_does_not_exist_needs_no_purge(world: World) -> None:
    put(world.store, "plan", plan(1, identifier="nothing"))

    world.operations.carry_out(PLAN)

    assert status(world) is OperationStatus.DONE


def test_a_revision_that_cannot_be_buried_keeps_the_purge_from_being_done(
    store: FaultyEntryStore, world: World
) -> None:
    put(store, "seven", a_case())
    put(store, "seven", a_case(title="Again"))
    put(store, "plan", plan(1, 2))
    store.damage(case_ref(), 1)

    with pytest.raises(Damaged, match="case-study/seven revision 1"):
        world.operations.carry_out(PLAN)
    assert status(world) is OperationStatus.PLANNED
    assert store.revision(case_ref(), 2).body is None
    assert world.engine.rebuilds == 0
    store.mend()
    world.operations.carry_out(PLAN)
    assert status(world) is OperationStatus.DONE


def test_of_two_processes_that_purge_the_second_finds_it_done(store: FaultyEntryStore, world: World) -> None:
    put(store, "seven", a_case())
    put(store, "plan", plan(1))

    def finish_first(save: Save) -> None:
        world.operations.carry_out(PLAN)

    store.before_save = finish_first

    world.operations.carry_out(PLAN)

    assert store.current(PLAN).number == 2
    assert status(world) is OperationStatus.DONE


def test_an_operation_that_was_purged_itself_is_none(world: World) -> None:
    put(world.store, "plan", plan(1))
    world.store.bury(PLAN, 1, "Purged")

    with pytest.raises(NotFound):
        world.operations.carry_out(PLAN)
