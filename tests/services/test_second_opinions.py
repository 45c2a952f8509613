"""A reviewer asks a second coordinator, among those whom the marking lets in."""

from __future__ import annotations

import pytest

from kb.domain.errors import Forbidden, Invalid
from kb.domain.marking import Audience, Marking
from kb.domain.submission import Purpose
from kb.domain.thread import asked
from tests.samples import a_case
from tests.services.office import Office


def test_a_second_coordinator_gives_an_opinion(office: Office) -> None:
    view = office.in_review()
    view = office.reviews.ask(office.carla, view.id, view.revision, "cyril", "Fit for GREEN?")
    assert view.submission.asked == ("cyril",)
    (question,) = asked(view.submission, "cyril")
    assert (question.opening.purpose, question.opening.to) == (Purpose.QUESTION, "cyril")
    assert view.waiting == (), "it is not for the author to deal with"
    view = office.review_comments.answer(office.carla, view.id, view.revision, "c1", "By Friday, please.")
    view = office.review_comments.answer(office.cyril, view.id, view.revision, "c1", "It is.")
    assert [each.purpose for each in view.threads[0].answers] == [Purpose.REMARK, Purpose.OPINION]
    assert asked(view.submission, "cyril") == ()
    view = office.reviews.ask(office.carla, view.id, view.revision, "cyril", "And the title?")
    assert (len(asked(view.submission, "cyril")), view.submission.asked) == (1, ("cyril",))


def test_a_question_is_needed_and_the_submission_in_ones_hands(office: Office) -> None:
    view = office.in_review()
    with pytest.raises(Invalid, match="Say what you want to know"):
        office.reviews.ask(office.carla, view.id, view.revision, "cyril", " ")
    with pytest.raises(Forbidden):
        office.reviews.ask(office.cyril, view.id, view.revision, "carla", "May I?")


@pytest.mark.parametrize("whom", ["anna", "bert", "carla", "otto", "nobody"])
def test_nobody_is_asked_who_may_not_see_it(office: Office, whom: str) -> None:
    view = office.in_review()
    with pytest.raises(Invalid, match="who may see this"):
        office.reviews.ask(office.carla, view.id, view.revision, whom, "What do you think?")


def test_of_red_only_those_are_asked_whom_it_names(office: Office) -> None:
    view = office.in_review(audience=Audience(marking=Marking.RED, persons=("carla", "bert")))
    assert office.reviews.colleagues(office.carla, view.id) == ()
    with pytest.raises(Invalid):
        office.reviews.ask(office.carla, view.id, view.revision, "cyril", "What do you think?")


def test_of_red_a_second_named_coordinator_is_asked(office: Office) -> None:
    view = office.in_review(audience=Audience(marking=Marking.RED, persons=("carla", "cyril")))
    assert [each.id for each in office.reviews.colleagues(office.carla, view.id)] == ["cyril"]


def test_who_can_be_asked_tells_nobody_who_wrote_it_under_chatham_house(office: Office) -> None:
    """A coordinator who is left out would be known for an author; whom RED names is withheld altogether."""
    quiet = Audience(chatham_house=True)
    draft = office.submissions.create(office.cyril, a_case(audience=quiet))
    sent = office.submissions.submit(office.cyril, draft.id, draft.revision)
    taken = office.reviews.take(office.carla, sent.id, sent.revision)
    assert [each.id for each in office.reviews.colleagues(office.carla, taken.id)] == ["cyril"]
    assert office.reviews.successors(office.carla, taken.id) == ()
    with pytest.raises(Invalid):
        office.reviews.hand_over(office.carla, taken.id, taken.revision, "cyril")
    view = office.reviews.ask(office.carla, taken.id, taken.revision, "cyril", "What do you think?")
    view = office.review_comments.answer(office.cyril, view.id, view.revision, "c1", "I like it.")
    assert view.threads[0].answers[0].purpose is Purpose.REMARK


def test_of_a_quiet_red_nobody_is_asked(office: Office) -> None:
    quiet = Audience(marking=Marking.RED, persons=("carla", "cyril"), chatham_house=True)
    view = office.in_review(audience=quiet)
    assert office.reviews.colleagues(office.carla, view.id) == ()
