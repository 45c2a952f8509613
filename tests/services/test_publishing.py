from __future__ import annotations

import pytest

from kb.domain.case_study import CaseStatus, CaseStudy
from kb.domain.errors import Damaged, NotFound, StoreFailure
from kb.domain.revision import Save
from kb.domain.submission import SourceSection, Submission
from kb.domain.workflow import Action, SubmissionStatus
from kb.services.publishing import MOVED_ON
from tests.fakes.faulty_store import FaultyEntryStore
from tests.fakes.world import World
from tests.samples import a_case, a_submission, approved, case_ref, put, submission_ref


def published(world: World) -> CaseStudy:
    body = world.store.current(case_ref()).body
    assert isinstance(body, CaseStudy)
    return body


def stands(world: World) -> Submission:
    body = world.store.current(submission_ref()).body
    assert isinstance(body, Submission)
    return body


def test_a_decision_becomes_the_case_that_readers_get(world: World) -> None:
    put(world.store, "draft", approved(), action=Action.APPROVE, by="carla", note="Clear and useful")

    result = world.publisher.carry_out(submission_ref())

    assert result.published
    assert result.case == "seven"
    revision = world.store.current(case_ref())
    assert (revision.header.action, revision.header.saved_by) == (Action.PUBLISH, "carla")
    assert (revision.note, revision.submission) == ("Clear and useful", "draft")
    assert published(world) == a_case(author="anna")
    assert stands(world) == approved(status=SubmissionStatus.PUBLISHED)
    assert world.store.current(submission_ref()).header.action is Action.COMPLETE


SECTIONS = (SourceSection(text="What the paper said."),)


def test_the_document_that_it_was_read_from_goes_with_publishing_and_not_before(world: World) -> None:
    put(world.store, "draft", approved(source=SECTIONS), by="carla")
    world.publisher.carry_out(submission_ref())
    assert stands(world).source == ()

    put(world.store, "other", approved(target="seven", source=SECTIONS), by="carla")
    world.publisher.carry_out(submission_ref("other"))
    other = world.store.current(submission_ref("other")).body
    assert isinstance(other, Submission)
    assert (other.status, other.source) == (SubmissionStatus.IN_REVIEW, SECTIONS)


def test_a_change_keeps_the_first_author_and_is_current_again(world: World) -> None:
    put(world.store, "seven", a_case(author="bert"))
    retired = a_case(author="bert", status=CaseStatus.RETIRED, status_reason="Old", title="New title")
    put(world.store, "draft", approved(based_on=1, wanted=2, body=retired), by="carla")

    world.publisher.carry_out(submission_ref())

    assert world.store.current(case_ref()).number == 2
    assert published(world) == a_case(author="bert", title="New title")


def test_a_decision_without_a_number_wants_the_one_after_its_base(world: World) -> None:
    put(world.store, "draft", approved(wanted=None), by="carla")

    assert world.publisher.carry_out(submission_ref()).published
    assert world.store.current(case_ref()).number == 1


@pytest.mark.parametrize("status", sorted(set(SubmissionStatus) - {SubmissionStatus.PUBLISHING}))
def test_a_submission_that_is_not_being_published_stays_as_it_is(
    world: World, status: SubmissionStatus
) -> None:
    put(world.store, "draft", a_submission(status=status))

    result = world.publisher.carry_out(submission_ref())

    assert result.status is status
    assert result.published == (status is SubmissionStatus.PUBLISHED)
    assert world.store.current(submission_ref()).number == 1


def test_carrying_a_decision_out_twice_publishes_once(world: World) -> None:
    put(world.store, "draft", approved(), by="carla")

    world.publisher.carry_out(submission_ref())

    assert world.publisher.carry_out(submission_ref()).published
    assert world.store.current(case_ref()).number == 1
    assert world.store.current(submission_ref()).number == 2


def test_a_crash_after_the_case_was_saved_is_completed(world: World) -> None:
    put(world.store, "draft", approved(), by="carla")
    put(world.store, "seven", a_case(author="anna"), action=Action.PUBLISH, submission="draft")

    assert world.publisher.carry_out(submission_ref()).published
    assert world.store.current(case_ref()).number == 1
    assert stands(world).status is SubmissionStatus.PUBLISHED


def test_a_number_that_another_text_took_sends_the_submission_back_to_review(world: World) -> None:
    put(world.store, "seven", a_case())
    put(world.store, "seven", a_case(tags=("templates",)), action=Action.RETAG)
    put(world.store, "draft", approved(based_on=1, wanted=2), by="carla")

    result = world.publisher.carry_out(submission_ref())

    assert not result.published
    assert stands(world).status is SubmissionStatus.IN_REVIEW
    assert stands(world).wanted is None
    revision = world.store.current(submission_ref())
    assert (revision.header.action, revision.note) == (Action.REBASE, MOVED_ON)
    assert world.store.current(case_ref()).number == 2


def test_a_number_that_cannot_follow_sends_the_submission_back_to_review(world: World) -> None:
    put(world.store, "draft", approved(based_on=6, wanted=7), by="carla")

    assert not world.publisher.carry_out(submission_ref()).published


def test_of_two_processes_that_carry_a_decision_out_both_see_it_published(
    store: FaultyEntryStore, world: World
) -> None:
    put(store, "draft", approved(), by="carla")
    store.before_save = lambda save: world.publisher.carry_out(submission_ref())

    assert world.publisher.carry_out(submission_ref()).published
    assert store.current(case_ref()).number == 1
    assert store.current(submission_ref()).number == 2


def test_the_process_that_only_concludes_too_late_reports_what_stands(
    store: FaultyEntryStore, world: World
) -> None:
    put(store, "draft", approved(), by="carla")

    def first_let_the_case_pass(save: Save) -> None:
        store.before_save = lambda save: world.publisher.carry_out(submission_ref())

    store.before_save = first_let_the_case_pass

    assert world.publisher.carry_out(submission_ref()).published
    assert store.current(submission_ref()).number == 2


def test_a_case_that_cannot_be_read_leaves_the_decision_standing(
    store: FaultyEntryStore, world: World
) -> None:
    put(store, "draft", approved(), by="carla")
    put(store, "seven", a_case())
    store.damage(case_ref(), 1)

    with pytest.raises(Damaged):
        world.publisher.carry_out(submission_ref())
    assert stands(world).status is SubmissionStatus.PUBLISHING


def test_a_full_disk_leaves_the_decision_standing(world: World) -> None:
    put(world.store, "draft", approved(), by="carla")
    world.store.failing = "The disk is full."

    with pytest.raises(StoreFailure):
        world.publisher.carry_out(submission_ref())
    world.store.failing = ""
    assert world.publisher.carry_out(submission_ref()).published


def test_a_submission_that_was_purged_is_none(world: World) -> None:
    put(world.store, "draft", approved(), by="carla")
    world.store.bury(submission_ref(), 1, "Purged")

    with pytest.raises(NotFound):
        world.publisher.carry_out(submission_ref())
