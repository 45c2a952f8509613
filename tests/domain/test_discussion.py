from __future__ import annotations

import datetime as dt

import pytest
from pydantic import ValidationError

from kb.domain.discussion import MOST_BYTES, MOST_LETTERS, MOST_POSTS, Discussion, Post, PostStatus
from kb.domain.marking import OFFICERS_VIEWER, OPERATOR_VIEWER, PUBLIC_VIEWER, Audience, Viewer, of_account
from kb.domain.submission import WITHHELD
from tests.samples import BRUSSELS, VIENNA, a_case

AT = dt.datetime(2026, 11, 21, 8, 30, tzinfo=dt.UTC)
QUESTION = Post(key="p1", lesson="logs", at=AT, by="dora", organisation=BRUSSELS, text="How long?")
ANSWER = Post(
    key="p2",
    lesson="logs",
    at=AT,
    by="anna",
    organisation=VIENNA,
    from_desk=True,
    answers="p1",
    text="A week.",
)
TALK = Discussion(case="seven", posts=(QUESTION, ANSWER))
QUIET = a_case(audience=Audience(chatham_house=True))


def officer(account: str, organisation: str) -> Viewer:
    return Viewer(tokens=OFFICERS_VIEWER.tokens | {of_account(account)}, organisation=organisation)


OUTSIDER, OWNER, ASKER = officer("nora", "rome"), officer("bert", "vienna"), officer("dora", "brussels")


def test_an_answer_follows_its_question_and_no_two_posts_have_one_key() -> None:
    for posts in (
        (ANSWER, QUESTION),
        (QUESTION, QUESTION),
        (QUESTION, ANSWER, ANSWER.model_copy(update={"key": "p3", "answers": "p2"})),
    ):
        with pytest.raises(ValidationError):
            Discussion.model_validate({"case": "seven", "posts": [each.model_dump() for each in posts]})


def test_a_discussion_has_no_readers_of_its_own() -> None:
    assert TALK.readers == frozenset()


def test_who_wrote_what_and_when_is_told_to_all_officers_where_the_case_tells_its_origin() -> None:
    assert TALK.shown_to(OUTSIDER, a_case()) == TALK


def test_beyond_officers_nothing_is_told() -> None:
    assert TALK.shown_to(PUBLIC_VIEWER, a_case()) == Discussion(case="seven")


@pytest.mark.parametrize("post", [QUESTION, ANSWER])
def test_under_chatham_house_outsiders_are_told_no_person_no_unit_and_no_day(post: Post) -> None:
    shown = post.shown_to(OUTSIDER, QUIET)
    assert (shown.by, shown.organisation, shown.at.isoformat()) == (
        WITHHELD,
        None,
        "2026-11-01T00:00:00+00:00",
    )
    assert (shown.text, shown.from_desk, shown.key) == (post.text, post.from_desk, post.key)


def test_under_chatham_house_the_owners_organisation_and_operators_are_told_all_and_everybody_their_own() -> (
    None
):
    for viewer in (OWNER, OPERATOR_VIEWER):
        assert TALK.shown_to(viewer, QUIET) == TALK
    shown = TALK.shown_to(ASKER, QUIET)
    assert shown.posts[0] == QUESTION
    assert shown.posts[1].by == WITHHELD


def test_what_was_written_under_the_flag_keeps_its_promise_when_the_flag_goes() -> None:
    quiet = ANSWER.model_copy(update={"chatham_house": True})
    assert quiet.shown_to(OUTSIDER, a_case()).by == WITHHELD
    assert quiet.shown_to(OWNER, a_case()) == quiet


def test_a_question_that_was_put_aside_stays_for_its_answers_alone() -> None:
    aside = QUESTION.model_copy(update={"status": PostStatus.WITHDRAWN, "text": ""})
    assert TALK.having(aside).questions == (aside,)
    assert TALK.having(aside).answers_to("p1") == (ANSWER,)
    hidden = ANSWER.model_copy(update={"status": PostStatus.HIDDEN, "text": ""})
    assert TALK.having(aside).having(hidden).questions == ()


def test_a_post_more_comes_last_under_the_next_key() -> None:
    assert TALK.free_key == "p3"
    further = QUESTION.model_copy(update={"key": "p3"})
    assert TALK.having(further).posts == (QUESTION, ANSWER, further)
    assert TALK.post("p3") is None


def test_a_discussion_is_full_before_its_file_is_too_large() -> None:
    def of(number: int, text: str) -> Discussion:
        posts = tuple(
            QUESTION.model_copy(update={"key": f"p{at}", "text": text}) for at in range(1, number + 1)
        )
        return Discussion(case="seven", posts=posts)

    assert not TALK.is_full
    assert not of(MOST_POSTS - 1, "x").is_full
    assert of(MOST_POSTS, "x").is_full
    assert of(MOST_BYTES // MOST_LETTERS, "x" * MOST_LETTERS).is_full
