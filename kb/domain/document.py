"""Documents as presenters bring them: what a reader finds in a .docx or .pptx, and what it leaves behind.

A document is read for its words and thrown away. What was not taken over is named, so that nobody believes an image or
a comment to be here that is not.
"""

from __future__ import annotations

from enum import StrEnum

from kb.domain.errors import Invalid
from kb.domain.text import Value

MOST_BYTES = 10 * 1024 * 1024
"""What a document may weigh; papers with many photographs weigh more, and their photographs are not taken anyway."""
MOST_CHARACTERS = 150_000
"""Text of a document: some fifty pages. A case study has two; what is longer is not one."""
FILE = "file"
"""The field that problems of a document are said at."""


class DocumentFormat(StrEnum):
    """What can be read, named by how such a file's name ends."""

    DOCX = "docx"
    PPTX = "pptx"


def format_of(name: str) -> DocumentFormat:
    """Give the format that a file's name claims; raises Invalid for one that cannot be read."""
    ending = name.rpartition(".")[2].strip().casefold()
    if ending not in set(DocumentFormat):
        raise refused(Refusal.OTHER_FORMAT)
    return DocumentFormat(ending)


class BlockKind(StrEnum):
    """What a piece of a document is, as its author marked it."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    TABLE = "table"
    NOTE = "note"
    """A footnote, right after the piece that refers to it."""


class Block(Value):
    """A piece of a document, in Markdown; `level` is a heading's, `slide` counts from 1 and is 0 on paper."""

    kind: BlockKind
    text: str
    level: int = 0
    slide: int = 0
    spoken: bool = False
    """True for what stands in the speaker's notes."""


class DropKind(StrEnum):
    """What is not taken over from a document, or taken over in a way that must be said."""

    IMAGES = "images"
    CHARTS = "charts"
    DIAGRAMS = "diagrams"
    RECORDINGS = "recordings"
    EMBEDDED = "embedded"
    """Files inside the file: spreadsheets, other documents, controls."""
    EQUATIONS = "equations"
    FIELDS = "fields"
    """What a word processor computes: dates, references, numbers."""
    COMMENTS = "comments"
    DELETIONS = "deletions"
    """Tracked changes: what was deleted stays out."""
    INSERTIONS = "insertions"
    """Tracked changes: what was inserted is taken as if it had been accepted."""
    HIDDEN_TEXT = "hidden-text"
    """Taken over, because it is text; its author may not know of it."""
    HEADERS = "headers"
    """Texts at the head and foot of pages or slides."""
    LINKS = "links"
    """Where links lead to; their words stay."""
    OTHER_FILES = "other-files"
    """References to files elsewhere: templates, linked images and objects. They are never opened."""
    AUTHORS = "authors"
    """Names of authors, their organisation, and when they wrote."""
    HIDDEN_SLIDES = "hidden-slides"


class Dropped(Value):
    """So many of one kind."""

    kind: DropKind
    count: int


class Manuscript(Value):
    """What a reader finds in a document, in its order."""

    blocks: tuple[Block, ...] = ()
    dropped: tuple[Dropped, ...] = ()


class Refusal(StrEnum):
    """Why a document is not read."""

    NOTHING = "nothing"
    OTHER_FORMAT = "other-format"
    NO_DOCUMENT = "no-document"
    BROKEN = "broken"
    PROTECTED = "protected"
    OTHER_KIND = "other-kind"
    MACROS = "macros"
    TOO_LARGE = "too-large"
    UNPACKED = "unpacked"
    NAMES = "names"
    ENTITIES = "entities"
    INTRICATE = "intricate"
    TOO_SLOW = "too-slow"
    TOO_LONG = "too-long"
    WORDLESS = "wordless"


SENTENCES: dict[Refusal, str] = {
    Refusal.NOTHING: "Choose a file: a Word document (.docx) or slides (.pptx).",
    Refusal.OTHER_FORMAT: (
        "Only .docx and .pptx files are read. Open the file where it was written and save it as one of these."
    ),
    Refusal.NO_DOCUMENT: (
        "This file is no Word document or slides, whatever its name says. Open it where it was written and save it "
        "as .docx or .pptx."
    ),
    Refusal.BROKEN: (
        "This file is damaged or not complete. Open it where it was written, save it anew and choose that file."
    ),
    Refusal.PROTECTED: (
        "This file is locked with a password, or comes from an old version of Word or PowerPoint. Save it without a "
        "password as .docx or .pptx."
    ),
    Refusal.OTHER_KIND: (
        "The name of this file does not say what is in it, or it is a template or a slide show. Save it as a plain "
        ".docx document or .pptx presentation."
    ),
    Refusal.MACROS: "This file holds macros, so it is not opened. Save it without them, as plain .docx or .pptx.",
    Refusal.TOO_LARGE: (
        "This file is larger than 10 MB. Take the images out, or compress them, and choose it again: images are "
        "never taken over."
    ),
    Refusal.UNPACKED: (
        "Unpacked, this file would be larger than any paper. Copy its text into a new document and choose that."
    ),
    Refusal.NAMES: (
        "This file was not packed by a word processor. Copy its text into a new document and choose that."
    ),
    Refusal.ENTITIES: (
        "This file holds instructions that no word processor writes. Copy its text into a new document and choose that."
    ),
    Refusal.INTRICATE: (
        "This file has too many parts, or parts nested too deeply, to be read. Copy the text that matters into a new "
        "document and choose that."
    ),
    Refusal.TOO_SLOW: (
        "Reading this file took too long, so it was given up. Copy the text that matters into a new document and "
        "choose that."
    ),
    Refusal.TOO_LONG: (
        "This document holds more text than a case study can: more than fifty pages. Keep the part about one case and "
        "choose that."
    ),
    Refusal.WORDLESS: (
        "No text was found in this file. Images are not read: write down what they say, or begin with the form."
    ),
}
"""What each refusal tells the presenter to do."""


def refused(refusal: Refusal) -> Invalid:
    """Give the error that says why a document is not read, and what to do."""
    return Invalid((FILE, SENTENCES[refusal]))
