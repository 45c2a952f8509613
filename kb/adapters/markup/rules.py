"""The one allow-list that both sanitisers are given, each in its own words."""

from __future__ import annotations

import re

ELEMENTS = frozenset(
    {
        "a", "blockquote", "br", "code", "em", "h4", "h5", "hr", "li", "ol", "p", "pre", "strong",
        "table", "tbody", "td", "th", "thead", "tr", "ul",
    }
)  # fmt: skip
"""What a lesson's text may consist of: no image, no embedding, no form, no style. Larger headings are the page's."""
SCHEMES = frozenset({"http", "https"})
"""Links lead to public sources; `mailto` would hold a person's address, which is never kept."""
LINK_REL = "noopener nofollow"
"""What every link bears: the page opened learns nothing of this window, and search engines no endorsement."""

_PUBLIC = re.compile(r"https?://[^/]", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,9}")


def is_public_link(url: str) -> bool:
    """Say whether a link names a host over http or https; relative ones could point into this site, so they do not."""
    return _PUBLIC.match(url) is not None


def is_allowed(element: str, attribute: str, value: str) -> bool:
    """Say whether an element may bear an attribute of this value."""
    match element, attribute:
        case "a", "href":
            return is_public_link(value)
        case "a", "rel":
            return value == LINK_REL
        case "ol", "start":
            return _NUMBER.fullmatch(value) is not None
        case _:
            return False
