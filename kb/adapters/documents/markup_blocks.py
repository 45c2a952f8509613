"""HTML as the readers make it, cut into the pieces of a document."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag

from kb.domain.document import Block, BlockKind

FromHtml = Callable[[str], str]
TITLE = "casebook-title"
"""The class of what is the document's own title."""
_KINDS = {
    "ul": BlockKind.LIST,
    "ol": BlockKind.LIST,
    "table": BlockKind.TABLE,
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), BlockKind.HEADING),
}
_NOTE = re.compile(r"(?:foot|end)note-(?!ref-)")
_REFERENCE = re.compile(r"(?:foot|end)note-ref-")


class Place(NamedTuple):
    """Where a piece stands."""

    slide: int = 0
    spoken: bool = False


ON_PAPER = Place()


def blocks(html: str, from_html: FromHtml, place: Place = ON_PAPER) -> Iterator[Block]:
    """Give the pieces in their order, each as Markdown; a footnote comes right after the piece that refers to it."""
    soup = BeautifulSoup(html, "html.parser")
    notes = _taken_notes(soup, from_html)
    for table in soup.find_all("table"):
        _fit_for_markdown(table)
    for piece in soup.find_all(recursive=False):
        named = [str(link["href"]).removeprefix("#") for link in piece.find_all("a", href=True)]
        for link in piece.find_all("a"):
            link.unwrap()
        if text := _text(piece, from_html):
            yield _block(_kind(piece), text, place, level=_level(piece))
        for name in dict.fromkeys(named):
            if name in notes:
                yield _block(BlockKind.NOTE, notes[name], place)


def _block(kind: BlockKind, text: str, place: Place, level: int = 0) -> Block:
    return Block(kind=kind, text=text, level=level, slide=place.slide, spoken=place.spoken)


def paragraph(text: str) -> str:
    """Give HTML of plain text."""
    return f"<p>{escape(text, quote=False)}</p>"


def _kind(piece: Tag) -> BlockKind:
    is_title = TITLE in piece.get_attribute_list("class")
    return BlockKind.TITLE if is_title else _KINDS.get(piece.name, BlockKind.PARAGRAPH)


def _level(piece: Tag) -> int:
    return int(piece.name[1]) if _kind(piece) is BlockKind.HEADING else 0


def _text(piece: Tag, from_html: FromHtml) -> str:
    """Give a heading as the plain words of one line, all else as Markdown."""
    if _kind(piece) in {BlockKind.HEADING, BlockKind.TITLE}:
        return " ".join(piece.get_text(" ").split())
    return from_html(str(piece))


def _taken_notes(soup: BeautifulSoup, from_html: FromHtml) -> Mapping[str, str]:
    """Take the footnotes out of the text, and give each by its name, under the number that refers to it."""
    found: dict[str, str] = {}
    for number, item in enumerate(soup.find_all("li", id=_NOTE), 1):
        for back in item.find_all("a", href=_back_reference):
            back.decompose()
        found[str(item["id"])] = from_html(f"[{number}] {item.get_text(' ').strip()}")
        item.decompose()
    for each in soup.find_all("ol", recursive=False):
        if not each.get_text().strip():
            each.decompose()
    return found


def _back_reference(href: str | None) -> bool:
    return href is not None and _REFERENCE.match(href.removeprefix("#")) is not None


def _fit_for_markdown(table: Tag) -> None:
    """Give a table the head that those of Markdown have, and keep a bar that was typed from ending a cell."""
    first = table.find("tr")
    if isinstance(first, Tag) and table.find("th") is None:
        for cell in first.find_all("td"):
            cell.name = "th"
    for words in table.find_all(string=lambda text: text is not None and "|" in text):
        words.replace_with(str(words).replace("|", "\\|"))
