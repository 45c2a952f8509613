"""Where sanitised HTML becomes Markup: the one module that tells Jinja not to escape."""

from __future__ import annotations

from markupsafe import Markup

from kb.web.current import services


def render(markdown: str) -> Markup:
    """Give a lesson's Markdown as HTML for a page; the port has sanitised it twice before."""
    return Markup(services().markup.render(markdown))  # noqa: S704 - the port gives nothing unsanitised
