"""Sanitising HTML twice, by two libraries that share no code: bleach (html5lib), then nh3 (ammonia).

The second pass is there for the day on which the first has a hole; on all that we know of it finds nothing to do.
"""

from __future__ import annotations

import bleach
import nh3

from kb.adapters.markup.rules import ELEMENTS, LINK_REL, SCHEMES, is_allowed

_BLEACH = bleach.Cleaner(
    tags=ELEMENTS,
    attributes=is_allowed,
    protocols=SCHEMES,
    strip=True,
    strip_comments=True,
)
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}


def by_bleach(html: str) -> str:
    """Give `html` with nothing left that the rules do not name."""
    return _BLEACH.clean(html)


def by_nh3(html: str) -> str:
    """Do the same by other means; it sets `rel` on links itself."""
    return nh3.clean(
        html,
        tags=set(ELEMENTS),
        attributes=_ATTRIBUTES,
        attribute_filter=_kept,
        url_schemes=set(SCHEMES),
        link_rel=LINK_REL,
        strip_comments=True,
    )


def sanitised(html: str) -> str:
    """Give `html` after both passes."""
    return by_nh3(by_bleach(html))


def _kept(element: str, attribute: str, value: str) -> str | None:
    return value if is_allowed(element, attribute, value) else None
