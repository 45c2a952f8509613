"""Event papers: everything that was presented at an event in one piece, for a reader to print."""

from __future__ import annotations

from collections.abc import Iterator

from kb.domain.account import Account
from kb.domain.case_study import CaseStudy
from kb.domain.entry import Entry
from kb.domain.event import Session
from kb.domain.marking import Marking, highest
from kb.domain.permission import Permission, demand
from kb.domain.record import Origin
from kb.domain.text import Value
from kb.services.cases import CaseView
from kb.services.discussions import Discussions, DiscussionView
from kb.services.events import Events, EventView
from kb.services.kept_bodies import KeptBodies
from kb.services.records import Records

MOST_PAPERS = 60
"""More than so many case studies nobody prints; the reader says how many it leaves out."""


class Paper(Value):
    """A case study of the reader, with the session in which it was presented, if the programme has one for it."""

    view: CaseView
    session: Session | None = None


class EventReader(Value):
    """What an event's reader holds for one person."""

    view: EventView
    papers: tuple[Paper, ...]
    talk: DiscussionView | None = None
    left_out: int = 0

    @property
    def marking(self) -> Marking:
        """Give the narrowest marking of all that it holds, which stands on each page."""
        papers = (paper.view.case.audience.marking for paper in self.papers)
        return highest(self.view.event.audience.marking, *papers)

    @property
    def illustrative(self) -> bool:
        """Say whether examples are in it."""
        held = (self.view.event, *(paper.view.case for paper in self.papers))
        return any(each.origin is Origin.ILLUSTRATIVE for each in held)

    def of(self, session: str) -> tuple[Paper, ...]:
        """Give the papers of one session."""
        return tuple(each for each in self.papers if each.session and each.session.key == session)


class EventPapers:
    """Gathers them under the reader's audience: what somebody may not see is in no list of contents either."""

    def __init__(self, events: Events, records: Records, kept: KeptBodies, workshops: Discussions) -> None:
        self._events = events
        self._records = records
        self._kept = kept
        self._workshops = workshops

    def get(self, actor: Account | None, identifier: str, *, discussed: bool = False) -> EventReader:
        """Give the reader of an event, with what was written in its workshop where that is asked for; raises NotFound."""
        account = demand(actor, Permission.READ)
        view = self._events.get(account, identifier)
        ordered = [entry for session in view.event.programme for entry in view.at(session.key)]
        ordered += view.elsewhere
        return EventReader(
            view=view,
            papers=tuple(self._papers(account, view, ordered[:MOST_PAPERS])),
            talk=self._workshops.of(account, identifier) if discussed else None,
            left_out=max(0, len(ordered) - MOST_PAPERS),
        )

    def _papers(self, account: Account, view: EventView, entries: list[Entry]) -> Iterator[Paper]:
        for entry in entries:
            body = self._kept.of(entry)
            if isinstance(body, CaseStudy):
                shown = self._records.as_read(account, body.shown_to(account.viewer))
                case = CaseView(id=entry.id, revision=entry.revision, saved_at=entry.saved_at, case=shown)
                yield Paper(view=case, session=view.event.session(entry.session))
