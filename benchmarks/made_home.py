"""A whole home of made-up cases: files saved by the store's own protocol, a catalogue, and the index that was built for the searches.

An import would index the units once more, in many small commits; that is measured elsewhere, on real lessons.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.base import Base, say
from benchmarks.figures import stopwatch
from benchmarks.seed import concepts, reference
from kb.adapters.catalogue.store import SqliteCatalogue
from kb.adapters.files.operations import FileOperations
from kb.adapters.files.store import FileEntryStore
from kb.adapters.system import SystemRandomness
from kb.bootstrap import Services, make_home, services
from kb.config import Settings
from kb.domain.account import OPERATOR
from kb.domain.entry import entry_of
from kb.domain.ports import Change
from kb.domain.record import Kind
from kb.domain.revision import Body, RecordRef, Revision, Save
from kb.domain.workflow import Action

BATCH = 500
SAVED_AT = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


def made_home(base: Base) -> Path:
    """Give the home of a base, in order: files, catalogue and index agree."""
    base.ours()
    return base.once("home", "home", lambda folder: [_make(base, folder)])


def opened(home: Path) -> Services:
    """Open a home, its index brought up to what this version wants."""
    known = services(Settings(home=home))
    known.indexing.update(OPERATOR)
    return known


def _make(base: Base, home: Path) -> float:
    """Make the home; gives the seconds that it took."""
    settings = Settings(home=home)
    make_home(settings)
    store = FileEntryStore(settings.entries, FileOperations(), SystemRandomness())
    catalogue = SqliteCatalogue(settings.search_index / "catalogue.sqlite")
    say(f"A home of {base.count} cases ...")
    with stopwatch() as seconds:
        for batch in _batches(_records(base)):
            catalogue.apply([_saved(store, ref, body) for ref, body in batch])
            store.release(store.markers())
        shutil.copytree(base.folder / "casebook", settings.search_index / "whoosh")
        opened(home)
        return seconds()


def _records(base: Base) -> Iterator[tuple[RecordRef, Body]]:
    for concept in concepts():
        yield RecordRef(kind=Kind.CONCEPT, id=concept.id), concept
    yield from reference()
    for made in base.cases():
        yield RecordRef(kind=Kind.CASE_STUDY, id=made.id), made.case


def _saved(store: FileEntryStore, ref: RecordRef, body: Body) -> Change:
    """Save a record, and give what the catalogue is told of it."""
    save = Save(
        kind=ref.kind,
        id=ref.id,
        number=1,
        saved_at=SAVED_AT,
        saved_by="generator",
        action=Action.IMPORT,
        body=body,
    )
    header = store.save(save).header
    return Change(ref=ref, entry=entry_of(Revision(header=header, body=body), SAVED_AT))


def _batches(records: Iterable[tuple[RecordRef, Body]]) -> Iterator[list[tuple[RecordRef, Body]]]:
    batch: list[tuple[RecordRef, Body]] = []
    for record in records:
        batch.append(record)
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch
