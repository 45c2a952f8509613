"""One record of each kind under the Chatham House flag, told once by one unit and once, word for word the same, by another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple, TypeVar

from kb.domain.case_study import CaseStatus, CaseStudy
from kb.domain.discussion import Discussion, Post
from kb.domain.event import Event
from kb.domain.lesson import CrossBorderIssue
from kb.domain.marking import Audience
from kb.domain.record import Record
from kb.domain.resource import Resource
from kb.domain.subject import Subject, topics_of
from kb.domain.submission import Comment, Submission
from kb.domain.workflow import SubmissionStatus
from tests.crawl.canaries import Canaries
from tests.crawl.home import Records
from tests.crawl.people import AUTHOR, NEIGHBOUR, Person

R = TypeVar("R", bound=Record)

QUIET = Audience(chatham_house=True)


class Source(NamedTuple):
    """Where a record comes from: everything that the flag withholds."""

    who: Person
    country: str
    others: tuple[str, ...]
    word: str


HERE = Source(AUTHOR, "AT", ("IS", "MT"), "canaryhere")
THERE = Source(NEIGHBOUR, "BT", ("NO",), "canarythere")


def records_from(source: Source) -> Records:
    """Give the records as this source tells them; what outsiders may read is the same from each."""
    canaries = Canaries("withheld")
    live, retired = (
        _case(canaries, source, status=status) for status in (CaseStatus.PUBLISHED, CaseStatus.RETIRED)
    )
    event = _owned(canaries.sown(Event, audience=QUIET), source)
    return [
        ("canaryquiet", live),
        ("canaryquietold", retired),
        ("canaryquietsent", _submission(canaries, source, live)),
        ("canaryquietevent", event),
        ("canaryquietresource", _owned(canaries.sown(Resource, audience=QUIET), source)),
        ("canaryquiet", _discussion(canaries, source, live, case="canaryquiet")),
        ("event.canaryquietevent", _discussion(canaries, source, event, event="canaryquietevent")),
    ]


def _discussion(canaries: Canaries, source: Source, subject: Subject, **named: str) -> Discussion:
    """Give what is asked and answered; who takes part, and at what hour of the month, is the source's own."""
    hour = 8 if source is HERE else 21
    about = {
        "lesson": next(iter(topics_of(subject))),
        "by": source.who.id,
        "organisation": source.who.organisation,
    }
    at = dt.datetime(2026, 8, hour, hour, tzinfo=dt.UTC)
    asked = canaries.sown(Post, key="p1", answers=None, at=at, chatham_house=True, **about)
    answer = canaries.sown(Post, key="p2", answers="p1", at=at, chatham_house=True, from_desk=True, **about)
    return Discussion.model_validate(named | {"posts": (asked, answer)})


def _owned(record: R, source: Source) -> R:
    return record.model_copy(update={"owner": source.who.organisation})


def _case(canaries: Canaries, source: Source, status: CaseStatus) -> CaseStudy:
    case = canaries.sown(CaseStudy, audience=QUIET, status=status, superseded_by=None)
    return case.model_copy(
        update={
            "owner": source.who.organisation,
            "author": source.who.id,
            "lead_country": source.country,
            "other_countries": source.others,
            "event": f"{source.word}event",
            "session": f"{source.word}session",
            "contact": f"{source.word} desk",
            "presenter_role": f"{source.word} role",
            "source_key": f"{source.word} row",
            "lessons": tuple(_corridor(source)(each) for each in case.lessons),
        }
    )


def _corridor(source: Source) -> Callable[[object], object]:
    def told(lesson: object) -> object:
        ends = {"from_country": source.country, "to_countries": source.others}
        return lesson.model_copy(update=ends) if isinstance(lesson, CrossBorderIssue) else lesson

    return told


def _submission(canaries: Canaries, source: Source, case: CaseStudy) -> Submission:
    comment = canaries.sown(Comment, by=source.who.id)
    return canaries.sown(
        Submission,
        target="canaryquiettarget",
        based_on=0,
        status=SubmissionStatus.SUBMITTED,
        author=source.who.id,
        co_authors=(),
        reviewer=None,
        wanted=None,
        comments=(comment,),
        body=case,
    )
