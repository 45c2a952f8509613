"""Events: reading them, who presented what at them, and how what is submitted to them stands."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping

from kb.domain.account import Account
from kb.domain.case_study import CaseStatus, CaseStudy
from kb.domain.entry import Entry, Listing, Order
from kb.domain.event import EVENT_STEPS, Event, EventStatus, Phase, Session
from kb.domain.identifier import is_identifier
from kb.domain.marking import Marking, highest
from kb.domain.organising import relations_to
from kb.domain.permission import Permission, demand, permits
from kb.domain.ports import Catalogue, Clock
from kb.domain.record import Kind, Origin
from kb.domain.revision import RecordRef, Revision
from kb.domain.text import Value
from kb.domain.workflow import WITH_COORDINATORS, Action, SubmissionStatus
from kb.services.difference import RevisionDifference, difference
from kb.services.kept_bodies import KeptBodies
from kb.services.records import HistoryLine, Records, body_as, named

COLUMNS: Mapping[str, frozenset[str]] = {
    "submitted": frozenset({SubmissionStatus.SUBMITTED.value}),
    "in-review": frozenset({SubmissionStatus.IN_REVIEW.value, SubmissionStatus.PUBLISHING.value}),
    "changes-requested": frozenset({SubmissionStatus.CHANGES_REQUESTED.value}),
    "published": frozenset({CaseStatus.PUBLISHED.value}),
}
"""What an organiser's board tells apart. Drafts are their authors' own, and declined ones too: neither is counted."""


class EventLine(Value):
    """An event in a list, with where its call and its workshop stand today."""

    id: str
    event: Event
    call: Phase = Phase.NONE
    workshop: Phase = Phase.NONE

    @property
    def record(self) -> Event:
        """Give what is kept, under the name that every kind of record has for it."""
        return self.event


class EventView(EventLine):
    """An event's page, as one reader may see it, with what they may do."""

    revision: int
    saved_at: dt.datetime
    presented: tuple[Entry, ...] = ()
    """The published cases that were presented, as far as the reader is told so."""
    origin_withheld: bool = False
    organises: bool = False
    can: frozenset[Action] = frozenset()
    can_remark: bool = False
    can_submit: bool = False

    @property
    def marking(self) -> Marking:
        """Give the narrowest marking of the event and of the cases that its page names, which each printed page bears."""
        return highest(self.event.audience.marking, *(each.marking for each in self.presented))

    @property
    def countries(self) -> tuple[str, ...]:
        """Give the countries whose organisations presented."""
        return tuple(sorted({each.country for each in self.presented if each.country}))

    @property
    def illustrative(self) -> bool:
        """Say whether examples are among what is counted."""
        return any(each.origin is Origin.ILLUSTRATIVE for each in self.presented)

    def at(self, session: str) -> tuple[Entry, ...]:
        """Give the cases that were presented in one session."""
        return tuple(each for each in self.presented if each.session == session)

    @property
    def elsewhere(self) -> tuple[Entry, ...]:
        """Give the cases that name no session of the programme as it is now."""
        known = {each.key for each in self.event.programme}
        return tuple(each for each in self.presented if each.session not in known)


class BoardRow(Value):
    """How what was submitted to one session stands, by column; without a session, what names none of the programme."""

    session: Session | None
    cells: Mapping[str, tuple[Entry, ...]]


class Board(Value):
    """How everything stands that was submitted to an event, as far as its organiser may see it."""

    view: EventView
    rows: tuple[BoardRow, ...]

    @property
    def marking(self) -> Marking:
        """Give the narrowest marking of all that it names, which each printed page bears."""
        cells = (cell for row in self.rows for cell in row.cells.values())
        return highest(self.view.marking, *(each.marking for cell in cells for each in cell))

    @property
    def total(self) -> Mapping[str, int]:
        """Give the number of each column."""
        return {column: sum(len(row.cells[column]) for row in self.rows) for column in COLUMNS}


class Events:
    """Reads events under the audience rule; what is presented or submitted has an audience of its own."""

    def __init__(self, records: Records, catalogue: Catalogue, kept: KeptBodies, clock: Clock) -> None:
        self._records = records
        self._catalogue = catalogue
        self._kept = kept
        self._clock = clock

    def list(self, actor: Account | None) -> tuple[EventLine, ...]:
        """List the events that exist for the actor and are not retired, the latest first."""
        account = demand(actor, Permission.READ)
        listing = Listing(
            viewer=account.viewer,
            kinds=frozenset({Kind.EVENT}),
            statuses=frozenset({EventStatus.PUBLISHED.value, EventStatus.CANCELLED.value}),
            order=Order.TITLE,
        )
        found = ((entry.id, self._kept.of(entry)) for entry in self._catalogue.list(listing))
        lines = [
            self._line(account, identifier, body) for identifier, body in found if isinstance(body, Event)
        ]
        return tuple(sorted(lines, key=lambda line: line.event.start or dt.date.min, reverse=True))

    def open_calls(self, actor: Account | None) -> tuple[EventLine, ...]:
        """List the events whose call is open today, for a presenter to follow; those that close next come first."""
        calling = ((line.event.call, line) for line in self.list(actor) if line.call is Phase.OPEN)
        dated = [(call.deadline, line) for call, line in calling if call]
        return tuple(line for _, line in sorted(dated, key=lambda each: each[0]))

    def get(self, actor: Account | None, identifier: str) -> EventView:
        """Give an event as it stands now; raises NotFound."""
        account = demand(actor, Permission.READ)
        return self.view(account, self._records.current(account, event_ref(identifier)))

    def revision(self, actor: Account | None, identifier: str, number: int) -> EventView:
        """Give an old revision; raises NotFound."""
        account, ref = demand(actor, Permission.READ), event_ref(identifier)
        today = body_as(Event, self._records.current(account, ref))
        return self.view(account, self._records.revision(account, ref, number), today)

    def difference(
        self, actor: Account | None, identifier: str, before: int, after: int
    ) -> RevisionDifference[EventView]:
        """Compare two revisions, each in the form that the actor may see; raises NotFound."""
        first, second = (self.revision(actor, identifier, number) for number in (before, after))
        return difference(first, second, lambda view: view.record)

    def history(self, actor: Account | None, identifier: str) -> tuple[HistoryLine, ...]:
        """Give the revisions of an event, newest first."""
        return self._records.history(actor, event_ref(identifier))

    def sessions(self, actor: Account | None, identifier: str) -> Mapping[str, str]:
        """Give the titles of an event's sessions by key, from what is kept; none where it does not exist for the actor."""
        viewer = demand(actor, Permission.READ).viewer
        body = self._kept.get(viewer, event_ref(identifier)) if is_identifier(identifier) else None
        return {each.key: each.title for each in body.programme} if isinstance(body, Event) else {}

    def named_by(self, actor: Account | None, identifier: str) -> EventView | None:
        """Give the event that a form names; None where it names none that exists for the actor."""
        account = demand(actor, Permission.SUBMIT)
        known = is_identifier(identifier) and self._records.exists(account, event_ref(identifier))
        return self.get(account, identifier) if known else None

    def answering(self, actor: Account | None, blank: CaseStudy, identifier: str, session: str) -> CaseStudy:
        """Give the case that answers the call of an event; where the call is not open, the case as it is, without it."""
        view = self.named_by(actor, identifier)
        if view is None or view.call is not Phase.OPEN:
            return blank
        chosen = view.event.session(session)
        return blank.model_copy(update={"event": view.id, "session": chosen.key if chosen else None})

    def board(self, actor: Account | None, identifier: str) -> Board:
        """Say how what was submitted stands; organisers alone, and each no more than they may see."""
        account = demand(actor, Permission.READ)
        event = body_as(Event, self._records.current(account, event_ref(identifier)))
        demand(account, Permission.EDIT_EVENT, *relations_to(account, event))
        view = self.get(account, identifier)
        placed: defaultdict[str | None, list[Entry]] = defaultdict(list)
        for entry in (*view.presented, *self._submitted(account, view)):
            placed[entry.session if view.event.session(entry.session) else None].append(entry)
        sessions: tuple[Session | None, ...] = (*view.event.programme, None)
        rows = ((each, placed[each.key if each else None]) for each in sessions)
        return Board(
            view=view,
            rows=tuple(BoardRow(session=each, cells=_cells(found)) for each, found in rows if each or found),
        )

    def view(self, account: Account, revision: Revision, today: Event | None = None) -> EventView:
        """Give the page of a revision that the account may read."""
        event = body_as(Event, revision)
        line = self._line(account, revision.ref.id, event, today)
        stands = relations_to(account, event)
        organises = permits(account, Permission.EDIT_EVENT, *stands)
        possible = {action for action, step in EVENT_STEPS.items() if event.status in step.sources}
        return EventView(
            **dict(line),
            revision=revision.number,
            saved_at=revision.header.saved_at,
            presented=self._presented(account, revision.ref),
            origin_withheld=event.shown_to(account.viewer, today) is not event,
            organises=organises,
            can=frozenset({Action.EDIT, *possible} if organises else ()),
            can_remark=organises and permits(account, Permission.REMARK_CASE, *stands),
            can_submit=line.call is Phase.OPEN and permits(account, Permission.SUBMIT),
        )

    def _line(self, account: Account, identifier: str, event: Event, today: Event | None = None) -> EventLine:
        day = self._clock.now().date()
        return EventLine(
            id=identifier,
            event=event.shown_to(account.viewer, today),
            call=event.call_on(day),
            workshop=event.workshop_on(day),
        )

    def _presented(self, account: Account, event: RecordRef) -> tuple[Entry, ...]:
        return self._catalogue.list(
            Listing(
                viewer=account.viewer,
                kinds=frozenset({Kind.CASE_STUDY}),
                statuses=frozenset({CaseStatus.PUBLISHED.value}),
                event=event.id,
                order=Order.TITLE,
            )
        )

    def _submitted(self, account: Account, view: EventView) -> Iterable[Entry]:
        """Give what waits to be published; a change of a case that stands there already is not counted twice."""
        listing = Listing(
            viewer=account.viewer,
            kinds=frozenset({Kind.SUBMISSION}),
            statuses=frozenset(status.value for status in WITH_COORDINATORS),
            event=view.id,
            order=Order.OLDEST,
        )
        stands = {entry.id for entry in view.presented}
        return (each for each in self._catalogue.list(listing) if each.target not in stands)


def _cells(entries: Iterable[Entry]) -> Mapping[str, tuple[Entry, ...]]:
    found = tuple(entries)
    return {
        column: tuple(each for each in found if each.status in statuses)
        for column, statuses in COLUMNS.items()
    }


def event_ref(identifier: str) -> RecordRef:
    """Name an event."""
    return named(Kind.EVENT, identifier)
