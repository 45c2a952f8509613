"""What is shown of reference records: one record as somebody may read it, and which ones are asked for."""

from __future__ import annotations

import datetime as dt
from typing import Generic, TypeVar

from kb.domain.errors import NotFound
from kb.domain.instrument import Instrument
from kb.domain.jurisdiction import Jurisdiction
from kb.domain.record import Kind
from kb.domain.reference import Reference, ReferenceStatus
from kb.domain.resource import Cost, Resource, ResourceType
from kb.domain.revision import Revision
from kb.domain.text import Value
from kb.domain.workflow import Action

R = TypeVar("R", bound=Reference)
R_co = TypeVar("R_co", bound=Reference, covariant=True)

TYPE_OF: dict[Kind, type[Reference]] = {
    Kind.RESOURCE: Resource,
    Kind.INSTRUMENT: Instrument,
    Kind.JURISDICTION: Jurisdiction,
}
"""The kinds of reference records."""
KINDS: dict[type[Reference], Kind] = {body: kind for kind, body in TYPE_OF.items()}


class ReferenceView(Value, Generic[R_co]):
    """A reference record as one reader may see it, with what they may do; `revision` 0 is of one that nobody has written yet."""

    kind: Kind
    id: str
    record: R_co
    revision: int = 0
    saved_at: dt.datetime | None = None
    overdue: bool = False
    """Nobody has looked at it since the day by which somebody wanted to."""
    can: frozenset[Action] = frozenset()


class ResourceFilter(Value):
    """Which resources are asked for: those to which everything applies that is given; retired ones only by name."""

    type: ResourceType | None = None
    cost: Cost | None = None
    language: str = ""
    difficulty: str = ""
    """This one, or one that stands under it."""
    status: ReferenceStatus = ReferenceStatus.CURRENT


def reference_in(wanted: type[R], revision: Revision) -> R:
    """Give the body of a revision that is known to be of this type; raises NotFound for any other."""
    if not isinstance(revision.body, wanted):
        raise NotFound
    return revision.body
