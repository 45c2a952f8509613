"""A form that is filled in offline, as python-docx does it in place of a person at a word processor."""

from __future__ import annotations

import io
from collections.abc import Mapping

from docx import Document
from docx.document import Document as WordDocument
from docx.text.paragraph import Paragraph

Answers = Mapping[tuple[str, str], str]
"""By the heading of the part and that of the field."""


def opened(content: bytes) -> WordDocument:
    return Document(io.BytesIO(content))


def saved(document: WordDocument) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def fields(document: WordDocument) -> list[tuple[str, str]]:
    """Give every field, by the heading of its part and its own."""
    part, found = "", []
    for line in document.paragraphs:
        if _style(line) == "Heading 1":
            part = line.text
        elif _style(line) == "Heading 2":
            found.append((part, line.text))
    return found


def filled(content: bytes, answers: Answers) -> bytes:
    """Write each answer into the empty line of its field, a paragraph for each of its lines."""
    document = opened(content)
    part = field = ""
    for line in list(document.paragraphs):
        style = _style(line)
        if style == "Heading 1":
            part = line.text
        elif style == "Heading 2":
            field = line.text
        elif style == "Normal" and (part, field) in answers:
            *before, last = answers[part, field].split("\n")
            for text in before:
                line.insert_paragraph_before(text, line.style)
            line.text = last
    return saved(document)


def _style(line: Paragraph) -> str:
    return str(line.style.name) if line.style is not None else ""
