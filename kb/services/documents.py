"""Documents: reading a presenter's paper or slides for their sections. Nothing of it is kept; the draft is made by `submissions`."""

from __future__ import annotations

from kb.domain.account import Account
from kb.domain.document import Refusal, format_of, refused
from kb.domain.permission import Permission, demand
from kb.domain.ports import DocumentReader
from kb.domain.sections import Paper, paper_of


class Documents:
    """Reads documents for those who may submit."""

    def __init__(self, reader: DocumentReader) -> None:
        self._reader = reader

    def read(self, actor: Account | None, name: str, content: bytes) -> Paper:
        """Give the sections of a document of this name; raises Invalid at the field `file`, and Busy."""
        demand(actor, Permission.SUBMIT)
        if not content:
            raise refused(Refusal.NOTHING)
        return paper_of(self._reader.read(content, format_of(name)))
