from __future__ import annotations

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
from kb.domain.submission import WITHHELD, Comment, SourceSection, Submission
from kb.domain.workflow import WITH_COORDINATORS, SubmissionStatus
from tests.fakes.clock import NOON
from tests.samples import a_case, a_submission

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
