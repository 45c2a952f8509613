"""Review dates: when somebody should look again whether a record is still true, and who is asked."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Collection, Iterator
from enum import StrEnum

from kb.domain.account import Account
from kb.domain.entry import Entry
from kb.domain.notice import Notice, Told

NEAR = dt.timedelta(days=30)
"""So long before its date a record is to be looked at."""
FRESH = dt.timedelta(days=30)
"""A date that came or passed longer ago is told by the list alone: nobody is flooded with years when reminding begins."""
MONTHS = 12
"""For so long a record counts as true once somebody has said so."""
FARTHEST = dt.timedelta(days=5 * 366)


class ReviewState(StrEnum):
    """How a review date stands to today."""

    LATER = "later"
    """Far away, or none at all."""
    DUE = "due"
    OVERDUE = "overdue"


def review_state(review_by: dt.date | None, today: dt.date) -> ReviewState:
    """Say how this date stands; on the day itself it is due, afterwards it has passed."""
    if review_by is None or review_by > today + NEAR:
        return ReviewState.LATER
    return ReviewState.OVERDUE if review_by < today else ReviewState.DUE


def next_review(today: dt.date) -> dt.date:
    """Give the date that is proposed when somebody confirms a record today."""
    year, month = today.year + (today.month + MONTHS - 1) // 12, (today.month + MONTHS - 1) % 12 + 1
    return dt.date(year, month, min(today.day, calendar.monthrange(year, month)[1]))


def is_possible(review_by: dt.date, today: dt.date) -> bool:
    """Say whether somebody may promise to look again on this day."""
    return today < review_by <= today + FARTHEST


def reminders_of(entry: Entry, today: dt.date, people: Collection[Account]) -> Iterator[Notice]:
    """Give the notices by which owners are asked, of a case that is due or overdue; `entry` is in full form.

    When its date is near the author is asked, or where that one is gone all officers of the owner; when it has passed,
    all of them are. The key holds the date, so that each date is told once, and a new one again.
    """
    state = review_state(entry.review_by, today)
    if state is ReviewState.LATER or entry.review_by is None:
        return
    act, began = _ACTS[state]
    since = entry.review_by + began
    if today - since > FRESH:
        return
    officers = [each for each in people if _answers_for(each, entry)]
    author = [each for each in officers if each.id == entry.author]
    for person in (author or officers) if state is ReviewState.DUE else officers:
        yield Notice(
            key=f"{entry.ref}/{act.value}/{entry.review_by}",
            account=person.id,
            at=dt.datetime.combine(since, dt.time.min, dt.UTC),
            act=act,
            subject=entry.ref,
        )


_ACTS: dict[ReviewState, tuple[Told, dt.timedelta]] = {
    ReviewState.DUE: (Told.REVIEW_DUE, -NEAR),
    ReviewState.OVERDUE: (Told.REVIEW_OVERDUE, dt.timedelta(days=1)),
}
"""What is told, and when that begins, counted from the date."""


def _answers_for(person: Account, entry: Entry) -> bool:
    viewer = person.viewer
    owns = entry.owner is not None and viewer.organisation == entry.owner
    return person.is_officer and owns and viewer.sees(entry.readers)
