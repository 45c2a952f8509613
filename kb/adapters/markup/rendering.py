"""Markdown to HTML: CommonMark with tables, in which typed HTML is text and images are text."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from kb.adapters.markup.rules import LINK_REL, is_public_link

DEEPEST_NESTING = 50
"""Beyond it a text is no longer read as nested; nobody writes so, and no attack may exhaust the stack."""
HEADINGS = {"h1": "h4", "h2": "h5", "h3": "h5", "h4": "h5", "h5": "h5", "h6": "h5"}
"""A text's own headings stand below the lesson's title, whatever level was typed."""


class _Renderer(RendererHTML):
    """Gives headings the page's levels and every link its `rel`, so that no sanitiser has to add anything."""

    def render(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> str:
        for token in tokens:
            token.tag = HEADINGS.get(token.tag, token.tag)
        return super().render(tokens, options, env)

    def link_open(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        tokens[index].attrSet("rel", LINK_REL)
        return self.renderToken(tokens, index, options, env)


def parser() -> MarkdownIt:
    """Make the parser; a link that is not public stays the text that was typed."""
    markdown = MarkdownIt(
        "commonmark",
        {"html": False, "linkify": False, "xhtmlOut": False, "maxNesting": DEEPEST_NESTING},
        renderer_cls=_Renderer,
    )
    markdown.enable("table").disable(["image", "html_block", "html_inline"])
    markdown.validateLink = is_public_link  # type: ignore[method-assign]
    return markdown
