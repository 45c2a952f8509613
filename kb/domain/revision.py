"""Revisions: one immutable step in the life of a record, and the chain that proves its order."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field, StringConstraints

from kb.domain.application import Application
from kb.domain.case_study import CaseStudy
from kb.domain.concept import Concept
from kb.domain.discussion import Discussion
from kb.domain.event import Event
from kb.domain.identifier import Identifier
from kb.domain.instrument import Instrument
from kb.domain.jurisdiction import Jurisdiction, jurisdiction_id
from kb.domain.operation import Operation
from kb.domain.practice import Practice
from kb.domain.record import Kind
from kb.domain.resource import Resource
from kb.domain.submission import Submission
from kb.domain.text import Line, Value
from kb.domain.workflow import Action

FORMAT = 1
"""The format that is written; older ones are upgraded on reading."""

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Number = Annotated[int, Field(ge=1, le=9999)]

Body = (
    CaseStudy
    | Submission
    | Concept
    | Event
    | Resource
    | Practice
    | Application
    | Discussion
    | Instrument
    | Jurisdiction
    | Operation
)

BODY_OF: dict[Kind, type[Body]] = {
    Kind.CASE_STUDY: CaseStudy,
    Kind.SUBMISSION: Submission,
    Kind.CONCEPT: Concept,
    Kind.EVENT: Event,
    Kind.RESOURCE: Resource,
    Kind.DISCUSSION: Discussion,
    Kind.PRACTICE: Practice,
    Kind.APPLICATION: Application,
    Kind.INSTRUMENT: Instrument,
    Kind.JURISDICTION: Jurisdiction,
    Kind.OPERATION: Operation,
}
"""Which value each kind of chain holds."""
KIND_OF: dict[type[Body], Kind] = {body: kind for kind, body in BODY_OF.items()}


def own_id(body: Body) -> str | None:
    """Give the id of a record that is named by what it is about; None where the id tells nothing, or the body does not tell it."""
    match body:
        case Concept():
            return body.id
        case Discussion():
            return body.own_id
        case Jurisdiction():
            return jurisdiction_id(body.country)
    return None


class RecordRef(Value):
    """Names one record."""

    kind: Kind
    id: Identifier

    def __str__(self) -> str:
        return f"{self.kind}/{self.id}"


class Header(Value):
    """The part of a revision that outlives a purge: it proves order and author, and holds no text of the record.

    `previous` is the SHA-256 of the previous revision's header bytes, absent for the first; `digest` that of the bytes
    after this header.
    """

    format: int = FORMAT
    kind: Kind
    id: Identifier
    revision: Number
    previous: Sha256 | None = None
    digest: Sha256
    saved_at: dt.datetime
    saved_by: Identifier
    action: Action

    @property
    def ref(self) -> RecordRef:
        """Give the name of the record."""
        return RecordRef(kind=self.kind, id=self.id)


class Tombstone(Value):
    """Stands where a revision's text was: purged, or an earlier text of a closed submission."""

    reason: Line


class Revision(Value):
    """A revision as read: the header, and either its body or the tombstone that took its place."""

    header: Header
    note: Line = ""
    submission: Identifier | None = None
    """For a revision of a published case: the submission that it came from."""
    operation: Identifier | None = None
    """For one that an operation made: that operation, which so knows its own work again after a crash."""
    body: Body | None = None
    tombstone: Tombstone | None = None

    @property
    def ref(self) -> RecordRef:
        """Give the name of the record."""
        return self.header.ref

    @property
    def number(self) -> int:
        """Give the revision's number, from 1."""
        return self.header.revision


class Save(Value):
    """What somebody wants to become revision `number` of a record; the store adds salt, digest and chain."""

    kind: Kind
    id: Identifier
    number: Number
    saved_at: dt.datetime
    saved_by: Identifier
    action: Action
    note: Line = ""
    submission: Identifier | None = None
    operation: Identifier | None = None
    body: Body

    @property
    def ref(self) -> RecordRef:
        """Give the name of the record."""
        return RecordRef(kind=self.kind, id=self.id)
