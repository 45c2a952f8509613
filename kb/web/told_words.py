"""The words of the inbox: what was told, how it is mailed, what is followed, and how a review date stands."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from kb.domain.follow import Followed
from kb.domain.notice import MailMode, Told
from kb.domain.review_date import ReviewState

TOLD: dict[type[StrEnum], Mapping[str, LazyString]] = {
    Told: {
        Told.SUBMITTED: _l("Submitted for review"),
        Told.RESUBMITTED: _l("Submitted again"),
        Told.TAKEN: _l("Taken into review"),
        Told.HANDED_OVER: _l("Given to you for review"),
        Told.CHANGES_REQUESTED: _l("Changes requested"),
        Told.DECLINED: _l("Declined"),
        Told.WITHDRAWN: _l("Withdrawn"),
        Told.PUBLISHED: _l("Published"),
        Told.REBASED: _l("Back in review: the case has moved on"),
        Told.COMMENTED: _l("New comment"),
        Told.ASKED: _l("Your opinion is asked for"),
        Told.NAMED: _l("You are a co-author now"),
        Told.RETIRED: _l("Retired"),
        Told.SUPERSEDED: _l("Superseded"),
        Told.REINSTATED: _l("Brought back"),
        Told.UNPUBLISHED: _l("Taken from readers"),
        Told.QUESTION: _l("New in a discussion of yours"),
        Told.ANSWER: _l("Somebody answered you"),
        Told.REVIEW_DUE: _l("Is it still true? Its date is near"),
        Told.REVIEW_OVERDUE: _l("Is it still true? Its date has passed"),
        Told.FOLLOWED: _l("New in what you follow"),
        Told.PRACTICE_CHANGED: _l("A practice that you follow was changed"),
        Told.APPLIED: _l("Somebody applied a practice that you follow"),
    },
    Followed: {
        Followed.CONCEPT: _l("Concept"),
        Followed.PRACTICE: _l("Good practice of the register"),
        Followed.COUNTRY: _l("Country"),
    },
    MailMode: {
        MailMode.AT_ONCE: _l("At once"),
        MailMode.DAILY: _l("Once a day, all together"),
        MailMode.NEVER: _l("Nothing; I look here"),
    },
    ReviewState: {
        ReviewState.LATER: _l("Not due yet"),
        ReviewState.DUE: _l("Due soon"),
        ReviewState.OVERDUE: _l("Overdue"),
    },
}
