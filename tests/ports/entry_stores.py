"""The entry stores under test, each with what a test needs beside the port, and saves to put into them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from kb.adapters.files.operations import FileOperations
from kb.adapters.files.store import FileEntryStore
from kb.domain.case_study import CaseStudy
from kb.domain.concept import Concept
from kb.domain.ports import EntryStore, Marker
from kb.domain.record import Kind
from kb.domain.revision import KIND_OF, Body, RecordRef, Save
from kb.domain.workflow import Action
from tests.fakes.clock import NOON
from tests.fakes.entry_store import MemoryEntryStore
from tests.fakes.randomness import FakeRandomness

CASE = RecordRef(kind=Kind.CASE_STUDY, id="abcdefghij")


class Stand(NamedTuple):
    """A store, and how to leave in it the marker of a save that was killed before its commit point."""

    store: EntryStore
    leave_marker: Callable[[Marker, dt.datetime], None]


def in_memory(_folder: Path) -> Stand:
    store = MemoryEntryStore()
    return Stand(store, store.leave_marker)


def in_files(folder: Path) -> Stand:
    root = folder / "entries"

    def leave_marker(marker: Marker, made_at: dt.datetime) -> None:
        name = f"{marker.ref.id}.{marker.revision}.{marker.token}"
        path = root / ".pending" / marker.ref.kind / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{made_at.isoformat()}\n", encoding="ascii")

    return Stand(FileEntryStore(root, FileOperations(), FakeRandomness()), leave_marker)


def a_save(
    number: int = 1,
    ref: RecordRef = CASE,
    body: Body | None = None,
    *,
    title: str = "Logs were gone",
    note: str = "",
    saved_at: dt.datetime = NOON,
    submission: str | None = None,
) -> Save:
    """Give a save of a small case, or of `body`, whose kind then counts."""
    kind = KIND_OF[type(body)] if body else ref.kind
    return Save(
        kind=kind,
        id=ref.id,
        number=number,
        saved_at=saved_at,
        saved_by="a-presenter",
        action=Action.CREATE if number == 1 else Action.EDIT,
        note=note,
        submission=submission,
        body=body or CaseStudy(title=title),
    )


def ref_of(body: Body) -> RecordRef:
    identifier = body.id if isinstance(body, Concept) else "abcdefghij"
    return RecordRef(kind=KIND_OF[type(body)], id=identifier)
