"""Review dates: when a record is due, and whom that is told."""

from __future__ import annotations

import datetime as dt

import pytest

from kb.domain.account import Role
from kb.domain.entry import Entry
from kb.domain.marking import Audience, Marking
from kb.domain.notice import Told
from kb.domain.review_date import ReviewState, is_possible, next_review, reminders_of, review_state
from tests.domain.test_notice import PEOPLE, person
from tests.fakes.clock import NOON
from tests.ports.catalogue.entries import entry
from tests.samples import a_case

TODAY = NOON.date()
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (31, ReviewState.LATER),
        (30, ReviewState.DUE),
        (0, ReviewState.DUE),
        (-1, ReviewState.OVERDUE),
    ],
)
def test_a_record_is_due_thirty_days_before_its_date_and_overdue_after_it(
    days: int, state: ReviewState
) -> None:
    assert review_state(TODAY + days * DAY, TODAY) is state


def test_without_a_date_nothing_is_due() -> None:
    assert review_state(None, TODAY) is ReviewState.LATER
    assert list(reminders_of(due(None), TODAY, PEOPLE)) == []


@pytest.mark.parametrize(
    ("today", "proposed"),
    [
        (dt.date(2026, 1, 15), dt.date(2027, 1, 15)),
        (dt.date(2028, 2, 29), dt.date(2029, 2, 28)),
        (dt.date(2026, 12, 31), dt.date(2027, 12, 31)),
    ],
)
def test_the_next_look_is_proposed_in_a_year(today: dt.date, proposed: dt.date) -> None:
    assert next_review(today) == proposed


def test_a_date_to_look_again_lies_ahead_and_not_too_far() -> None:
    assert is_possible(TODAY + DAY, TODAY)
    assert not is_possible(TODAY, TODAY)
    assert not is_possible(TODAY + 6 * 365 * DAY, TODAY)


def due(review_by: dt.date | None, **fields: object) -> Entry:
    return entry("seven", a_case(review_by=review_by, **fields))


def told(record: Entry) -> dict[str, Told]:
    return {each.account: each.act for each in reminders_of(record, TODAY, PEOPLE)}


def test_before_its_date_the_author_is_asked() -> None:
    assert told(due(TODAY, author="anna")) == {"anna": Told.REVIEW_DUE}


def test_where_the_author_is_gone_all_officers_of_the_owner_are_asked() -> None:
    everybody = dict.fromkeys(("anna", "bert", "cyril"), Told.REVIEW_DUE)

    assert told(due(TODAY, author="gone")) == told(due(TODAY, author="dora")) == everybody
    assert told(due(TODAY, author=None)) == everybody


def test_after_its_date_all_officers_of_the_owner_are_asked_who_may_see_it() -> None:
    assert told(due(TODAY - DAY, author="anna")) == dict.fromkeys(
        ("anna", "bert", "cyril"), Told.REVIEW_OVERDUE
    )
    red = Audience(marking=Marking.RED, persons=("bert", "dora"))
    assert told(due(TODAY - DAY, audience=red)) == {"bert": Told.REVIEW_OVERDUE}


def test_what_passed_long_ago_floods_nobody() -> None:
    assert told(due(TODAY - 31 * DAY)) != {}
    assert told(due(TODAY - 32 * DAY)) == {}


def test_nobody_answers_for_what_nobody_owns_and_no_officer_without_a_role() -> None:
    assert told(due(TODAY, owner=None)) == {}
    gone = person("gone", Role.INVESTIGATOR, active=False)
    assert list(reminders_of(due(TODAY), TODAY, [gone])) == []


def test_a_reminder_is_named_by_the_date_so_that_it_is_made_once() -> None:
    (notice,) = reminders_of(due(TODAY - DAY, author="anna"), TODAY, PEOPLE[:1])

    assert notice.key == f"case-study/seven/review-overdue/{TODAY - DAY}"
    assert notice.at == dt.datetime.combine(TODAY, dt.time(), dt.UTC)
    assert notice.by is None
