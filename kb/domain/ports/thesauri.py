"""What is asked of a reader and writer of concepts in a format of the world's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from kb.domain.skos import Described, SkosDocument


class ThesaurusFormat(Protocol):
    """Reads what strangers made, so nothing in it may harm who reads; writes the same bytes for the same concepts."""

    def read(self, content: bytes) -> SkosDocument:
        """Give what a file says of concepts.

        Raises Invalid at the field `file` for what cannot be read, and Busy where another is being read.
        """

    def write(self, concepts: Iterable[Described]) -> bytes:
        """Give the concepts as a file."""
