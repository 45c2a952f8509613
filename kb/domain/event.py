"""Events: the conferences and workshops at which cases are presented, and discussed in writing over days.

An event has a call for case studies until a deadline, a programme of sessions, questions that are put to everybody, and
perhaps a workshop period, in which its audience talks about the questions and the sessions.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Set
from enum import StrEnum
from itertools import count
from typing import Annotated, NamedTuple, Self

from pydantic import Field, field_validator, model_validator

from kb.domain.country import Country
from kb.domain.errors import Invalid, WrongState
from kb.domain.identifier import LessonKey
from kb.domain.marking import NOBODY_NAMED
from kb.domain.record import Record
from kb.domain.text import Line, Prose, Value
from kb.domain.workflow import Action

MOST_SESSIONS = 60
MOST_QUESTIONS = 20
USUAL_QUESTIONS = (
    "Which difficulties did you run into?",
    "How did you solve them?",
    "Which difficulties do we have in common?",
    "Which good practices come out of it?",
)
"""Those of the conference of 2007, which a new event begins with."""


class EventForm(StrEnum):
    """How an event is held."""

    CONFERENCE = "conference"
    """People meet at a place."""
    ONLINE_WORKSHOP = "online-workshop"
    """People write to each other over days."""


class EventStatus(StrEnum):
    """Whether an event stands."""

    PUBLISHED = "published"
    """It takes place, or took place."""
    CANCELLED = "cancelled"
    """It does not take place; its page says so, and why."""
    RETIRED = "retired"
    """Not to be found in the list any more; its page stays for the cases that name it, with the reason."""


class Phase(StrEnum):
    """Where a call or a workshop period stands on a day."""

    NONE = "none"
    """There is none."""
    COMING = "coming"
    """Its first day is still to come."""
    OPEN = "open"
    """Presenters submit, or the audience writes."""
    CLOSED = "closed"
    """Its last day has passed, or the event does not take place."""


class Session(Value):
    """One line of the programme; `countries` presented it. What was said is another record, or unknown."""

    key: LessonKey
    title: Line
    text: Prose = ""
    countries: tuple[Country, ...] = ()


class Question(Value):
    """What is asked of everybody; its key never changes, because the posts of the workshop name it."""

    key: LessonKey
    text: Line


class Call(Value):
    """What is asked of presenters, and until which day, which is included."""

    text: Prose = ""
    deadline: dt.date


class Workshop(Value):
    """The days, both included, on which the event's audience writes; outside them it reads."""

    opens: dt.date
    closes: dt.date

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.closes < self.opens:
            raise ValueError("The workshop closes before it opens.")
        return self


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
    call: Call | None = None
    questions: Annotated[tuple[Question, ...], Field(max_length=MOST_QUESTIONS)] = ()
    workshop: Workshop | None = None
    participants: Prose = ""
    programme: Annotated[tuple[Session, ...], Field(max_length=MOST_SESSIONS)] = ()
    status: EventStatus = EventStatus.PUBLISHED
    status_reason: Line = ""

    @field_validator("questions", mode="before")
    @classmethod
    def _questions_have_keys(cls, questions: object) -> object:
        """Give each question its key: the older ones were written as plain lines."""
        if not isinstance(questions, list | tuple):
            return questions
        return tuple(
            {"key": f"q{place}", "text": each} if isinstance(each, str) else each
            for place, each in enumerate(questions, start=1)
        )

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.start and self.end and self.end < self.start:
            raise ValueError("The event ends before it starts.")
        return self

    @model_validator(mode="after")
    def _topics_have_keys_of_their_own(self) -> Self:
        keys = [*(each.key for each in self.questions), *(each.key for each in self.programme)]
        if twice := sorted({key for key in keys if keys.count(key) > 1}):
            raise ValueError(f"Two questions or sessions have the key {twice[0]!r}. Give each its own key.")
        return self

    @property
    def topics(self) -> Mapping[str, str]:
        """Give what is talked about, by key: the questions, then the sessions."""
        return {each.key: each.text for each in self.questions} | {
            each.key: each.title for each in self.programme
        }

    def session(self, key: str | None) -> Session | None:
        """Give the session with this key, or None."""
        return next((each for each in self.programme if each.key == key), None)

    def call_on(self, day: dt.date) -> Phase:
        """Say where the call for case studies stands."""
        if self.call is None:
            return Phase.NONE
        open_still = day <= self.call.deadline and self.status is EventStatus.PUBLISHED
        return Phase.OPEN if open_still else Phase.CLOSED

    def workshop_on(self, day: dt.date) -> Phase:
        """Say where the workshop period stands."""
        if self.workshop is None:
            return Phase.NONE
        if self.status is not EventStatus.PUBLISHED or day > self.workshop.closes:
            return Phase.CLOSED
        return Phase.COMING if day < self.workshop.opens else Phase.OPEN

    @property
    def problems(self) -> tuple[tuple[str, str], ...]:
        """Give what must be mended before it is kept: (field, sentence) pairs."""
        checks = (
            (not self.title, "title", "Give the event a title."),
            (bool(self.call and not self.call.text), "call_text", "Say what you ask presenters for."),
            (self.audience.names_nobody, "persons", NOBODY_NAMED),
        )
        return tuple((field, sentence) for wrong, field, sentence in checks if wrong)

    def _without_origin(self) -> Self:
        programme = tuple(each.model_copy(update={"countries": ()}) for each in self.programme)
        hidden = {"organiser": "", "place": "", "programme": programme}
        return super()._without_origin().model_copy(update=hidden)


def with_keys_of_its_own(event: Event, kept: Set[str], used: Set[str]) -> Event:
    """Give an event with a fresh key for each question and session whose key is not among those `kept`.

    A key that is `used` anywhere is not fresh: what was written about a question that is gone stays with it.
    """
    taken = set(kept | used)

    def keyed(letter: str, key: str) -> str:
        if key in kept:
            return key
        fresh = next(name for number in count(1) if (name := f"{letter}{number}") not in taken)
        taken.add(fresh)
        return fresh

    questions = tuple(each.model_copy(update={"key": keyed("q", each.key)}) for each in event.questions)
    programme = tuple(each.model_copy(update={"key": keyed("s", each.key)}) for each in event.programme)
    return event.model_copy(update={"questions": questions, "programme": programme})


class EventStep(NamedTuple):
    """One step in the life of an event: from which statuses, and to which. Each needs a reason."""

    sources: frozenset[EventStatus]
    target: EventStatus


_S = EventStatus
EVENT_STEPS: dict[Action, EventStep] = {
    Action.CANCEL: EventStep(frozenset({_S.PUBLISHED}), _S.CANCELLED),
    Action.RETIRE: EventStep(frozenset({_S.PUBLISHED, _S.CANCELLED}), _S.RETIRED),
    Action.REINSTATE: EventStep(frozenset({_S.CANCELLED, _S.RETIRED}), _S.PUBLISHED),
}
"""What its organisers do with an event besides changing its words; who they are stands in the table of permissions."""


def event_after(action: Action, status: EventStatus, reason: str) -> EventStatus:
    """Give the status that `action` leads to; raises WrongState, or Invalid where the reason is missing."""
    step = EVENT_STEPS[action]
    if status not in step.sources:
        raise WrongState(f"This event is {status.value}; that step is not possible now. Reload the page.")
    if not reason.strip():
        raise Invalid(("reason", "Say why; readers of the history will ask."))
    return step.target
