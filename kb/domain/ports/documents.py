"""What is asked of a reader of documents."""

from __future__ import annotations

from typing import Protocol

from kb.domain.document import DocumentFormat, Manuscript


class DocumentReader(Protocol):
    """Reads papers and slides that strangers made: nothing in them may harm who reads, and nothing of them is kept."""

    def read(self, content: bytes, claimed: DocumentFormat) -> Manuscript:
        """Give what stands in a document.

        Raises Invalid at the field `file` for what is no such document or is not read, and Busy where too many are being read.
        """
