"""Writing an index folder: texts first, then Whoosh's commit and the arrays beside it, then the seal; only then are old texts dropped.

Killed anywhere in between, the folder is either as it was, or its seal no longer fits and it is rebuilt from the catalogue; never is
a half-written state served.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from whoosh import index
from whoosh.reading import SegmentReader

from kb.adapters.search import seal
from kb.adapters.search.arrays import Ledger
from kb.adapters.search.schema import digest_of, document, schema
from kb.adapters.search.seal import Sums
from kb.adapters.search.segment import Segment as Arrays
from kb.adapters.search.texts import Texts
from kb.domain.unit import SearchUnit

if TYPE_CHECKING:
    from whoosh.codec.base import Segment
    from whoosh.writing import SegmentWriter

MEMORY_MB = 256
LOCK_SECONDS = 30.0
"""Whoosh's own lock guards one folder; ours is held already, so waiting means a process that is just ending."""
SMALL, MOST_SMALL, MOST_MERGED = 64, 128, 256
"""A commit merges nothing while merges beside keep up. Where they do not, and there are so many segments of at most so many
documents each, it merges the smallest, so many documents in all: no save ever pays for more.
"""
BATCH = 500

Cases = Mapping[str, Sequence[SearchUnit]]
"""What an index is to hold of each of these cases, and of other records, by group; of those that are no more, nothing."""
Policy = Callable[["SegmentWriter", "list[Segment]"], "list[Segment]"]


@dataclass(frozen=True)
class Kept:
    """What a process keeps from one commit to the next: checksums, and the arrays of segments, which never change."""

    sums: Sums = field(default_factory=Sums)
    segments: dict[str, Arrays] = field(default_factory=dict)


def create(folder: Path, units: Iterable[SearchUnit]) -> None:
    """Make an index of exactly these units in an empty folder; raises whatever `units` raises."""
    texts = Texts(folder)
    texts.create()
    writer = index.create_in(str(folder), schema()).writer(limitmb=MEMORY_MB)
    ledger = Ledger(folder)
    _write(writer, ledger, _with_texts(units, texts))
    writer.commit(merge=False)
    _settle(folder, ledger, Sums())


def apply(folder: Path, cases: Cases, kept: Kept) -> None:
    """Let the index hold exactly these units of these cases, durably; what it holds already costs no commit."""
    texts, ledger = Texts(folder), Ledger(folder, kept.segments)
    if changed := _changed(ledger, cases):
        texts.put((digest_of(unit), unit) for units in changed.values() for unit in units)
        _replace(folder, ledger, changed, kept.sums)
    texts.keep_only(list(cases), [digest_of(unit) for units in cases.values() for unit in units])


def replay(folder: Path, cases: Cases, kept: Kept) -> None:
    """Do as `apply` does in a folder that has no texts of its own."""
    ledger = Ledger(folder, kept.segments)
    if changed := _changed(ledger, cases):
        _replace(folder, ledger, changed, kept.sums)


def merge(folder: Path, names: frozenset[str], kept: Kept) -> None:
    """Let the segments of these names become one, without what is deleted in them."""
    ledger = Ledger(folder, kept.segments)
    writer = index.open_dir(str(folder)).writer(timeout=LOCK_SECONDS, limitmb=MEMORY_MB)
    writer.commit(mergetype=_merging(names))
    _settle(folder, ledger, kept.sums)


def _changed(ledger: Ledger, cases: Cases) -> Cases:
    """Give those of the cases that the index holds otherwise."""
    return {
        case: units
        for case, units in cases.items()
        if sorted(map(digest_of, units)) != sorted(ledger.digests(case))
    }


def _replace(folder: Path, ledger: Ledger, cases: Cases, sums: Sums) -> None:
    writer = index.open_dir(str(folder)).writer(timeout=LOCK_SECONDS, limitmb=MEMORY_MB)
    for number in ledger.drop(cases):
        writer.delete_document(number)
    _write(writer, ledger, (unit for units in cases.values() for unit in units))
    writer.commit(mergetype=_merge_small)
    _settle(folder, ledger, sums)


def _write(writer: SegmentWriter, ledger: Ledger, units: Iterable[SearchUnit]) -> None:
    try:
        for unit in units:
            analysed = document(unit)
            writer.add_document(**analysed.fields())
            ledger.add(analysed)
    except BaseException:
        with suppress(OSError):  # where the folder was swept away, there is nothing left to let go of
            writer.cancel()
        raise


def _settle(folder: Path, ledger: Ledger, sums: Sums) -> None:
    """End a commit of Whoosh's: once its arrays and then its seal are written, readers may open it."""
    ledger.write()
    seal.write(folder, sums)


def _merge_small(writer: SegmentWriter, held: list[Segment]) -> list[Segment]:
    sizes = sorted((each.doc_count_all(), each.segment_id()) for each in held)
    small = [(size, name) for size, name in sizes if size <= SMALL]
    if len(small) < MOST_SMALL:
        return held
    sums = accumulate(size for size, _ in small)
    names = (name for (_, name), total in zip(small, sums, strict=True) if total <= MOST_MERGED)
    return _merging(frozenset(names))(writer, held)


def _merging(names: frozenset[str]) -> Policy:
    """Give the merge policy that takes the segments of these names into the one being written."""

    def policy(writer: SegmentWriter, held: list[Segment]) -> list[Segment]:
        for each in held:
            if each.segment_id() in names and each.doc_count():
                reader = SegmentReader(writer.storage, writer.schema, each)
                writer.add_reader(reader)
                reader.close()
        return [each for each in held if each.segment_id() not in names]

    return policy


def _with_texts(units: Iterable[SearchUnit], texts: Texts) -> Iterable[SearchUnit]:
    """Pass the units on, keeping their texts in batches."""
    batch: list[SearchUnit] = []
    for unit in units:
        batch.append(unit)
        if len(batch) == BATCH:
            texts.put((digest_of(each), each) for each in batch)
            batch.clear()
        yield unit
    texts.put((digest_of(each), each) for each in batch)
