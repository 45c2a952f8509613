"""The office with its reference records: what coordinators keep for everybody."""

from __future__ import annotations

import datetime as dt

from kb.domain.concept import Scheme
from kb.domain.instrument import Instrument
from kb.domain.jurisdiction import Jurisdiction
from kb.domain.record import Source
from kb.domain.resource import Resource
from kb.domain.revision import Body
from kb.services.kept_bodies import KeptBodies
from kb.services.reference import References
from kb.services.reference_acts import ReferenceActs
from tests.samples import put
from tests.services.office import Office

TODAY = dt.date(2026, 11, 22)
SOURCE = Source(title="A public page", url="https://source.example/page", as_of=TODAY)
SOUND = {"sources": (SOURCE,), "as_of": TODAY}


def a_resource(**fields: object) -> Resource:
    return Resource.model_validate({"title": "Triage tool", **SOUND, **fields})


def an_instrument(**fields: object) -> Instrument:
    return Instrument.model_validate({"title": "Preservation", "gives": "Data are kept.", **SOUND, **fields})


def a_law(country: str = "AT", **fields: object) -> Jurisdiction:
    return Jurisdiction.model_validate({"country": country, "title": country, **SOUND, **fields})


class Library(Office):
    """Carla and Cyril coordinate; Dora reads. There are a few concepts to choose from."""

    def __init__(self) -> None:
        super().__init__()
        kept = KeptBodies(self.store, self.catalogue)
        self.references = References(self.records, self.catalogue, kept, self.vocabularies, self.clock)
        self.reference_acts = ReferenceActs(
            self.references,
            self.records,
            self.saving,
            store=self.store,
            vocabularies=self.vocabularies,
            clock=self.clock,
            randomness=self.randomness,
        )
        self.concept(Scheme.CHANNEL, "budapest-29", "Preservation")
        self.concept(Scheme.CHANNEL, "eio", "Investigation order")
        self.concept(Scheme.DIFFICULTY, "data", "Data", is_group=True)
        self.concept(Scheme.DIFFICULTY, "volume-backlog", "Volume", broader="data")
        self.concept(Scheme.LEGISLATION, "csam-law", "A specific law")
        self.concept(Scheme.LEGISLATION, "added-later", "A new question")
        self.concept(Scheme.LEGISLATION, "data-retention", "Data are retained")

    def keep(self, identifier: str, body: Body) -> None:
        """Put a record into the store, as the seed does."""
        put(self.store, identifier, body)
        self.drain.run()
