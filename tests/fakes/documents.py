"""A reader of documents that knows those it was given; anything else it judges by its first bytes, as the real one begins."""

from __future__ import annotations

from collections.abc import Mapping

from kb.domain.document import MOST_BYTES, DocumentFormat, Manuscript, Refusal, refused
from kb.domain.errors import Busy


class KnownDocuments:
    """Reads what was put on its shelf, each under its own bytes and format."""

    def __init__(self, shelf: Mapping[tuple[bytes, DocumentFormat], Manuscript] | None = None) -> None:
        self.shelf = dict(shelf or {})
        self.busy = False

    def read(self, content: bytes, claimed: DocumentFormat) -> Manuscript:
        if self.busy:
            raise Busy
        known = self.shelf.get((content, claimed))
        if known is not None:
            return known
        if not content:
            raise refused(Refusal.NOTHING)
        if len(content) > MOST_BYTES:
            raise refused(Refusal.TOO_LARGE)
        if content.startswith(b"\xd0\xcf\x11\xe0"):
            raise refused(Refusal.PROTECTED)
        if any(content == other for other, _ in self.shelf):
            raise refused(Refusal.OTHER_KIND)
        raise refused(Refusal.BROKEN if content.startswith(b"PK") else Refusal.NO_DOCUMENT)
