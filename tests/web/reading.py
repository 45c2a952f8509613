"""A page as a person meets it: words without markup, links with their words, status sentences."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from typing import NamedTuple
from zipfile import ZipFile

BLANKS = re.compile(r"\s+")
SILENT = frozenset({"script", "style", "title"})


def text_of(answer: bytes) -> str:
    """Give the text of an answer; of a file that is downloaded, that of its parts."""
    if not answer.startswith(b"PK"):
        return answer.decode()
    with ZipFile(io.BytesIO(answer)) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist())


class Link(NamedTuple):
    words: str
    address: str


class Page(HTMLParser):
    """Reads a page once."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[Link] = []
        self.headings: list[str] = []
        self._words: list[str] = []
        self._heading: int | None = None
        self._link: tuple[int, str] | None = None
        self._silent = 0
        self.feed(html)
        self.close()

    @property
    def text(self) -> str:
        """Give the words."""
        return normal("".join(self._words))

    def address(self, words: str) -> str:
        """Give the address of the one link with these words."""
        found = {link.address for link in self.links if link.words == words}
        assert len(found) == 1, (
            f"{len(found)} links say {words!r}: {sorted(link.words for link in self.links)}"
        )
        return found.pop()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in SILENT
        if tag in {"h1", "h2", "h3", "h4"}:
            self._heading = len(self._words)
        if tag == "a":
            self._link = (len(self._words), dict(attrs).get("href") or "")
        if tag in {"p", "li", "dd", "dt", "td", "th", "div", "section", "br"}:
            self._words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in SILENT
        if tag in {"h1", "h2", "h3", "h4"} and self._heading is not None:
            self.headings.append(normal("".join(self._words[self._heading :])))
            self._words.append(" ")
            self._heading = None
        if tag == "a" and self._link is not None:
            start, address = self._link
            self.links.append(Link(normal("".join(self._words[start:])), address))
            self._link = None

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._words.append(data)


def normal(text: str) -> str:
    """Give `text` with single blanks."""
    return BLANKS.sub(" ", text).strip()
