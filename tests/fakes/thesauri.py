"""A format of thesauri that is no other's: what was written is read again, and the rest is refused."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import ValidationError

from kb.domain.errors import Invalid
from kb.domain.skos import Described, SkosDocument


class PlainThesauri:
    """Writes concepts as the JSON of their values."""

    def read(self, content: bytes) -> SkosDocument:
        try:
            document = SkosDocument.model_validate_json(content)
        except ValidationError as wrong:
            raise Invalid(("file", "This is no file of concepts.")) from wrong
        if not document.concepts:
            raise Invalid(("file", "This file names no concept."))
        return document

    def write(self, concepts: Iterable[Described]) -> bytes:
        ordered = sorted(concepts, key=lambda each: each.address)
        return SkosDocument(concepts=tuple(ordered)).model_dump_json().encode()
