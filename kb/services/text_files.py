"""Text files: the checks for whoever wants to know before sending, without a home and without an account.

What a knowledge base knows by name beside countries is not known here, so a warning may come that its form would not give.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator

from kb.domain.checks import Check, Names, Severity, remarks
from kb.domain.document import DocumentFormat, format_of
from kb.domain.errors import Invalid
from kb.domain.ports import DocumentReader
from kb.domain.text import Value
from kb.services.known_names import COUNTRIES

DOCUMENTS = tuple(f".{each.value}" for each in DocumentFormat)
UNREADABLE = "This is no text in UTF-8. Save it as text, or give a .docx or .pptx file."


class FileFinding(Value):
    """A finding with its place in the file as people and editors count it: lines and columns from 1, offsets from 0."""

    rule: Check
    severity: Severity
    line: int
    column: int
    start: int
    end: int
    sentence: str
    suggestion: str = ""


class TextFiles:
    """Looks through what somebody has written elsewhere; of documents their text, one paragraph a block."""

    def __init__(self, reader: Callable[[], DocumentReader]) -> None:
        self._reader = reader

    def check(self, name: str, content: bytes, language: str) -> tuple[FileFinding, ...]:
        """Give the findings of all severities in a file, in their order; raises Invalid for what cannot be read."""
        return tuple(_findings(self._text(name, content), language))

    def _text(self, name: str, content: bytes) -> str:
        if name.casefold().endswith(DOCUMENTS):
            blocks = self._reader().read(content, format_of(name)).blocks
            return "\n\n".join(block.text for block in blocks)
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise Invalid(("file", f"{name}: {UNREADABLE}")) from None


def _findings(text: str, language: str) -> Iterator[FileFinding]:
    begins = [0, *(place + 1 for place, letter in enumerate(text) if letter == "\n")]
    for each in remarks(text, Names(countries=COUNTRIES), language):
        line = bisect_right(begins, each.start)
        yield FileFinding(
            rule=each.check,
            severity=each.severity,
            line=line,
            column=each.start - begins[line - 1] + 1,
            start=each.start,
            end=each.end,
            sentence=each.sentence,
            suggestion=each.suggestion,
        )
