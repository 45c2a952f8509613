"""What authors and coordinators say to each other about a submission."""

from __future__ import annotations

import pytest

from kb.domain.errors import Forbidden, Invalid, NotFound, StaleRevision, WrongState
from kb.domain.marking import Audience, Marking
from kb.domain.submission import WITHHELD, Comment, Purpose
from kb.domain.workflow import Action, SubmissionStatus
from kb.services.submission_view import SubmissionView
from tests.fakes.clock import NOON
from tests.samples import a_case, put, submission_ref
from tests.services.office import Office

FIELD = "lessons.logs.text"


def commented(office: Office, about: str = FIELD) -> SubmissionView:
    """Let Carla ask about a field of what she has taken."""
    view = office.in_review()
    return office.review_comments.add(office.carla, view.id, view.revision, "Which provider kind?", about)


def test_a_comment_stands_beside_the_field_that_it_is_about_and_counts_as_open(office: Office) -> None:
    view = commented(office)
    (thread,) = view.waiting
    assert (thread.about, thread.opening.by, thread.opening.round) == (FIELD, "carla", 1)
    assert office.submissions.get(office.anna, view.id).people["carla"] == "Carla"
    assert office.store.current(submission_ref(view.id)).header.action is Action.COMMENT


def test_the_author_answers_and_the_thread_stays_open_until_it_is_resolved(office: Office) -> None:
    view = commented(office)
    view = office.review_comments.answer(office.anna, view.id, view.revision, "c1", "A small one.")
    (thread,) = view.threads
    assert [answer.text for answer in thread.answers] == ["A small one."]
    assert thread.answers[0].about == FIELD
    assert thread.is_open
    assert view.resolvable == frozenset()
    with pytest.raises(Forbidden):
        office.review_comments.resolve(office.anna, view.id, view.revision, "c1")
    view = office.review_comments.resolve(office.carla, view.id, view.revision, "c1")
    assert view.waiting == ()
    assert view.threads[0].opening.resolved_by == "carla"
    view = office.review_comments.reopen(office.carla, view.id, view.revision, "c1")
    assert [each.key for each in view.waiting] == ["c1"]
    assert view.threads[0].opening.resolved_at is None


def test_who_made_a_comment_resolves_it_and_so_does_the_coordinator_who_has_the_submission(
    office: Office,
) -> None:
    view = office.submitted()
    view = office.review_comments.add(office.anna, view.id, view.revision, "The summary is provisional.")
    view = office.review_comments.add(office.cyril, view.id, view.revision, "How long?", "summary")
    assert office.submissions.get(office.anna, view.id).resolvable == {"c1"}
    assert office.submissions.get(office.cyril, view.id).resolvable == {"c2"}
    assert office.submissions.get(office.carla, view.id).resolvable == frozenset()
    taken = office.reviews.take(office.carla, view.id, view.revision)
    assert taken.resolvable == {"c1", "c2"}


def test_what_was_asked_for_is_open_until_it_is_resolved_and_shown_when_it_is_submitted_again(
    office: Office,
) -> None:
    view = office.in_review()
    view = office.reviews.request_changes(office.carla, view.id, view.revision, "Say how long it took.")
    assert [each.opening.purpose for each in view.waiting] == [Purpose.DECISION]
    again = office.submissions.submit(office.anna, view.id, view.revision)
    assert [each.key for each in again.waiting] == ["c1"]


def test_a_comment_needs_words_and_something_that_is_there(office: Office) -> None:
    view = office.in_review()
    add, answer = office.review_comments.add, office.review_comments.answer
    with pytest.raises(Invalid, match="Write what you want to say"):
        add(office.carla, view.id, view.revision, "  ")
    for gone in ("lessons.gone", "lessons.gone.text", "owner", "nonsense"):
        with pytest.raises(Invalid, match="Choose what this is about"):
            add(office.carla, view.id, view.revision, "Where is it?", gone)
    view = add(office.carla, view.id, view.revision, "Which?")
    with pytest.raises(NotFound):
        answer(office.carla, view.id, view.revision, "c9", "To nothing.")
    with pytest.raises(Invalid):
        answer(office.anna, view.id, view.revision, "c1", "")


def test_the_page_from_which_it_was_sent_must_be_the_one_that_stands(office: Office) -> None:
    view = commented(office)
    with pytest.raises(StaleRevision):
        office.review_comments.add(office.anna, view.id, view.revision - 1, "Too late.")
    assert [line.action for line in office.submissions.since(office.anna, view.id, view.revision - 1)] == [
        "comment"
    ]


def test_nobody_comments_on_a_draft_or_on_what_is_decided(office: Office) -> None:
    draft = office.draft()
    with pytest.raises(WrongState):
        office.review_comments.add(office.anna, draft.id, draft.revision, "To myself.")
    with pytest.raises(NotFound):
        office.review_comments.add(office.carla, draft.id, draft.revision, "Who are you?")
    view = commented(office)
    last = office.reviews.decline(office.carla, view.id, view.revision, "Too operational.")
    with pytest.raises(WrongState):
        office.review_comments.answer(office.anna, view.id, last.revision, "c1", "But why?")


def test_red_is_talked_about_by_those_alone_who_are_named(office: Office) -> None:
    view = office.submitted(audience=Audience(marking=Marking.RED, persons=("carla",)))
    with pytest.raises(NotFound):
        office.review_comments.add(office.cyril, view.id, view.revision, "I wonder.")


def test_under_chatham_house_answers_and_resolving_tell_no_author(office: Office) -> None:
    view = office.submitted(audience=Audience(chatham_house=True))
    view = office.review_comments.add(office.anna, view.id, view.revision, "A first word.")
    office.review_comments.resolve(office.anna, view.id, view.revision, "c1")
    shown = office.submissions.get(office.carla, view.id)
    (comment,) = shown.submission.comments
    assert (comment.by, comment.resolved_by) == (WITHHELD, WITHHELD)
    assert "anna" not in shown.people


def test_an_answer_to_what_is_gone_is_not_lost(office: Office) -> None:
    comments = (Comment(at=NOON, by="carla", round=1, text="Yes.", answers="c7"),)
    body = a_case()
    draft = office.draft().submission.model_copy(
        update={"status": SubmissionStatus.SUBMITTED, "comments": comments, "body": body}
    )
    put(office.store, "draft", draft, action=Action.COMMENT, by="carla")
    assert [each.key for each in office.submissions.get(office.anna, "draft").threads] == ["c1"]
