"""Changing an audience: who may ask, what may come of it, and when it is done."""

from __future__ import annotations

import pytest

from kb.domain.case_study import CaseStatus
from kb.domain.errors import Forbidden, Invalid, NotFollowed, NotFound, WrongState
from kb.domain.marking import Audience, Marking
from kb.domain.query import IndexState
from kb.domain.record import Kind
from kb.domain.revision import Save
from kb.domain.workflow import Action, SubmissionStatus
from kb.services.submission_view import SubmissionView
from tests.samples import a_case, case_ref, put
from tests.services.office import Office

NAMED = Audience(marking=Marking.RED, persons=("anna", "carla"))


@pytest.fixture
def office() -> Office:
    return Office()


def test_who_may_not_change_a_marking_cannot_guess_what_is_withheld_of_it(office: Office) -> None:
    audience = Audience(marking=Marking.AMBER, countries=("BE", "FR"), chatham_house=True)
    office.publish(audience=audience)
    for guess in (audience, audience.model_copy(update={"countries": ("BE",)})):
        with pytest.raises(Forbidden):
            office.case_acts.remark(office.dora, "seven", guess, "A guess.")


@pytest.mark.parametrize("persons", [(), ("carla",), ("nobody",)])
def test_red_names_one_of_the_owners_or_nobody_could_change_it_again(
    office: Office, persons: tuple[str, ...]
) -> None:
    office.publish()
    with pytest.raises(Invalid) as refused:
        office.case_acts.remark(
            office.anna, "seven", Audience(marking=Marking.RED, persons=persons), "Careful."
        )
    assert [field for field, _ in refused.value.problems] == ["persons"]
    assert office.case_acts.remark(office.anna, "seven", NAMED, "Careful.").case.audience == NAMED


def test_naming_persons_after_everybody_is_narrowing(office: Office) -> None:
    office.publish()
    office.case_acts.remark(office.anna, "seven", NAMED, "Careful.")
    assert office.store.current(case_ref()).header.action is Action.NARROW


def test_a_change_that_lets_one_country_in_and_another_out_is_done_only_when_search_has_followed(
    office: Office,
) -> None:
    office.publish(audience=Audience(marking=Marking.AMBER, countries=("BE",)))
    office.engine.state = IndexState.MISSING
    with pytest.raises(NotFollowed):
        office.case_acts.remark(
            office.proved(office.anna),
            "seven",
            Audience(marking=Marking.AMBER, countries=("FR",)),
            "France instead.",
        )
    assert office.store.current(case_ref()).header.action is Action.WIDEN


def test_a_case_points_at_no_successor_that_its_reader_may_not_see(office: Office) -> None:
    office.publish("eight", audience=Audience(marking=Marking.AMBER))
    office.publish(status=CaseStatus.SUPERSEDED, status_reason="Told better.", superseded_by="eight")
    assert office.cases.get(office.dora, "seven").case.superseded_by is None
    assert office.cases.get(office.bert, "seven").case.superseded_by == "eight"


class TestChangesInReview:
    """Every coordinator reads a change that was submitted, unless the case has become RED."""

    @pytest.fixture
    def change(self, office: Office) -> SubmissionView:
        office.publish()
        return office.change(title="Eight days")

    def test_one_waiting_for_review_is_taken_from_coordinators_with_the_case(
        self, office: Office, change: SubmissionView
    ) -> None:
        office.submissions.submit(office.anna, change.id, change.revision)
        office.case_acts.remark(office.bert, "seven", NAMED, "Careful.")
        with pytest.raises(NotFound):
            office.submissions.get(office.cyril, change.id)
        assert office.review_queue.waiting(office.cyril) == ()
        assert [each.entry.id for each in office.review_queue.waiting(office.carla)] == [change.id]

    def test_it_is_taken_also_where_search_could_not_follow(
        self, office: Office, change: SubmissionView
    ) -> None:
        office.submissions.submit(office.anna, change.id, change.revision)
        office.engine.state = IndexState.MISSING
        with pytest.raises(NotFollowed):
            office.case_acts.remark(office.bert, "seven", NAMED, "Careful.")
        with pytest.raises(NotFound):
            office.submissions.get(office.cyril, change.id)

    def test_one_that_is_still_written_is_submitted_under_the_audience_of_that_day(
        self, office: Office, change: SubmissionView
    ) -> None:
        office.case_acts.remark(office.anna, "seven", NAMED, "Careful.")
        assert office.submissions.get(office.anna, change.id).revision == change.revision
        office.submissions.submit(office.anna, change.id, change.revision)
        with pytest.raises(NotFound):
            office.submissions.get(office.cyril, change.id)

    def test_one_whose_author_saves_at_the_same_moment_is_taken_all_the_same(
        self, office: Office, change: SubmissionView
    ) -> None:
        sent = office.submissions.submit(office.anna, change.id, change.revision)

        def meanwhile(save: Save) -> None:
            if save.kind is Kind.SUBMISSION:
                office.store.before_save = None
                office.reviews.take(office.cyril, change.id, sent.revision)
            else:
                office.store.before_save = meanwhile

        office.store.before_save = meanwhile
        office.case_acts.remark(office.anna, "seven", NAMED, "Careful.")
        assert office.submissions.get(office.carla, change.id).submission.reviewer == "cyril"
        with pytest.raises(NotFound):
            office.submissions.get(office.cyril, change.id)

    def test_one_that_comes_back_to_review_comes_back_under_the_audience_of_the_case(
        self, office: Office, change: SubmissionView
    ) -> None:
        sent = office.submissions.submit(office.anna, change.id, change.revision)
        taken = office.reviews.take(office.carla, change.id, sent.revision)

        def meanwhile(save: Save) -> None:
            if save.kind is Kind.CASE_STUDY:
                put(office.store, "seven", a_case(audience=NAMED))
            else:
                office.store.before_save = meanwhile

        office.store.before_save = meanwhile
        with pytest.raises(WrongState):
            office.reviews.publish(office.carla, change.id, taken.revision)
        with pytest.raises(NotFound):
            office.submissions.get(office.cyril, change.id)

    def test_one_that_was_withdrawn_at_the_same_moment_stays_as_it_is(
        self, office: Office, change: SubmissionView
    ) -> None:
        sent = office.submissions.submit(office.anna, change.id, change.revision)

        def meanwhile(save: Save) -> None:
            if save.kind is Kind.SUBMISSION:
                office.store.before_save = None
                office.submissions.withdraw(office.anna, change.id, sent.revision)
            else:
                office.store.before_save = meanwhile

        office.store.before_save = meanwhile
        office.case_acts.remark(office.bert, "seven", NAMED, "Careful.")
        now = office.submissions.get(office.anna, change.id)
        assert (now.submission.status, now.revision) == (SubmissionStatus.WITHDRAWN, sent.revision + 1)


@pytest.mark.parametrize("based_on", [None, 2])
def test_a_writer_from_whom_the_case_was_narrowed_away_loses_no_word(
    office: Office, based_on: int | None
) -> None:
    office.publish()
    change = office.change()
    audience = Audience(marking=Marking.RED, persons=("bert", "carla"))
    office.case_acts.remark(office.bert, "seven", audience, "Careful.")
    latest = office.submissions.get(office.anna, change.id)
    text = latest.submission.body.model_copy(update={"summary": "Written meanwhile."})

    kept = office.submissions.save(office.anna, change.id, latest.revision, text, based_on=based_on)

    assert kept.submission.body.summary == "Written meanwhile."
    assert kept.submission.based_on == 1
    with pytest.raises(NotFound):
        office.submissions.submit(office.anna, change.id, kept.revision)
