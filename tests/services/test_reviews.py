from __future__ import annotations

import pytest

from kb.domain.errors import (
    Forbidden,
    Invalid,
    NotCarriedOut,
    NotFound,
    StaleRevision,
    StoreFailure,
    WrongState,
)
from kb.domain.marking import Audience, Marking
from kb.domain.revision import Save
from kb.domain.workflow import Action, SubmissionStatus
from kb.services.publishing import MOVED_ON
from tests.samples import a_case, a_submission, case_ref, put, submission_ref
from tests.services.office import Office


def test_nobody_reviews_a_submission_of_their_own(office: Office) -> None:
    draft = office.submissions.create(office.carla, a_case())
    view = office.submissions.submit(office.carla, draft.id, 1)
    assert view.steps == {Action.WITHDRAW, Action.CO_AUTHORS, Action.COMMENT}
    with pytest.raises(Forbidden):
        office.reviews.take(office.carla, view.id, view.revision)
    with pytest.raises(Forbidden):
        office.reviews.publish(office.carla, view.id, view.revision)


def test_who_is_no_coordinator_does_not_know_of_it(office: Office) -> None:
    view = office.submitted()
    with pytest.raises(NotFound):
        office.reviews.take(office.bert, view.id, view.revision)


def test_taking_it_names_the_reviewer(office: Office) -> None:
    view = office.in_review()
    assert view.submission.status is SubmissionStatus.IN_REVIEW
    assert view.reviewer == "Carla"
    assert view.steps == {
        Action.REQUEST_CHANGES, Action.DECLINE, Action.APPROVE, Action.GIVE_BACK, Action.HAND_OVER, Action.ASK,
        Action.OVERRIDE, Action.COMMENT, Action.RESOLVE,
    }  # fmt: skip
    with pytest.raises(Forbidden):
        office.reviews.take(office.carla, view.id, view.revision)


def test_changes_are_requested_with_a_comment_that_the_author_reads(office: Office) -> None:
    view = office.in_review()
    office.reviews.request_changes(office.carla, view.id, view.revision, "Say how long it took.")
    shown = office.submissions.get(office.anna, view.id)
    assert shown.submission.status is SubmissionStatus.CHANGES_REQUESTED
    (comment,) = shown.submission.comments
    assert (comment.text, comment.round, shown.people[comment.by]) == ("Say how long it took.", 1, "Carla")
    assert Action.EDIT in shown.steps


@pytest.mark.parametrize("step", ["request_changes", "decline"])
def test_sending_back_and_declining_need_a_reason(office: Office, step: str) -> None:
    view = office.in_review()
    with pytest.raises(Invalid) as raised:
        getattr(office.reviews, step)(office.carla, view.id, view.revision, "  ")
    assert raised.value.problems[0][0] == "reason"
    assert office.submissions.get(office.anna, view.id).submission.status is SubmissionStatus.IN_REVIEW


def test_a_declined_one_stays_with_its_author_who_reads_why(office: Office) -> None:
    view = office.in_review()
    last = office.reviews.decline(office.carla, view.id, view.revision, "Too operational.")
    assert last.submission.status is SubmissionStatus.DECLINED
    assert office.submissions.get(office.anna, view.id).submission.comments[0].text == "Too operational."
    with pytest.raises(NotFound):
        office.submissions.get(office.carla, view.id)


def test_publishing_gives_readers_the_case_and_closes_the_submission(office: Office) -> None:
    view = office.in_review()
    done = office.reviews.publish(office.carla, view.id, view.revision)
    assert done.case == view.submission.target
    assert done.readable
    case = office.cases.get(office.dora, done.case)
    assert (case.case.title, case.author, case.revision) == ("Seven days", "Anna", 1)
    closed = office.submissions.get(office.anna, view.id).submission
    assert closed.status is SubmissionStatus.PUBLISHED
    assert office.review_queue.waiting(office.carla) == ()


def test_a_coordinator_does_not_read_on_what_the_audience_keeps_from_them(office: Office) -> None:
    view = office.in_review(audience=Audience(marking=Marking.AMBER_STRICT))
    done = office.reviews.publish(office.carla, view.id, view.revision)
    assert not done.readable
    with pytest.raises(NotFound):
        office.cases.get(office.carla, done.case)
    assert office.cases.get(office.bert, done.case).revision == 1


def test_only_the_text_that_was_read_is_published(office: Office) -> None:
    view = office.in_review()
    with pytest.raises(StaleRevision):
        office.reviews.publish(office.carla, view.id, view.revision - 1)
    with pytest.raises(NotFound):
        office.store.current(case_ref(view.submission.target))


def test_what_lacks_something_is_not_published_however_it_came_into_review(office: Office) -> None:
    body = a_submission(status=SubmissionStatus.IN_REVIEW, reviewer="carla", body=a_case(title=""))
    put(office.store, "draft", body)
    with pytest.raises(Invalid):
        office.reviews.publish(office.carla, "draft", 1)


def test_a_change_of_a_case_that_has_moved_on_goes_back_to_review(office: Office) -> None:
    office.publish()
    change = office.change(title="Mine")
    sent = office.submissions.submit(office.anna, change.id, 1)
    view = office.reviews.take(office.carla, change.id, sent.revision)
    put(office.store, "seven", a_case(title="Theirs"))
    with pytest.raises(WrongState, match="moved on"):
        office.reviews.publish(office.carla, change.id, view.revision)
    shown = office.submissions.get(office.carla, change.id)
    assert shown.submission.status is SubmissionStatus.IN_REVIEW
    assert shown.behind
    assert office.store.current(submission_ref(change.id)).note == MOVED_ON
    assert office.cases.get(office.anna, "seven").case.title == "Theirs"


def test_a_decision_whose_case_the_disk_refused_is_told_as_kept_and_carried_out_later(office: Office) -> None:
    view = office.in_review()

    def refuse(_: Save) -> None:
        office.store.before_save = refuse
        raise StoreFailure("The disk is full.")

    def refuse_from_now_on(_: Save) -> None:
        office.store.before_save = refuse

    office.store.before_save = refuse_from_now_on
    with pytest.raises(NotCarriedOut):
        office.reviews.publish(office.carla, view.id, view.revision)
    office.store.before_save = None
    office.drain.run()
    assert office.cases.get(office.anna, view.submission.target).revision == 1
