"""What waits, since when, and for whom."""

from __future__ import annotations

import pytest

from kb.domain.errors import Forbidden
from kb.domain.marking import Audience, Marking
from kb.domain.submission import Submission
from kb.domain.workflow import Action, SubmissionStatus
from kb.services.review_queue import WaitsFor
from tests.samples import a_case, put, submission_ref
from tests.services.office import Office

DAY = 24 * 60 * 60


def waiting(office: Office, who: str = "carla") -> list[tuple[str, WaitsFor]]:
    queue = office.review_queue.waiting(getattr(office, who))
    return [(each.entry.title, each.waits_for) for each in queue]


def test_it_is_longest_waiting_first_whatever_was_said_since(office: Office) -> None:
    first = office.submitted(title="First")
    office.clock.tick()
    office.submitted(title="Second")
    office.draft(title="Not submitted")
    office.clock.tick(seconds=3 * DAY)
    office.review_comments.add(office.cyril, first.id, first.revision, "A word.")
    queue = office.review_queue.waiting(office.carla)
    assert [each.entry.title for each in queue] == ["First", "Second"]
    assert [(each.days, len(each.view.waiting)) for each in queue] == [(3, 1), (3, 0)]


def test_it_tells_whose_turn_it_is(office: Office) -> None:
    first = office.submitted(title="First")
    office.clock.tick()
    assert waiting(office) == [("First", WaitsFor.UNCLAIMED)]
    taken = office.reviews.take(office.carla, first.id, first.revision)
    assert waiting(office) == [("First", WaitsFor.MINE)]
    assert waiting(office, "cyril") == [("First", WaitsFor.OTHERS)]
    asked = office.reviews.ask(office.carla, first.id, taken.revision, "cyril", "Fit for GREEN?")
    assert waiting(office, "cyril") == [("First", WaitsFor.ASKED)]
    said = office.review_comments.answer(office.cyril, first.id, asked.revision, "c1", "It is.")
    assert waiting(office, "cyril") == [("First", WaitsFor.OTHERS)]
    office.reviews.request_changes(office.carla, first.id, said.revision, "Shorter.")
    assert waiting(office) == [("First", WaitsFor.PRESENTERS)]


def test_what_was_sent_back_waits_since_then_and_what_was_submitted_again_since_that(office: Office) -> None:
    view = office.in_review()
    office.clock.tick(seconds=2 * DAY)
    asked = office.reviews.request_changes(office.carla, view.id, view.revision, "Shorter.")
    office.clock.tick(seconds=DAY)
    assert [each.days for each in office.review_queue.waiting(office.carla)] == [1]
    office.submissions.submit(office.anna, view.id, asked.revision)
    (again,) = office.review_queue.waiting(office.carla)
    assert (again.days, again.waits_for, again.view.reviewer) == (0, WaitsFor.UNCLAIMED, "Carla")


def test_it_holds_nothing_of_ones_own_and_is_for_coordinators(office: Office) -> None:
    draft = office.submissions.create(office.carla, a_case())
    office.submissions.submit(office.carla, draft.id, 1)
    assert (waiting(office), office.review_queue.count(office.carla)) == ([], 0)
    assert len(waiting(office, "cyril")) == office.review_queue.count(office.cyril) == 1
    for call in (office.review_queue.waiting, office.review_queue.count):
        with pytest.raises(Forbidden):
            call(office.anna)


def test_red_waits_for_those_alone_who_are_named(office: Office) -> None:
    office.submitted(audience=Audience(marking=Marking.RED, persons=("carla",)))
    assert len(waiting(office)) == 1
    assert waiting(office, "cyril") == []


def test_it_counts_the_warnings_that_nobody_has_answered(office: Office) -> None:
    office.submitted(summary="We met @nightowl there.")
    assert [each.warnings for each in office.review_queue.waiting(office.carla)] == [1]


def test_what_is_decided_at_this_moment_is_left_out(office: Office) -> None:
    view = office.in_review()
    declined = office.store.current(submission_ref(view.id)).body
    assert isinstance(declined, Submission)
    declined = declined.model_copy(update={"status": SubmissionStatus.DECLINED})
    put(office.store, view.id, declined, action=Action.DECLINE, by="cyril")
    assert office.review_queue.count(office.carla) == 1
    assert waiting(office) == []
