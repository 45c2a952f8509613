"""Catalogue entries: what lists, queues and permissions need to know of a record without opening its file."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, NamedTuple

from pydantic import Field

from kb.domain.application import Application
from kb.domain.case_links import case_of, cases_named
from kb.domain.case_study import CaseStudy
from kb.domain.concept import Concept
from kb.domain.discussion import Discussion
from kb.domain.event import Event
from kb.domain.identifier import Identifier, LessonKey
from kb.domain.marking import Marking, Viewer, of_account
from kb.domain.practice import Practice
from kb.domain.record import Kind, Origin, Record
from kb.domain.record_units import group_of, units_in
from kb.domain.reference import Reference
from kb.domain.revision import Body, RecordRef, Revision
from kb.domain.submission import Submission
from kb.domain.text import Value
from kb.domain.unit import GroupId, SearchUnit


class Version(NamedTuple):
    """What tells two states of a record apart, also those to which a restored backup gave the same number."""

    revision: int
    digest: str


class Entry(Value):
    """One record in the catalogue, in full form; lists show it through `shown_to`."""

    kind: Kind
    id: Identifier
    revision: int
    digest: str
    title: str
    status: str
    language: str
    marking: Marking
    readers: frozenset[str]
    chatham_house: bool = False
    owner: Identifier | None = None
    owner_name: str = ""
    country: str | None = None
    author: Identifier | None = None
    co_authors: tuple[Identifier, ...] = ()
    reviewer: Identifier | None = None
    target: Identifier | None = None
    """For a submission the case that it is about, for an application the practice or case."""
    event: Identifier | None = None
    """The event at which a case is presented, or is to be."""
    session: LessonKey | None = None
    origin: Origin = Origin.REPORTED
    review_by: dt.date | None = None
    period: str = ""
    source_key: str = ""
    names: frozenset[Identifier] = frozenset()
    """The other cases that a case or practice names. It is asked by and never told: not every reader may know them."""
    created_at: dt.datetime
    saved_at: dt.datetime
    units: tuple[SearchUnit, ...] = ()

    @property
    def ref(self) -> RecordRef:
        """Give the name of the record."""
        return RecordRef(kind=self.kind, id=self.id)

    @property
    def group(self) -> GroupId:
        """Give what its search units have in common."""
        return group_of(self.ref)

    @property
    def version(self) -> Version:
        """Give what another state of the record does not share."""
        return Version(self.revision, self.digest)

    def shown_to(self, viewer: Viewer) -> Entry:
        """Give the entry as `viewer` may read it: under Chatham House outsiders learn no origin.

        Authors know what they write. Once it is published, the owner's organisation alone does, wherever they work by then.
        """
        if (
            not self.chatham_house
            or viewer.unrestricted
            or (self.owner and viewer.organisation == self.owner)
        ):
            return self
        if self.kind is Kind.SUBMISSION and self._is_written_by(viewer):
            return self
        withheld = {
            "owner": None,
            "owner_name": "",
            "country": None,
            "author": None,
            "co_authors": (),
            "event": None,
            "session": None,
            "source_key": "",
        }
        return self.model_copy(update=withheld)

    def _is_written_by(self, viewer: Viewer) -> bool:
        return any(of_account(each) in viewer.tokens for each in (self.author, *self.co_authors) if each)


class Order(StrEnum):
    """In which order a listing comes."""

    NEWEST = "newest"
    """Last come first, whatever was changed in it since."""
    CHANGED = "changed"
    """Last saved first."""
    OLDEST = "oldest"
    """Longest unchanged first: a queue is worked off so."""
    TITLE = "title"
    REVIEW = "review"
    """Whose date for looking again comes first; what has none comes last."""


class Listing(Value):
    """A question to the catalogue. `viewer` is required; each other field narrows where it is given."""

    viewer: Viewer
    kinds: frozenset[Kind] = frozenset()
    statuses: frozenset[str] = frozenset()
    author: Identifier | None = None
    """Author or co-author of a submission, author of a case."""
    reviewer: Identifier | None = None
    owner: Identifier | None = None
    target: Identifier | None = None
    targets: frozenset[Identifier] = frozenset()
    """Any of these as target."""
    event: Identifier | None = None
    source_key: str | None = None
    naming: Identifier | None = None
    """Those that name this case: as telling one of their difficulties, or as having taken their place."""
    review_from: dt.date | None = None
    review_until: dt.date | None = None
    """To be looked at again between these days, both included; what has no such date is not asked for then."""
    changed_since: dt.datetime | None = None
    """Last saved at this moment or later: what came in the same second is asked for twice rather than never."""
    order: Order = Order.NEWEST
    offset: Annotated[int, Field(ge=0)] = 0
    limit: Annotated[int, Field(ge=1)] | None = None


def entry_of(revision: Revision, created_at: dt.datetime) -> Entry | None:
    """Give the catalogue entry of a record whose current revision this is; None for a tombstone."""
    body = revision.body
    if body is None:
        return None
    header = revision.header
    common = {
        "kind": header.kind,
        "id": header.id,
        "revision": header.revision,
        "digest": header.digest,
        "saved_at": header.saved_at,
        "created_at": created_at,
        "readers": body.readers,
    }
    return Entry.model_validate(
        {**common, **_fields_of(body), "units": units_in(header.ref, header.revision, body)}
    )


def _fields_of(body: Body) -> dict[str, object]:
    match body:
        case Submission():
            return {
                **_record_fields(body.body),
                "status": body.status.value,
                "author": body.author,
                "co_authors": body.co_authors,
                "reviewer": body.reviewer,
                "target": body.target,
                **_presented(body.body),
                "source_key": body.body.source_key,
            }
        case Record():
            return {**_record_fields(body), **_further_fields(body)}
        case Concept():
            return {
                "title": body.title,
                "status": body.status.value,
                "language": "en",
                "marking": Marking.CLEAR,
                "origin": body.origin,
            }
        case Discussion():
            return {
                "title": "",
                "status": "open",
                "language": "en",
                "marking": Marking.CLEAR,
            }  # its subject's counts
    return {
        "title": body.reason,
        "status": body.status.value,
        "language": "en",
        "marking": Marking.RED,
    }


def _further_fields(body: CaseStudy | Practice | Application | Reference | Event) -> dict[str, object]:
    match body:
        case CaseStudy():
            return {
                "status": body.status.value,
                "author": body.author,
                **_presented(body),
                "period": str(body.period or ""),
                "source_key": body.source_key,
                "names": cases_named(body),
            }
        case Practice():
            return {
                "status": body.status.value,
                "author": next(iter(body.writers), None),
                "co_authors": body.writers[1:],
                "names": frozenset(map(case_of, body.lessons)),
            }
        case Application():
            return {"status": body.status.value, "author": body.author, "target": body.subject}
    return {"status": body.status.value}


def _presented(case: CaseStudy) -> dict[str, object]:
    return {"event": case.event, "session": case.session if case.event else None}


def _record_fields(body: Record) -> dict[str, object]:
    return {
        "title": body.title,
        "language": body.language,
        "marking": body.audience.marking,
        "chatham_house": body.audience.chatham_house,
        "owner": body.owner.id if body.owner else None,
        "owner_name": body.owner.name if body.owner else "",
        "country": body.owner.country if body.owner else None,
        "origin": body.origin,
        "review_by": body.review_by,
    }
