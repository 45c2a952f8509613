"""Writing an index folder: texts first, then Whoosh's commit and the arrays beside it, then the seal; only then are old texts dropped.

Killed anywhere in between, the folder is either as it was, or its seal no longer fits and it is rebuilt from the catalogue; never is
a half-written state served.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from whoosh import index

from kb.adapters.search import seal
from kb.adapters.search.arrays import Ledger
from kb.adapters.search.schema import digest_of, document, schema
from kb.adapters.search.seal import Sums
from kb.adapters.search.texts import Texts
from kb.domain.ports import Change, Progress
from kb.domain.unit import SearchUnit

if TYPE_CHECKING:
    from whoosh.writing import IndexWriter

MEMORY_MB = 256
LOCK_SECONDS = 30.0
"""Whoosh's own lock guards one folder; the drain's lock is held already, so waiting means a process that is just ending."""
MOST_SEGMENTS = 8
"""More than these and a commit merges the small ones: a merge takes longer, every segment makes each search longer."""
BATCH = 500


def create(folder: Path, units: Iterable[SearchUnit], total: int, progress: Progress | None) -> None:
    """Make an index of exactly these units in an empty folder."""
    texts = Texts(folder)
    texts.create()
    writer = index.create_in(str(folder), schema()).writer(limitmb=MEMORY_MB)
    ledger = Ledger(folder)
    try:
        for number, unit in enumerate(_kept(units, texts), 1):
            _add(unit, writer, ledger)
            if progress:
                progress(number, total)
    except BaseException:
        writer.cancel()
        raise
    writer.commit(optimize=True)
    ledger.write()
    seal.write(folder, Sums())


def apply(folder: Path, changes: Sequence[Change], sums: Sums) -> None:
    """Replace the units of the changed records, durably."""
    cases = [change.ref.id for change in changes]
    units = [unit for change in changes if change.entry for unit in change.entry.units]
    digests = [digest_of(unit) for unit in units]
    texts = Texts(folder)
    texts.put(zip(digests, units, strict=True))
    merge = len(list(folder.glob("*.seg"))) >= MOST_SEGMENTS
    writer = index.open_dir(str(folder)).writer(timeout=LOCK_SECONDS, limitmb=MEMORY_MB)
    ledger = Ledger(folder)
    try:
        for number in ledger.drop(cases):
            writer.delete_document(number)
        for unit in units:
            _add(unit, writer, ledger)
    except BaseException:
        writer.cancel()
        raise
    writer.commit(merge=merge)
    ledger.write()
    seal.write(folder, sums)
    texts.keep_only(cases, digests)


def _add(unit: SearchUnit, writer: IndexWriter, ledger: Ledger) -> None:
    analysed = document(unit)
    writer.add_document(**analysed.fields())
    ledger.add(analysed)


def _kept(units: Iterable[SearchUnit], texts: Texts) -> Iterable[SearchUnit]:
    """Pass the units on, keeping their texts in batches."""
    batch: list[SearchUnit] = []
    for unit in units:
        batch.append(unit)
        if len(batch) == BATCH:
            texts.put((digest_of(each), each) for each in batch)
            batch.clear()
        yield unit
    texts.put((digest_of(each), each) for each in batch)
