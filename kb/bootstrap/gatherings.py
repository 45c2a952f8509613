"""Gatherings: events, what is presented and written at them, and what came of it, joined to each other."""

from __future__ import annotations

from typing import NamedTuple

from kb.domain.ports import AccountStore, Catalogue, Clock, EntryStore, Randomness
from kb.domain.record import Kind
from kb.services.discussions import Discussions
from kb.services.event_acts import EventActs
from kb.services.event_papers import EventPapers
from kb.services.events import Events
from kb.services.in_common import InCommon
from kb.services.kept_bodies import KeptBodies
from kb.services.records import Records
from kb.services.resolving import ResolvingSearcher
from kb.services.saving import Saving


class Gatherings(NamedTuple):
    """The services that stand behind the pages of events."""

    events: Events
    event_acts: EventActs
    event_papers: EventPapers
    in_common: InCommon
    workshops: Discussions


def gatherings(
    records: Records,
    saving: Saving,
    store: EntryStore,
    *,
    catalogue: Catalogue,
    accounts: AccountStore,
    kept: KeptBodies,
    searcher: ResolvingSearcher,
    clock: Clock,
    randomness: Randomness,
) -> Gatherings:
    """Join them."""
    events = Events(records, catalogue, kept, clock)
    workshops = Discussions(records, saving, store, accounts=accounts, clock=clock, kind=Kind.EVENT)
    return Gatherings(
        events,
        EventActs(events, records, saving, store, clock=clock, randomness=randomness),
        EventPapers(events, records, kept, workshops),
        InCommon(events, catalogue, kept, searcher),
        workshops,
    )
