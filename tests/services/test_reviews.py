from __future__ import annotations

import pytest

from kb.domain.account import Role
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


def standing(office: Office, identifier: str) -> tuple[SubmissionStatus, str | None]:
    shown = office.submissions.get(office.anna, identifier).submission
    return shown.status, shown.reviewer


class TestPassingOn:
    def test_what_was_taken_can_be_given_back(self, office: Office) -> None:
        view = office.in_review()
        view = office.reviews.give_back(office.carla, view.id, view.revision)
        assert standing(office, view.id) == (SubmissionStatus.SUBMITTED, None)
        assert office.reviews.take(office.cyril, view.id, view.revision).reviewer == "Cyril"

    def test_it_is_handed_to_another_coordinator_who_then_decides(self, office: Office) -> None:
        view = office.in_review()
        assert [each.id for each in office.reviews.successors(office.carla, view.id)] == ["cyril"]
        view = office.reviews.hand_over(office.carla, view.id, view.revision, "cyril")
        assert standing(office, view.id) == (SubmissionStatus.IN_REVIEW, "cyril")
        with pytest.raises(Forbidden, match="who took a submission decides"):
            office.reviews.decline(office.carla, view.id, view.revision, "Mine no more.")
        office.reviews.decline(office.cyril, view.id, view.revision, "Too operational.")

    @pytest.mark.parametrize("to", ["anna", "bert", "carla", "otto", "nobody", ""])
    def test_it_is_handed_to_nobody_who_may_not_review_it(self, office: Office, to: str) -> None:
        view = office.in_review()
        with pytest.raises(Invalid):
            office.reviews.hand_over(office.carla, view.id, view.revision, to)

    def test_another_coordinator_takes_it_over_where_somebody_cannot_go_on(self, office: Office) -> None:
        view = office.in_review()
        taken = office.reviews.take(office.cyril, view.id, view.revision)
        assert standing(office, view.id) == (SubmissionStatus.IN_REVIEW, "cyril")
        with pytest.raises(StaleRevision):
            office.reviews.publish(office.carla, view.id, view.revision)
        assert Action.APPROVE in taken.steps

    def test_who_coordinates_no_more_has_nothing_in_review(self, office: Office) -> None:
        view = office.in_review()
        former = office.carla.model_copy(update={"roles": frozenset({Role.INVESTIGATOR})})
        with pytest.raises(NotFound):
            office.reviews.decline(former, view.id, view.revision, "Still mine?")

    def test_a_presenter_withdraws_also_what_is_in_review(self, office: Office) -> None:
        view = office.in_review()
        view = office.submissions.withdraw(office.anna, view.id, view.revision)
        assert view.submission.status is SubmissionStatus.WITHDRAWN
        with pytest.raises(NotFound):
            office.reviews.publish(office.carla, view.id, view.revision)


class TestRounds:
    def test_the_reviewer_sees_what_changed_since_the_round_before(self, office: Office) -> None:
        view = office.in_review()
        assert (view.read_before, view.since_last_round) == (None, ())
        view = office.reviews.request_changes(office.carla, view.id, view.revision, "Shorter.")
        office.submissions.save(office.anna, view.id, view.revision, a_case(title="Six days"))
        shown = office.submissions.get(office.anna, view.id)
        assert [each.path for each in shown.since_last_round] == ["title"]
        again = office.submissions.submit(office.anna, view.id, shown.revision)
        assert [(each.number, each.revision) for each in again.submission.rounds] == [(1, 2), (2, 6)]
        shown = office.submissions.get(office.carla, view.id)
        (title,) = shown.since_last_round
        assert (title.before, title.after) == ("Seven days", "Six days")

    def test_under_chatham_house_it_tells_nothing_of_where_it_comes_from(self, office: Office) -> None:
        view = office.in_review(audience=Audience(chatham_house=True))
        view = office.reviews.request_changes(office.carla, view.id, view.revision, "Where was it?")
        other = a_case(audience=Audience(chatham_house=True), contact="Duty desk", lead_country="BE")
        view = office.submissions.save(office.anna, view.id, view.revision, other)
        office.submissions.submit(office.anna, view.id, view.revision)
        shown = office.submissions.get(office.carla, view.id)
        assert shown.read_before is not None
        assert shown.since_last_round == ()
        assert [each.path for each in office.submissions.get(office.anna, view.id).since_last_round] == [
            "lead_country",
            "contact",
        ]

    def test_who_might_not_read_the_round_before_is_not_shown_it(self, office: Office) -> None:
        red = Audience(marking=Marking.RED, persons=("carla",))
        view = office.in_review(audience=red)
        view = office.reviews.request_changes(office.carla, view.id, view.revision, "Name another.")
        both = a_case(audience=Audience(marking=Marking.RED, persons=("carla", "cyril")))
        view = office.submissions.save(office.anna, view.id, view.revision, both)
        office.submissions.submit(office.anna, view.id, view.revision)
        assert office.submissions.get(office.carla, view.id).read_before is not None
        assert office.submissions.get(office.cyril, view.id).read_before is None


class TestRacing:
    """ASVS 5.0 V2.3: of two who decide about the same text at the same moment, one does."""

    @pytest.mark.parametrize("late", ["publish", "decline", "give_back"])
    def test_who_lost_the_submission_between_reading_and_acting_does_nothing(
        self, office: Office, late: str
    ) -> None:
        view = office.in_review()

        def meanwhile(_: Save) -> None:
            office.reviews.take(office.cyril, view.id, view.revision)

        office.store.before_save = meanwhile
        reason = ("Too operational.",) if late == "decline" else ()
        with pytest.raises(StaleRevision):
            getattr(office.reviews, late)(office.carla, view.id, view.revision, *reason)
        assert standing(office, view.id) == (SubmissionStatus.IN_REVIEW, "cyril")
