from __future__ import annotations

import datetime as dt

import pytest

from kb.domain.marking import (
    COORDINATOR,
    OFFICERS_VIEWER,
    OPERATOR_VIEWER,
    Audience,
    Marking,
    Viewer,
    of_account,
)
from kb.domain.submission import WITHHELD, Comment, Purpose, SourceSection, Submission
from kb.domain.workflow import WITH_COORDINATORS, SubmissionStatus
from tests.fakes.clock import NOON
from tests.samples import a_case, a_submission

LATER = NOON + dt.timedelta(days=1)
AUTHORS = frozenset({"account:anna", "account:dora"})
REVIEWER = Viewer(tokens=OFFICERS_VIEWER.tokens | {COORDINATOR}, organisation="brussels")


def submission(status: SubmissionStatus, audience: Audience | None = None, **fields: object) -> Submission:
    body = a_case(audience=audience or Audience())
    return a_submission(status=status, co_authors=("dora",), body=body, **fields)


@pytest.mark.parametrize("status", sorted(set(SubmissionStatus) - WITH_COORDINATORS))
def test_before_submission_and_after_the_decision_only_its_authors_see_it(status: SubmissionStatus) -> None:
    assert submission(status).readers == AUTHORS


@pytest.mark.parametrize("status", sorted(WITH_COORDINATORS))
@pytest.mark.parametrize("marking", list(Marking)[:4])
def test_from_submission_to_decision_every_coordinator_sees_it(
    status: SubmissionStatus, marking: Marking
) -> None:
    assert submission(status, Audience(marking=marking)).readers == AUTHORS | {COORDINATOR}


@pytest.mark.parametrize("status", sorted(WITH_COORDINATORS))
def test_a_red_one_is_seen_by_its_named_persons_only_as_far_as_they_coordinate(
    status: SubmissionStatus,
) -> None:
    red = Audience(marking=Marking.RED, persons=("carla", "ben"))

    assert submission(status, red).readers == AUTHORS | {"coordinator:carla", "coordinator:ben"}


COMMENTS = (
    Comment(at=NOON, by="anna", round=1, text="Done."),
    Comment(at=NOON, by="carla", round=1, text="Shorter, please.", resolved_by="dora", resolved_at=NOON),
)
IN_REVIEW = submission(
    SubmissionStatus.IN_REVIEW, Audience(chatham_house=True), reviewer="carla", comments=COMMENTS
)


def test_under_chatham_house_a_reviewer_of_another_organisation_learns_no_author() -> None:
    shown = IN_REVIEW.shown_to(REVIEWER)

    assert (shown.author, shown.co_authors, shown.reviewer) == (WITHHELD, (), "carla")
    assert [(comment.by, comment.text) for comment in shown.comments] == [
        (WITHHELD, "Done."),
        ("carla", "Shorter, please."),
    ]
    assert [comment.resolved_by for comment in shown.comments] == [None, WITHHELD]
    assert shown.body.owner is None


@pytest.mark.parametrize(
    "viewer",
    [
        OPERATOR_VIEWER,
        Viewer(tokens=REVIEWER.tokens, organisation="vienna"),
        Viewer(tokens=OFFICERS_VIEWER.tokens | {of_account("dora")}, organisation="brussels"),
    ],
)
def test_operator_owner_and_authors_read_it_whole(viewer: Viewer) -> None:
    assert IN_REVIEW.shown_to(viewer) is IN_REVIEW


def test_without_the_flag_every_reviewer_reads_it_whole() -> None:
    plain = submission(SubmissionStatus.IN_REVIEW)

    assert plain.shown_to(REVIEWER) is plain


def test_comments_that_were_written_without_a_key_get_one_by_their_place() -> None:
    kept = Comment(key="c9", at=NOON, by="anna", round=1, text="Kept.")

    assert [each.key for each in submission(SubmissionStatus.DRAFT, comments=(*COMMENTS, kept)).comments] == [
        "c1",
        "c2",
        "c9",
    ]


def test_the_document_that_it_was_read_from_is_shown_to_its_authors_alone() -> None:
    read = submission(
        SubmissionStatus.IN_REVIEW, source=(SourceSection(heading="Background", text="Not for others."),)
    )

    assert read.shown_to(Viewer(tokens=frozenset({of_account("dora")}))).source == read.source
    assert read.shown_to(REVIEWER) == read.model_copy(update={"source": ()})


def test_a_submission_knows_which_text_was_read_and_since_when_it_waits() -> None:
    asked = Comment(at=LATER, by="carla", round=1, text="Shorter.", purpose=Purpose.DECISION)
    draft = submission(SubmissionStatus.DRAFT)
    first = draft.submitted(2, NOON).model_copy(update={"status": SubmissionStatus.SUBMITTED})
    back = first.model_copy(update={"status": SubmissionStatus.CHANGES_REQUESTED, "comments": (asked,)})
    again = back.submitted(7, LATER).model_copy(update={"status": SubmissionStatus.IN_REVIEW})
    assert [each.read_before for each in (draft, first, back, again)] == [None, None, 2, 2]
    assert [each.waits_since for each in (draft, first, back, again)] == [None, NOON, LATER, LATER]
    assert [each.round for each in (draft, first, again)] == [0, 1, 2]


def test_what_was_sent_back_by_an_older_version_waits_since_it_was_submitted() -> None:
    first = submission(SubmissionStatus.DRAFT).submitted(2, NOON)
    assert first.model_copy(update={"status": SubmissionStatus.CHANGES_REQUESTED}).waits_since == NOON


@pytest.mark.parametrize("status", list(SubmissionStatus))
def test_somebody_has_it_from_taking_it_to_the_decision(status: SubmissionStatus) -> None:
    held = {SubmissionStatus.IN_REVIEW, SubmissionStatus.CHANGES_REQUESTED, SubmissionStatus.PUBLISHING}
    assert submission(status, reviewer="carla").holder == ("carla" if status in held else None)


def test_each_comment_gets_the_next_key() -> None:
    kept = submission(SubmissionStatus.IN_REVIEW, comments=COMMENTS)
    more = kept.with_comment(Comment(at=NOON, by="anna", round=1, text="Done."))
    assert [each.key for each in more] == ["c1", "c2", "c3"]
