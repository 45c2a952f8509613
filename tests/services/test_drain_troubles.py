"""What is damaged or refused holds up nobody else, and is owed until it can be done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from kb.domain.entry import Listing
from kb.domain.errors import StoreFailure
from kb.domain.marking import OPERATOR_VIEWER
from kb.domain.operation import Operation, OperationKind
from kb.domain.query import IndexState
from kb.domain.record import Kind
from kb.domain.workflow import SubmissionStatus
from tests.fakes.catalogue import MemoryCatalogue
from tests.fakes.faulty_store import FaultyEntryStore
from tests.fakes.lock import MemoryLock
from tests.fakes.search_engine import MemorySearchEngine
from tests.fakes.world import World
from tests.samples import a_case, a_submission, case_ref, put, submission_ref


def test_a_damaged_record_leaves_view_is_reported_and_stops_nobody_else(
    store: FaultyEntryStore, world: World
) -> None:
    put(store, "seven", a_case())
    put(store, "eight", a_case(title="Eight"))
    world.drain.run()
    put(store, "seven", a_case(title="Spoilt"))
    put(store, "eight", a_case(title="Eight again"))
    store.damage(case_ref(), 2)

    report = world.drain.run()

    assert report.damaged == (case_ref(),)
    assert world.catalogue.manifest() == {case_ref("eight"): 2}
    assert world.found("spoilt") == []
    assert [marker.ref for marker in store.markers()] == [case_ref()]
    store.mend()
    world.drain.run()
    assert world.catalogue.manifest()[case_ref()] == 2


def test_a_damaged_revision_in_the_past_costs_its_audit_row_alone(
    store: FaultyEntryStore, world: World
) -> None:
    put(store, "seven", a_case())
    put(store, "seven", a_case(title="Seven again"))
    store.damage(case_ref(), 1)

    report = world.drain.run()

    assert report.damaged == ()
    assert [row.key for row in world.audit.rows] == ["case-study/seven/2"]
    (entry,) = world.catalogue.list(Listing(viewer=OPERATOR_VIEWER))
    assert entry.created_at == entry.saved_at


def test_a_broken_index_stops_neither_lists_nor_audit_and_owes_its_part(world: World) -> None:
    world.engine.state = IndexState.WRONG
    put(world.store, "seven", a_case())
    put(world.store, "draft", a_submission())

    report = world.drain.run()

    assert report.search_behind
    assert world.catalogue.manifest() == {case_ref(): 1, submission_ref(): 1}
    assert len(world.audit.rows) == 2
    assert [marker.ref for marker in world.store.markers()] == [case_ref()]
    world.engine.state = IndexState.READY
    assert not world.drain.run().search_behind
    assert world.found("telephone") == ["seven/preserve"]


def test_a_catalogue_that_cannot_be_written_leaves_every_marker_and_raises_nothing(world: World) -> None:
    class FullCatalogue(MemoryCatalogue):
        def apply(self, changes: object) -> None:
            raise StoreFailure("The disk is full. Free some space.")

    world = World(catalogue=FullCatalogue())
    put(world.store, "seven", a_case())

    report = world.drain.run()

    assert report.troubles == ("The disk is full. Free some space.",)
    assert len(world.store.markers()) == 1


def test_an_index_whose_disk_refuses_is_behind_and_stops_nothing() -> None:
    class FullEngine(MemorySearchEngine):
        def apply(self, changes: object) -> None:
            raise OSError(28, "No space left on device")

    world = World(engine=FullEngine())
    put(world.store, "seven", a_case())

    assert world.drain.run().search_behind
    assert world.catalogue.manifest() == {case_ref(): 1}


@pytest.mark.parametrize("refusal", [StoreFailure("The lock cannot be opened."), OSError(30, "Read-only")])
def test_a_lock_that_cannot_be_opened_leaves_the_save_standing(refusal: Exception) -> None:
    class RefusedLock(MemoryLock):
        @contextmanager
        def try_hold(self) -> Iterator[bool]:
            yield self._refuse()

        def _refuse(self) -> bool:
            raise refusal

    world = World(lock=RefusedLock())
    put(world.store, "seven", a_case())

    assert world.drain.run().troubles == (str(refusal),)
    assert len(world.store.markers()) == 1


def test_what_is_not_followed_is_logged_without_a_word_of_the_record(
    store: FaultyEntryStore, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.engine.state = IndexState.WRONG
    put(store, "seven", a_case(title="Seven days"))
    put(store, "eight", a_case())
    store.damage(case_ref("eight"), 1)

    sentences = world.drain.run().sentences

    assert len(caplog.messages) == len(sentences) == 2
    assert "case-study/eight cannot be read" in caplog.text
    assert "kb index update" in caplog.text
    assert "Seven days" not in caplog.text


def test_a_purge_that_the_disk_refuses_holds_up_nobody_elses_save() -> None:
    class FullEngine(MemorySearchEngine):
        def rebuild(self, units: object, total: int, progress: object = None) -> None:
            raise OSError(28, "No space left on device")

    world = World(engine=FullEngine())
    plan = Operation(operation=OperationKind.PURGE, reason="Asked", requested_by="operator", targets=())
    put(world.store, "plan", plan)
    put(world.store, "seven", a_case())

    report = world.drain.run()

    assert [marker.ref.kind for marker in world.store.markers()] == [Kind.OPERATION]
    assert report.troubles == ("operation/plan: [Errno 28] No space left on device",)


def test_an_earlier_text_that_cannot_be_buried_is_reported_and_tried_again(
    store: FaultyEntryStore, world: World
) -> None:
    put(store, "draft", a_submission())
    put(store, "draft", a_submission(status=SubmissionStatus.DECLINED))
    store.damage(submission_ref(), 1)

    report = world.drain.run()

    (trouble,) = report.troubles
    assert trouble.startswith("submission/draft: ")
    assert {marker.ref for marker in store.markers()} == {submission_ref()}
    store.mend()
    assert world.drain.run().troubles == ()
    assert store.revision(submission_ref(), 1).body is None
    assert store.markers() == ()
