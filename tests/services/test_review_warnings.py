"""What the checks warn of is answered by a second person, word by word, before readers have it."""

from __future__ import annotations

import pytest

from kb.domain.errors import Invalid, WrongState
from kb.domain.workflow import Action
from kb.services.reviews import Warned
from kb.services.submission_view import SubmissionView
from tests.samples import a_case
from tests.services.office import Office


@pytest.fixture
def view(office: Office) -> SubmissionView:
    return office.in_review(summary="We met @nightowl there.")


def warned_of(office: Office, view: SubmissionView) -> Warned:
    (finding,) = office.reviews.warnings(office.carla, view.id)
    return Warned.of(finding)


def test_it_is_not_published_until_each_is_answered(office: Office, view: SubmissionView) -> None:
    with pytest.raises(Invalid, match="Warnings stand"):
        office.reviews.publish(office.carla, view.id, view.revision)
    warned = warned_of(office, view)
    view = office.reviews.override(
        office.carla, view.id, view.revision, warned, "A name that the ministry gave."
    )
    (passed,) = view.submission.overrides
    assert (passed.path, passed.by, passed.reason) == (
        "summary",
        "carla",
        "A name that the ministry gave.",
    )
    assert office.reviews.warnings(office.carla, view.id) == ()
    assert office.reviews.publish(office.carla, view.id, view.revision).readable


def test_the_record_of_the_answer_holds_no_word_of_the_text(office: Office, view: SubmissionView) -> None:
    """ASVS 5.0 V16.2: neither the answer's mark nor the log repeats what was warned of."""
    warned = warned_of(office, view)
    view = office.reviews.override(office.carla, view.id, view.revision, warned, "It is known.")
    assert "nightowl" not in view.submission.overrides[0].model_dump_json()
    (row,) = [row for row in office.audit.rows if row.action == Action.OVERRIDE.value]
    assert "nightowl" not in str(row)
    assert "It is known" not in str(row)


def test_it_needs_a_reason_and_a_warning_that_stands(office: Office, view: SubmissionView) -> None:
    warned = warned_of(office, view)
    with pytest.raises(Invalid, match="Say why this may stay"):
        office.reviews.override(office.carla, view.id, view.revision, warned, "")
    with pytest.raises(WrongState, match="does not stand"):
        office.reviews.override(
            office.carla, view.id, view.revision, warned._replace(digest="0" * 16), "Why not."
        )


def test_other_words_at_the_same_place_are_warned_of_again(office: Office, view: SubmissionView) -> None:
    warned = warned_of(office, view)
    view = office.reviews.override(office.carla, view.id, view.revision, warned, "It is known.")
    view = office.reviews.request_changes(office.carla, view.id, view.revision, "Shorter.")
    other = a_case(summary="We met @dayowl there.")
    view = office.submissions.save(office.anna, view.id, view.revision, other)
    view = office.submissions.submit(office.anna, view.id, view.revision)
    assert len(office.reviews.warnings(office.carla, view.id)) == 1
