"""HTML to Markdown, for what importers meet: fragments, stray end tags, paragraphs that are only blank lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import nh3
from bs4 import Tag
from markdownify import ATX, MarkdownConverter

_READ = {
    "a", "b", "blockquote", "br", "code", "dd", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i",
    "li", "ol", "p", "pre", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
"""What means something in Markdown. Of other elements the text is kept, of scripts and styles nothing."""
_PARAGRAPH = "\ue000"
"""Stands for a blank line between two words, which is white space to HTML and a paragraph to whoever typed it."""
_BLOCK = r"</?(?:ul|ol|li|table|thead|tbody|tr|td|th|p|div|h[1-6]|dl|dt|dd|blockquote)\b[^<>]*>"
_LAYOUT = re.compile(rf"(?:\s*\n)?\s*({_BLOCK})\s*", re.IGNORECASE)
_BLANK_LINES = re.compile(r"[ \t\r]*\n(?:[ \t\r]*\n)+")
_MARK = re.compile(rf"\s*(?:{_PARAGRAPH}\s*)*{_PARAGRAPH}\n*")
_EMPTY_ITEM = re.compile(r"^[ \t]*(?:[-*]|\d+\.)[ \t]*$\n?", re.MULTILINE)
_FENCE = "```"
_BETWEEN = re.compile(r"\n{2,}")
_ITEM = re.compile(r"\s*(?:-|\d+\.) ")
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)
_WOULD_OPEN = re.compile(r"(?<![\w\\])([_*])(?=\S)")
_LOOKS_LIKE_HTML = re.compile(r"</?[a-zA-Z][^>]*>|&(?:#\d+|#x[0-9a-fA-F]+|\w+);")


class _Converter(MarkdownConverter):
    """Escapes only what Markdown would read as emphasis, so that files stay readable; knows items without a list."""

    def escape(self, text: str, parent_tags: object = None) -> str:  # noqa: ARG002 - markdownify's signature
        return _WOULD_OPEN.sub(r"\\\1", text)

    def convert_li(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        item = str(super().convert_li(el, text, parent_tags))  # type: ignore[misc]  # made dynamically
        stray = el.parent is None or el.parent.name not in {"ol", "ul"}
        return f"\n\n{item}\n\n" if stray else item


_CONVERTER = _Converter(heading_style=ATX, bullets="-", strong_em_symbol="*", autolinks=False, wrap=False)


def markdown_of(html: str) -> str:
    """Give Markdown for `html`; text without any markup keeps its paragraphs."""
    if not _LOOKS_LIKE_HTML.search(html):
        return _tidy(_WOULD_OPEN.sub(r"\\\1", html))
    text = html.replace("\r\n", "\n").replace(_PARAGRAPH, "")
    marked = _BLANK_LINES.sub(_PARAGRAPH, _LAYOUT.sub(r"\n\1", text))
    clean = nh3.clean(
        marked, tags=_READ, attributes={"a": {"href"}}, url_schemes={"http", "https"}, link_rel=None
    )
    return _tidy(_MARK.sub("\n\n", _converted(clean)))


def _converted(html: str) -> str:
    """Give Markdown; what is nested deeper than anybody writes keeps its words alone."""
    try:
        return str(_CONVERTER.convert(html))
    except RecursionError:
        return unescape(nh3.clean(html, tags=set()))


def _tidy(text: str) -> str:
    text = _TRAILING.sub("", text.replace("\u00a0", " "))
    return "\n\n".join(_blocks(_EMPTY_ITEM.sub("", text)))


def _blocks(text: str) -> Iterator[str]:
    """Give the paragraphs; only below a list item and in code does indentation mean something, elsewhere it would make code."""
    in_list = in_code = False
    for block in _BETWEEN.split(text.strip("\n")):
        if not block.strip():
            continue
        in_list = _ITEM.match(block) is not None or (in_list and block.startswith("  "))
        fenced = in_code or _FENCE in block
        in_code ^= block.count(_FENCE) % 2 == 1
        yield block if in_list or fenced else _INDENT.sub("", block)
