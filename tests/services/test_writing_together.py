"""Two people, or two tabs, over one text: what they wrote is joined, or told to who saved second; nothing is lost."""

from __future__ import annotations

import pytest

from kb.domain.case_study import CaseStudy
from kb.domain.errors import Forbidden, NotFound, StaleRevision
from kb.domain.marking import Audience, Marking
from tests.samples import VIENNA, a_case, put, submission_ref
from tests.services.office import Office


def test_what_both_wrote_in_different_parts_is_joined(office: Office) -> None:
    draft = office.draft()
    office.submissions.save(office.anna, draft.id, 1, a_case(title="First tab"))
    view = office.submissions.save(office.anna, draft.id, 1, a_case(summary="Second tab."))
    assert (view.revision, view.submission.body.title, view.submission.body.summary) == (
        3,
        "First tab",
        "Second tab.",
    )
    assert view.submission.body.owner == VIENNA


def test_the_second_to_write_the_same_part_is_told_and_nothing_is_overwritten(office: Office) -> None:
    draft = office.draft()
    office.submissions.save(office.anna, draft.id, 1, a_case(title="First tab"))
    mine = a_case(title="Second tab", summary="Mine.")
    with pytest.raises(StaleRevision):
        office.submissions.save(office.anna, draft.id, 1, mine)
    merge = office.submissions.joined(office.anna, draft.id, 1, mine)
    assert (merge.conflicts, merge.body.title, merge.body.summary) == (("title",), "Second tab", "Mine.")
    assert office.submissions.get(office.anna, draft.id).submission.body.title == "First tab"
    decided = office.submissions.save(office.anna, draft.id, 2, merge.body)
    assert decided.submission.body.title == "Second tab"


def test_who_chose_a_session_while_another_chose_the_event_is_told(office: Office) -> None:
    draft = office.draft(event="vienna", session="opening")
    office.submissions.save(office.anna, draft.id, 1, a_case(event="prague"))
    with pytest.raises(StaleRevision):
        office.submissions.save(office.anna, draft.id, 1, a_case(event="vienna", session="closing"))


def test_without_the_text_that_it_was_written_over_every_difference_is_told(office: Office) -> None:
    draft = office.draft()
    for number in (0, 7):
        merge = office.submissions.joined(office.anna, draft.id, number, a_case(title="Mine"))
        assert merge.conflicts == ("title",)


def test_a_change_keeps_what_the_originator_decided_when_it_is_joined(office: Office) -> None:
    office.publish(audience=Audience(marking=Marking.AMBER))
    change = office.change(title="Eight days")
    office.submissions.save(office.anna, change.id, 1, a_case(title="Nine days"))
    view = office.submissions.save(office.anna, change.id, 1, a_case(title="Eight days", summary="Mine."))
    assert (view.submission.body.title, view.submission.body.summary) == ("Nine days", "Mine.")
    assert view.submission.body.audience.marking is Marking.AMBER


def test_the_text_under_a_form_is_that_of_its_revision_or_else_the_present_one(office: Office) -> None:
    draft = office.draft(title="First")
    office.submissions.save(office.anna, draft.id, 1, a_case(title="Second"))
    titles = [office.submissions.text(office.anna, draft.id, number).title for number in (1, 2, 3, 0)]
    assert titles == ["First", "Second", "Second", "Second"]
    for call in (
        lambda: office.submissions.text(office.bert, draft.id, 1),
        lambda: office.submissions.joined(office.bert, draft.id, 1, CaseStudy()),
    ):
        with pytest.raises(NotFound):
            call()


def test_a_coordinator_joins_nothing_and_reads_no_text_from_before_the_submitting(office: Office) -> None:
    view = office.submitted(title="Submitted")
    put(office.store, view.id, office.store.current(submission_ref(view.id)).body, by="anna")  # type: ignore[arg-type]
    assert office.submissions.text(office.carla, view.id, 1).title == "Submitted"
    with pytest.raises(Forbidden):
        office.submissions.joined(office.carla, view.id, 1, a_case())
