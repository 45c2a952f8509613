"""Exporting: every record's current revision, one line of JSON each, for a stated audience."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence, Set
from enum import StrEnum
from typing import Any

from pydantic import field_validator

from kb.domain.account import Account
from kb.domain.application import Application
from kb.domain.case_links import naming
from kb.domain.case_study import CaseStudy
from kb.domain.concept import Concept
from kb.domain.discussion import Discussion
from kb.domain.dump import dump
from kb.domain.entry import Entry, Listing, Order
from kb.domain.errors import Damaged, NotFound
from kb.domain.event import Event
from kb.domain.marking import (
    OFFICER,
    OFFICERS_VIEWER,
    OPERATOR_VIEWER,
    PUBLIC_VIEWER,
    Marking,
    Viewer,
    highest,
)
from kb.domain.permission import Permission, demand
from kb.domain.ports import AuditLog, AuditRow, Catalogue, Clock, EntryStore
from kb.domain.practice import Practice, resting_on_known
from kb.domain.record import Kind, Record
from kb.domain.revision import FORMAT, Body, RecordRef
from kb.domain.subject import DISCUSSED, discussion_of, subject_of
from kb.domain.submission import Submission
from kb.domain.text import Value

EXPORTED = (
    Kind.CONCEPT,
    Kind.EVENT,
    Kind.RESOURCE,
    Kind.INSTRUMENT,
    Kind.JURISDICTION,
    Kind.CASE_STUDY,
    Kind.PRACTICE,
    Kind.APPLICATION,
    Kind.SUBMISSION,
    Kind.DISCUSSION,
)
"""In this order, so that an import meets concepts before what refers to them. Operations name revisions of one store
alone and mean nothing elsewhere."""


class ExportAudience(StrEnum):
    """For whom an export is made, where it is not for one account."""

    PUBLIC = "public"
    """CLEAR alone: it may leave the community."""
    OFFICERS = "officers"
    """CLEAR and GREEN: any officer may have it."""
    EVERYTHING = "everything"
    """All there is: an operator's act, audited."""


WITH_SUBJECTS = frozenset({Kind.DISCUSSION})
"""Kinds that have no readers of their own: they go where their subject goes."""
VIEWER_OF = {
    ExportAudience.PUBLIC: PUBLIC_VIEWER,
    ExportAudience.OFFICERS: OFFICERS_VIEWER,
    ExportAudience.EVERYTHING: OPERATOR_VIEWER,
}


class Export(Value):
    """What will be exported: how many records, and the highest marking among them, to be said with the file."""

    entries: tuple[Entry, ...]
    viewer: Viewer
    marking: Marking


class ExportLine(Value):
    """One record of an export, in the order in which its line names the parts. An import may leave out id and key."""

    format: int = FORMAT
    kind: Kind
    id: str = ""
    source_key: str = ""
    body: dict[str, Any]

    @field_validator("kind")
    @classmethod
    def _is_exported(cls, kind: Kind) -> Kind:
        if kind not in EXPORTED:
            raise ValueError("An operation belongs to one store alone.")
        return kind


class Exporting:
    """Exports through the same audience rule as every page."""

    def __init__(self, store: EntryStore, catalogue: Catalogue, audit: AuditLog, clock: Clock) -> None:
        self._store = store
        self._catalogue = catalogue
        self._audit = audit
        self._clock = clock

    def plan(self, actor: Account | None, audience: ExportAudience | Account) -> Export:
        """Say what an operator's export for this audience will hold, and put it in the audit log."""
        account = demand(actor, Permission.OPERATE)
        viewer = audience.viewer if isinstance(audience, Account) else VIEWER_OF[audience]
        entries = tuple(
            entry for kind in EXPORTED if kind not in WITH_SUBJECTS for entry in self._listed(viewer, kind)
        )
        entries += tuple(self._discussions(viewer, {entry.ref for entry in entries}))
        whom = audience.id if isinstance(audience, Account) else audience.value
        row = AuditRow(
            at=self._clock.now(),
            actor=account.id,
            action="export",
            subject=whom,
            detail=f"{len(entries)} records",
        )
        self._audit.append([row])
        return Export(entries=entries, viewer=viewer, marking=highest(*(entry.marking for entry in entries)))

    def lines(self, export: Export) -> Iterator[str]:
        """Give a line of JSON per record; what changed since the plan is given as it stands, or left out where hidden."""
        known = {entry.ref for entry in export.entries}
        for entry in export.entries:
            body = self._told(entry.ref, export.viewer)
            if body and _is_told(body, known):
                yield line(entry.kind, entry.id, _naming_known(body, known, export.viewer))

    def _listed(self, viewer: Viewer, kind: Kind) -> Sequence[Entry]:
        listing = Listing(viewer=viewer, kinds=frozenset({kind}), order=Order.TITLE)
        return sorted(self._catalogue.list(listing), key=lambda entry: entry.id)

    def _discussions(self, viewer: Viewer, known: Set[RecordRef]) -> Iterable[Entry]:
        """Give the discussions of what is exported: they stay among officers, whatever the subject's marking."""
        if not (viewer.unrestricted or OFFICER in viewer.tokens):
            return ()
        talks = {discussion_of(ref).id for ref in known if ref.kind in DISCUSSED}
        return (each for each in self._listed(OPERATOR_VIEWER, Kind.DISCUSSION) if each.id in talks)

    def _told(self, ref: RecordRef, viewer: Viewer) -> Body | None:
        """Give a record in the form shown to a viewer, a discussion as its subject is; None where it does not exist for them."""
        try:
            body = self._store.current(ref).body
            if isinstance(body, Discussion):
                subject = self._store.current(subject_of(body)).body
                if not isinstance(subject, CaseStudy | Event) or not viewer.sees(subject.readers):
                    return None
                return body.shown_to(viewer, subject)
        except (Damaged, NotFound):
            return None
        return shown(body, viewer) if body is not None and viewer.sees(body.readers) else None


def shown(body: Body, viewer: Viewer) -> Body:
    """Give a body in the form shown to a viewer."""
    return body.shown_to(viewer) if isinstance(body, Record | Submission | Concept) else body


def _naming_known(body: Body, known: Set[RecordRef], viewer: Viewer) -> Body:
    """Give a body without what it names of cases that are hidden from the viewer."""
    if viewer.unrestricted:
        return body
    if isinstance(body, Submission):
        return body.model_copy(update={"body": _naming_known(body.body, known, viewer)})
    if isinstance(body, CaseStudy):
        return naming(body, lambda each: RecordRef(kind=Kind.CASE_STUDY, id=each) in known)
    if isinstance(body, Practice):
        return resting_on_known(body, lambda each: RecordRef(kind=Kind.CASE_STUDY, id=each) in known)
    return body


def _is_told(body: Body, known: Set[RecordRef]) -> bool:
    """Say whether a body may stand in this export: an application only beside what was applied."""
    if not isinstance(body, Application):
        return True
    kind = Kind.PRACTICE if body.practice else Kind.CASE_STUDY
    return RecordRef(kind=kind, id=body.subject) in known


def line(kind: Kind, identifier: str, body: Body) -> str:
    """Give one line of the export: fixed order of keys, so that equal records give equal bytes."""
    plain = dump(body)
    key = str(plain.pop("source_key", ""))
    record = ExportLine(kind=kind, id=identifier, source_key=key, body=plain)
    return json.dumps(record.model_dump(mode="json"), ensure_ascii=False, separators=(",", ":"))
