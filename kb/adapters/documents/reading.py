"""One file read from its first byte to its last word, inside the child."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from importlib import import_module
from typing import Protocol, cast

from kb.adapters.documents.answer import Answer
from kb.adapters.documents.leftovers import counted
from kb.adapters.documents.markup_blocks import FromHtml
from kb.adapters.documents.package import Package, checked
from kb.adapters.documents.refusal import Refused
from kb.domain.document import MOST_CHARACTERS, Block, DocumentFormat, DropKind, Manuscript, Refusal

MODULES = {
    DocumentFormat.DOCX: "kb.adapters.documents.word",
    DocumentFormat.PPTX: "kb.adapters.documents.slides",
}
"""What reads which; named in text, because each brings libraries that the other does without."""


class Reader(Protocol):
    """What each of them can do."""

    def read(self, package: Package, from_html: FromHtml) -> Iterable[Block]:
        """Give the pieces of a checked package."""

    def dropped(self, package: Package) -> Counter[DropKind]:
        """Count what is left behind, of what this format has alone."""


def reader_of(claimed: DocumentFormat) -> Reader:
    """Load what reads this format."""
    return cast("Reader", import_module(MODULES[claimed]))


def read(content: bytes, claimed: DocumentFormat, reader: Reader, from_html: FromHtml) -> Answer:
    """Give what stands in a file, or why it is not read."""
    try:
        return Answer(manuscript=_manuscript(checked(content, claimed), reader, from_html))
    except Refused as refused:
        return Answer(refusal=refused.refusal)
    except (MemoryError, RecursionError):
        return Answer(refusal=Refusal.INTRICATE)
    except Exception:  # noqa: BLE001 - what libraries raise over a stranger's file is no list anybody could write
        return Answer(refusal=Refusal.BROKEN)


def _manuscript(package: Package, reader: Reader, from_html: FromHtml) -> Manuscript:
    blocks = tuple(reader.read(package, from_html))
    length = sum(len(block.text) for block in blocks)
    if not length:
        raise Refused(Refusal.WORDLESS)
    if length > MOST_CHARACTERS:
        raise Refused(Refusal.TOO_LONG)
    return Manuscript(blocks=blocks, dropped=counted(package, reader.dropped(package)))
