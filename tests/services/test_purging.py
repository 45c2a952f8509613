from __future__ import annotations

import pytest

from kb.domain.account import OFFICER_WITHOUT_ORGANISATION, OPERATOR
from kb.domain.errors import Forbidden, Invalid, NotFound, NotSignedIn, StoreFailure
from kb.domain.operation import Operation, OperationStatus, RevisionRef
from kb.domain.record import Kind
from kb.domain.revision import RecordRef, Save
from kb.domain.workflow import SubmissionStatus
from kb.services.purging import UNREACHABLE, PurgeTarget, Purging
from tests.fakes.faulty_store import FaultyEntryStore
from tests.fakes.world import World
from tests.samples import a_case, a_submission, case_ref, put, submission_ref

SEVEN = PurgeTarget(records=(case_ref(),))
NAME = PurgeTarget(containing="Ivan Horvat")


@pytest.fixture
def purging(world: World) -> Purging:
    return Purging(world.store, world.drain, world.clock, world.randomness)


def meant(kind: Kind, identifier: str, *numbers: int) -> tuple[RevisionRef, ...]:
    return tuple(RevisionRef(kind=kind, id=identifier, revision=number) for number in numbers)


@pytest.mark.parametrize(
    ("actor", "refusal"), [(None, NotSignedIn), (OFFICER_WITHOUT_ORGANISATION, Forbidden)]
)
def test_only_an_operator_plans_or_purges(purging: Purging, actor: None, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        purging.plan(actor, SEVEN)
    with pytest.raises(refusal):
        purging.carry_out(actor, SEVEN, "Asked")


def test_a_case_is_planned_with_every_submission_about_it(world: World, purging: Purging) -> None:
    put(world.store, "seven", a_case())
    put(world.store, "seven", a_case())
    put(world.store, "draft", a_submission())
    put(world.store, "other", a_submission(target="eight"))

    planned = purging.plan(OPERATOR, SEVEN)

    assert planned == (*meant(Kind.CASE_STUDY, "seven", 1, 2), *meant(Kind.SUBMISSION, "draft", 1))
    assert world.store.current(case_ref()).body is not None


def test_a_record_of_another_kind_is_planned_alone(world: World, purging: Purging) -> None:
    put(world.store, "draft", a_submission())

    planned = purging.plan(OPERATOR, PurgeTarget(records=(submission_ref(),)))

    assert planned == meant(Kind.SUBMISSION, "draft", 1)


def test_a_record_that_does_not_exist_cannot_be_planned(purging: Purging) -> None:
    with pytest.raises(NotFound):
        purging.plan(OPERATOR, SEVEN)


def test_a_text_is_planned_wherever_it_stands(world: World, purging: Purging) -> None:
    put(world.store, "seven", a_case(summary="Suspect Ivan Horvat was known."))
    put(world.store, "seven", a_case())
    put(world.store, "draft", a_submission(body=a_case(title="Ivan Horvat")))

    planned = purging.plan(OPERATOR, NAME)

    assert planned == (*meant(Kind.CASE_STUDY, "seven", 1), *meant(Kind.SUBMISSION, "draft", 1))


def test_a_blank_text_means_nothing(world: World, purging: Purging) -> None:
    put(world.store, "seven", a_case())

    assert purging.plan(OPERATOR, PurgeTarget(containing="  \n ")) == ()


def test_a_purged_case_exists_for_nobody_and_the_report_names_what_is_out_of_reach(
    world: World, purging: Purging
) -> None:
    put(world.store, "seven", a_case())
    put(world.store, "draft", a_submission(status=SubmissionStatus.SUBMITTED))
    put(world.store, "eight", a_case())
    world.drain.run()

    report = purging.carry_out(OPERATOR, SEVEN, "The owner asked for it")

    assert world.store.current(case_ref()).body is None
    assert world.store.current(submission_ref()).body is None
    assert set(world.engine.manifest()) == {"eight"}
    assert case_ref() not in world.catalogue.manifest()
    assert submission_ref() not in world.catalogue.manifest()
    assert report.unreachable == UNREACHABLE
    assert any("git" in sentence for sentence in report.unreachable)
    (operation,) = report.operations
    done = world.store.current(RecordRef(kind=Kind.OPERATION, id=operation)).body
    assert isinstance(done, Operation)
    assert (done.status, done.requested_by, done.targets) == (
        OperationStatus.DONE,
        "operator",
        report.revisions,
    )
    assert world.store.markers() == ()
    assert [(row.action, row.subject, row.detail) for row in world.audit.rows[-4:]] == [
        ("purge", f"operation/{operation}", "revision 1"),
        ("purge", f"operation/{operation}", "revision 2"),
        *(("purge", str(ref), f"by operation/{operation}") for ref in (case_ref(), submission_ref())),
    ]


def test_a_purged_text_is_held_nowhere_and_the_revision_without_it_stays(
    world: World, purging: Purging
) -> None:
    put(world.store, "seven", a_case(summary="Suspect Ivan Horvat was known."))
    put(world.store, "seven", a_case())

    purging.carry_out(OPERATOR, NAME, "A name slipped in")

    assert list(world.store.holds("Ivan Horvat")) == []
    assert world.catalogue.manifest()[case_ref()] == 2
    assert len(world.found("telephone")) == 1


def test_what_is_purged_already_is_nothing_to_purge(world: World, purging: Purging) -> None:
    put(world.store, "seven", a_case())
    purging.carry_out(OPERATOR, SEVEN, "Asked")

    with pytest.raises(Invalid, match="nothing to purge"):
        purging.carry_out(OPERATOR, SEVEN, "Asked")


def test_a_purge_needs_a_reason(world: World, purging: Purging) -> None:
    put(world.store, "seven", a_case())

    with pytest.raises(Invalid, match="Say why"):
        purging.carry_out(OPERATOR, SEVEN, "  ")


def test_the_reason_must_not_repeat_the_text(world: World, purging: Purging) -> None:
    put(world.store, "seven", a_case(summary="Suspect Ivan Horvat was known."))

    with pytest.raises(Invalid, match="do not repeat"):
        purging.carry_out(OPERATOR, NAME, "It named IVAN  HORVAT")
    assert world.store.current(case_ref()).body is not None


def test_a_text_saved_anew_while_the_purge_works_is_purged_too(
    store: FaultyEntryStore, world: World, purging: Purging
) -> None:
    named = a_case(summary="Suspect Ivan Horvat was known.")
    put(store, "seven", named)
    store.before_save = lambda save: put(store, "seven", named)

    report = purging.carry_out(OPERATOR, NAME, "A name slipped in")

    assert len(report.operations) == 2
    assert report.revisions == meant(Kind.CASE_STUDY, "seven", 1, 2)
    assert list(store.holds("Ivan Horvat")) == []


def test_a_purge_that_somebody_outruns_for_ever_is_no_success(
    store: FaultyEntryStore, world: World, purging: Purging
) -> None:
    named = a_case(summary="Suspect Ivan Horvat was known.")
    put(store, "seven", named)

    def save_again(save: Save) -> None:
        put(store, "seven", named)
        store.before_save = save_again

    store.before_save = save_again

    with pytest.raises(StoreFailure, match="comes back"):
        purging.carry_out(OPERATOR, NAME, "A name slipped in")


def test_a_revision_that_cannot_be_read_may_hold_the_text_and_so_keeps_the_purge_from_success(
    store: FaultyEntryStore, world: World, purging: Purging
) -> None:
    put(store, "seven", a_case())
    put(store, "seven", a_case())
    store.damage(case_ref(), 1)

    with pytest.raises(StoreFailure, match="could not be finished"):
        purging.carry_out(OPERATOR, SEVEN, "Asked")
    assert store.revision(case_ref(), 2).body is None
    store.mend()
    world.drain.run()
    assert store.revision(case_ref(), 1).body is None


def test_a_revision_missing_from_a_chain_needs_no_purge(
    store: FaultyEntryStore, world: World, purging: Purging
) -> None:
    put(store, "seven", a_case())
    put(store, "seven", a_case())
    store.lost.add((case_ref(), 1))

    assert purging.plan(OPERATOR, SEVEN) == meant(Kind.CASE_STUDY, "seven", 2)
