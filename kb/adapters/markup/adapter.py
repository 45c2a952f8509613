"""The Markup port over markdown-it-py, bleach, nh3 and markdownify."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from kb.adapters.markup.importing import markdown_of
from kb.adapters.markup.rendering import parser
from kb.adapters.markup.sanitising import sanitised

KEPT = 2_048
"""How many rendered texts are kept: a case page has some thirty, and its text is immutable per revision."""

MOST_TAGS = 10_000
"""Tags in a rendered text, beyond which it is shown as it was typed; nobody writes so.

Sanitisers take a table of nine thousand rows, which forty thousand letters hold, for seconds at every first look."""


class SafeMarkup:
    """Renders lessons' texts and reads foreign HTML."""

    def __init__(self) -> None:
        self._parser = parser()
        self._rendered = lru_cache(maxsize=KEPT)(self._render)

    def render(self, markdown: str) -> str:
        """Give sanitised HTML of a lesson's text."""
        return self._rendered(markdown)

    def from_html(self, html: str) -> str:
        """Give Markdown for HTML as importers meet it, fragments and stray tags included."""
        return markdown_of(html)

    def _render(self, markdown: str) -> str:
        rendered = self._parser.render(markdown)
        return sanitised(rendered if rendered.count("<") <= MOST_TAGS else f"<pre>{escape(markdown)}</pre>")
