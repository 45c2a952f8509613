"""Subjects: what officers discuss in writing (a case's lessons, an event's questions and sessions), and while it is open.

A discussion is read with its subject, by those who may read that at the moment.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TypeAlias

from kb.domain.case_study import CaseStatus, CaseStudy
from kb.domain.discussion import Discussion
from kb.domain.event import Event, Phase
from kb.domain.record import Kind
from kb.domain.revision import RecordRef

Subject: TypeAlias = CaseStudy | Event
DISCUSSED = frozenset({Kind.CASE_STUDY, Kind.EVENT})
"""The kinds of record that may have a discussion."""
_PHASES = {
    Phase.NONE: "This event has no workshop period, so nothing is written here.",
    Phase.COMING: "The workshop has not opened yet. You can read what it will be about.",
    Phase.OPEN: "",
    Phase.CLOSED: "The workshop is over. What was written stays to be read.",
}
_PAST_CASE = "This case is no longer current, so nothing more is asked or answered here."


def topics_of(subject: Subject) -> Mapping[str, str]:
    """Give what can be asked about, by key, each with its title."""
    if isinstance(subject, Event):
        return subject.topics
    return {lesson.key: lesson.title for lesson in subject.lessons}


def closed_on(subject: Subject, day: dt.date) -> str:
    """Give why nothing is written about a subject on this day; the empty string where somebody may."""
    if isinstance(subject, Event):
        return _PHASES[subject.workshop_on(day)]
    return "" if subject.status is CaseStatus.PUBLISHED else _PAST_CASE


def discussion_of(subject: RecordRef) -> RecordRef:
    """Name the discussion of a subject."""
    return RecordRef(kind=Kind.DISCUSSION, id=begun_about(subject).own_id)


def subject_of(discussion: Discussion) -> RecordRef:
    """Name what a discussion is about."""
    kind = Kind.EVENT if discussion.event else Kind.CASE_STUDY
    return RecordRef(kind=kind, id=discussion.event or discussion.case or "")


def begun_about(subject: RecordRef) -> Discussion:
    """Give the discussion of a subject before anybody wrote."""
    return Discussion(event=subject.id) if subject.kind is Kind.EVENT else Discussion(case=subject.id)
