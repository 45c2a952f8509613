"""Files of one's own, looked through before they are sent."""

from __future__ import annotations

import pytest

from kb.domain.checks import Check, Severity
from kb.domain.document import Block, BlockKind, DocumentFormat, Manuscript
from kb.domain.errors import Invalid
from kb.services.text_files import TextFiles


class TwoParagraphs:
    """A reader to whom every document is the same."""

    def read(self, content: bytes, claimed: DocumentFormat) -> Manuscript:
        assert (content, claimed) == (b"zip", DocumentFormat.PPTX)
        paragraphs = ("One.", "To desk@unit.example")
        return Manuscript(blocks=tuple(Block(kind=BlockKind.PARAGRAPH, text=text) for text in paragraphs))


FILES = TextFiles(TwoParagraphs)


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"a@unit.example", (1, 1, 0)),
        (b"\n\n a@unit.example", (3, 2, 3)),
        (b"\xef\xbb\xbfa@unit.example", (1, 1, 0)),
        ("é\r\né a@unit.example".encode(), (2, 3, 5)),
    ],
)
def test_places_are_those_that_an_editor_shows(content: bytes, place: tuple[int, int, int]) -> None:
    (found,) = FILES.check("a.txt", content, "en")

    assert (found.line, found.column, found.start) == place
    assert (found.rule, found.severity) == (Check.EMAIL, Severity.BLOCK)


def test_of_a_document_its_paragraphs_are_looked_at() -> None:
    (found,) = FILES.check("Slides.PPTX", b"zip", "en")

    assert (found.line, found.start) == (3, 9)


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(Invalid, match="UTF-8"):
        FILES.check("a.txt", b"\xff", "en")
