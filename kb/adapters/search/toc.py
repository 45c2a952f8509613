"""What Whoosh's own files say of its segments, for who writes the index: reading them runs pickles, so the seal is compared before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from kb.adapters.search.array_file import Mask
from kb.adapters.search.schema import INDEX_NAME, STORED_RECORD, StoredRecord
from kb.domain.text import Value

if TYPE_CHECKING:
    from whoosh.codec.base import Segment


class SegmentState(Value):
    """One segment in this generation: documents are numbered over all segments, in the order of these."""

    name: str
    size: int
    """Of all documents, deleted ones included."""
    deleted: tuple[int, ...] = ()

    def live(self) -> Mask:
        """Say of each document whether it is there."""
        mask = np.ones(self.size, dtype=np.bool_)
        mask[list(self.deleted)] = False
        return mask


def states(folder: Path) -> tuple[SegmentState, ...]:
    """Give the segments as Whoosh's table of contents has them, for who writes: it is a pickle."""
    return tuple(
        SegmentState(
            name=segment.segment_id(),
            size=segment.doc_count_all(),
            deleted=tuple(sorted(segment.deleted_docs())),
        )
        for segment in _segments(folder)
    )


def digests(folder: Path, name: str) -> Iterator[str]:
    """Give the digests that Whoosh stores in a segment, document by document."""
    for segment in _segments(folder):
        if segment.segment_id() == name:
            storage = FileStorage(str(folder))
            files = segment.open_compound_file(storage) if segment.is_compound() else storage
            reader = segment.codec().per_document_reader(files, segment)
            for number in range(segment.doc_count_all()):
                yield StoredRecord(*reader.stored_fields(number)[STORED_RECORD]).digest
            reader.close()


def _segments(folder: Path) -> list[Segment]:
    found: list[Segment] = TOC.read(FileStorage(str(folder)), INDEX_NAME).segments
    return found
