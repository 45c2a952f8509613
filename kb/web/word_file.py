"""A Word document as it is downloaded: the few parts that such a file needs, the same bytes for the same lines.

Our own words alone are written, so no library is needed that would also read. ISO 29500 calls for three parts and a list
of styles; the styles bear the names that every word processor knows, so that headings stand in its outline.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_BEGINNING = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MAKING = (1980, 1, 1, 0, 0, 0)
"""The oldest date that an archive can bear: when a file was made says nothing."""


class Style(Enum):
    """How a line looks: the name of its style, its size in half points, and what else."""

    TITLE = ("Title", 44, "<w:b/>", "")
    HEADING = (
        "heading 1",
        32,
        "<w:b/>",
        '<w:keepNext/><w:spacing w:before="480" w:after="80"/><w:outlineLvl w:val="0"/>',
    )
    FIELD = (
        "heading 2",
        24,
        "<w:b/>",
        '<w:keepNext/><w:spacing w:before="280" w:after="40"/><w:outlineLvl w:val="1"/>',
    )
    HELP = ("Help", 18, '<w:i/><w:color w:val="505B63"/>', '<w:keepNext/><w:spacing w:after="80"/>')
    TEXT = ("Normal", 22, "", '<w:spacing w:after="120"/>')

    @property
    def id(self) -> str:
        """Give the name by which paragraphs refer to it."""
        return self.value[0].title().replace(" ", "")


class Line(NamedTuple):
    """A paragraph."""

    style: Style
    text: str = ""


def word_file(lines: Iterable[Line], language: str) -> bytes:
    """Give the document of these lines, for a spelling checker in this language."""
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in _parts(lines, language).items():
            archive.writestr(ZipInfo(name, _MAKING), _BEGINNING + content, ZIP_DEFLATED)
    return file.getvalue()


def _parts(lines: Iterable[Line], language: str) -> dict[str, str]:
    kinds = (("document", "document.main"), ("styles", "styles"))
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{MEDIA_TYPE.removesuffix(".document")}.{kind}+xml"/>'
        for name, kind in kinds
    )
    return {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types">'
            f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>'
        ),
        "_rels/.rels": _relationship("officeDocument", "word/document.xml"),
        "word/_rels/document.xml.rels": _relationship("styles", "styles.xml"),
        "word/document.xml": (
            f'<w:document xmlns:w="{_WORD}"><w:body>{"".join(map(_paragraph, lines))}'
            '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
            '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/>'
            "</w:sectPr></w:body></w:document>"
        ),
        "word/styles.xml": _styles(language),
    }


def _relationship(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/{kind}" Target="{target}"/></Relationships>'
    )


def _paragraph(line: Line) -> str:
    run = f'<w:r><w:t xml:space="preserve">{escape(line.text)}</w:t></w:r>' if line.text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{line.style.id}"/></w:pPr>{run}</w:p>'


def _styles(language: str) -> str:
    base = f'<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="{language}"/></w:rPr></w:rPrDefault></w:docDefaults>'
    return f'<w:styles xmlns:w="{_WORD}">{base}{"".join(map(_style, Style))}</w:styles>'


def _style(style: Style) -> str:
    name, size, letters, paragraph = style.value
    plain = style is Style.TEXT
    return (
        f'<w:style w:type="paragraph"{" w:default=" + chr(34) + "1" + chr(34) if plain else ""} w:styleId="{style.id}">'
        f'<w:name w:val="{name}"/>{"" if plain else f"<w:basedOn w:val={chr(34)}{Style.TEXT.id}{chr(34)}/>"}'
        f"{'' if plain else f'<w:next w:val={chr(34)}{Style.TEXT.id}{chr(34)}/>'}<w:qFormat/>"
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{letters}<w:sz w:val={chr(34)}{size}{chr(34)}/></w:rPr></w:style>"
    )
