"""Events: the conferences and workshops at which cases are presented."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Self

from pydantic import model_validator

from kb.domain.country import Country
from kb.domain.identifier import LessonKey
from kb.domain.record import Record
from kb.domain.text import Line, Prose, Value


class EventForm(StrEnum):
    """How an event is held."""

    CONFERENCE = "conference"
    ONLINE_WORKSHOP = "online-workshop"


class Session(Value):
    """One line of the programme; `countries` presented it. What was said is another record, or unknown."""

    key: LessonKey
    title: Line
    text: Prose = ""
    countries: tuple[Country, ...] = ()


class Event(Record):
    """A conference or online workshop. Days are public here, unlike a case's period; unknown ones stay out."""

    form: EventForm = EventForm.CONFERENCE
    organiser: Line = ""
    place: Line = ""
    start: dt.date | None = None
    end: dt.date | None = None
    held: Line = ""
    """When it was held, in words, where no exact day is known."""
    summary: Prose = ""
    questions: tuple[Line, ...] = ()
    participants: Prose = ""
    programme: tuple[Session, ...] = ()

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.start and self.end and self.end < self.start:
            raise ValueError("The event ends before it starts.")
        return self
