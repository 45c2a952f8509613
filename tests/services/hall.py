"""An office that holds events, in memory; its events are organised by Carla of Brussels."""

from __future__ import annotations

import datetime as dt

from kb.domain.event import Call, Event, Question, Session, Workshop
from kb.domain.marking import Audience, Marking
from kb.domain.record import Kind
from kb.services.discussions import Discussions
from kb.services.event_acts import EventActs
from kb.services.event_papers import EventPapers
from kb.services.events import Events
from kb.services.in_common import InCommon
from kb.services.kept_bodies import KeptBodies
from tests.samples import BRUSSELS, put
from tests.services.office import Office

QUIET, STRICT = Audience(chatham_house=True), Audience(marking=Marking.AMBER_STRICT)
BORDER, LOGS = Session(key="border", title="At the border"), Session(key="logs", title="Logs")
DAY = dt.timedelta(days=1)


def workshops_of(office: Office) -> Discussions:
    """Give what is said in the workshops of events."""
    return Discussions(
        office.records,
        office.saving,
        office.store,
        accounts=office.people,
        clock=office.clock,
        kind=Kind.EVENT,
    )


class Hall:
    """An office that holds events; Carla of Brussels organises."""

    def __init__(self, office: Office) -> None:
        self.office = office
        kept = KeptBodies(office.store, office.catalogue)
        self.events = Events(office.records, office.catalogue, kept, office.clock)
        self.acts = EventActs(
            self.events,
            office.records,
            office.saving,
            office.store,
            clock=office.clock,
            randomness=office.randomness,
        )
        self.talk = workshops_of(office)
        self.papers = EventPapers(self.events, office.records, kept, self.talk)
        self.in_common = InCommon(self.events, office.catalogue, kept, office.searcher)

    def hold(self, **fields: object) -> None:
        today = self.office.clock.now().date()
        sound: dict[str, object] = {
            "title": "Two weeks",
            "owner": BRUSSELS,
            "programme": (LOGS, BORDER),
            "questions": (Question(key="q1", text="Which difficulties?"),),
            "call": Call(text="A case", deadline=today),
            "workshop": Workshop(opens=today, closes=today),
        }
        put(self.office.store, "weeks", Event.model_validate(sound | fields))
        self.office.drain.run()
