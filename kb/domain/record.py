"""What every record has in common, whatever it holds."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from kb.domain.marking import Audience, Organisation, Viewer
from kb.domain.text import Language, Line, Value


class Kind(StrEnum):
    """The kinds of chain in the store; the value is the folder's name."""

    CASE_STUDY = "case-study"
    """Published case studies only."""
    SUBMISSION = "submission"
    """What is being written: a new case, or a change to a published one."""
    CONCEPT = "concept"
    EVENT = "event"
    RESOURCE = "resource"
    DISCUSSION = "discussion"
    """Questions and answers about one published case, under the case's id and shown with it."""
    PRACTICE = "practice"
    """Good practices of the register, distilled from lessons."""
    APPLICATION = "application"
    """Somebody applied a practice or a solution, and says how it went."""
    INSTRUMENT = "instrument"
    """What a channel of the vocabulary gives and asks, under the key of that channel."""
    JURISDICTION = "jurisdiction"
    """What the law of a country says to the checklist, under the code of that country."""
    OPERATION = "operation"
    """A plan over many records, carried out record by record."""


class Origin(StrEnum):
    """Where a record comes from; readers weigh it by that."""

    REPORTED = "reported"
    """Told by an officer who was there."""
    PUBLISHED = "published"
    """Taken from a public source, which is named."""
    ILLUSTRATIVE = "illustrative"
    """Made up to show how such a record reads; never a fact about a state."""


Link = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"']+$", max_length=500)]
"""The address of a public page."""


class Source(Value):
    """A public source, with the day on which it was last found to say so."""

    title: Line
    url: Link | None = None
    as_of: dt.date | None = None


class Record(Value):
    """The part that case studies, events and resources share."""

    title: Line = ""
    language: Language = "en"
    audience: Audience = Field(default_factory=Audience)
    owner: Organisation | None = None
    origin: Origin = Origin.REPORTED
    sources: tuple[Source, ...] = ()
    review_by: dt.date | None = None

    @property
    def readers(self) -> frozenset[str]:
        """Give the reader tokens of the record as it stands."""
        return self.audience.readers(self.owner)

    def shown_to(self, viewer: Viewer, today: Record | None = None) -> Self:
        """Give the record as `viewer` may read it: under Chatham House without anything that tells where it comes from.

        An old text bears its own flag and that of the text of `today`: what was withheld later was withheld for good.
        """
        texts = (self, today or self)
        known = all(viewer.knows_origin(each.audience, each.owner) for each in texts)
        return self if known else self._without_origin()

    def _without_origin(self) -> Self:
        audience = self.audience.model_copy(update={"countries": (), "persons": ()})
        return self.model_copy(update={"owner": None, "audience": audience})

    @model_validator(mode="after")
    def _published_names_its_source(self) -> Self:
        if self.origin is Origin.PUBLISHED and not self.sources:
            raise ValueError("A record of origin 'published' names at least one public source.")
        return self
