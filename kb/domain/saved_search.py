"""Saved searches: what somebody goes on asking. They belong to an account, not to the knowledge base."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import StringConstraints

from kb.domain.grammar import LONGEST_QUERY
from kb.domain.identifier import Identifier
from kb.domain.query import PAGE_SIZE, SearchRequest
from kb.domain.text import LINE_LENGTH, Line, Value, normal_line

MOST_SAVED = 50
"""Per account: each is asked anew whenever the home page counts what is new."""
LONGEST_NAME = 80


class SavedSearch(Value):
    """One search that an account keeps. What was published or changed at `seen_at` or later is new to its owner."""

    id: Identifier
    account: Identifier
    name: Annotated[Line, StringConstraints(min_length=1, max_length=LINE_LENGTH)]
    request: SearchRequest
    created_at: dt.datetime
    seen_at: dt.datetime
    feed: str | None = None
    """The hash of the feed's token, as one of sessions is kept; None where no feed may be read."""


def lasting(request: SearchRequest) -> SearchRequest:
    """Give what can be asked again: the same search from its first page, alike however its address was written."""
    alike = {
        "text": normal_line(request.text)[:LONGEST_QUERY],
        "filters": tuple(sorted(request.filters, key=lambda each: each.facet)),
        "folded": False,
        "as_typed": False,
        "page": 1,
        "size": PAGE_SIZE,
    }
    return request.model_copy(update=alike)


def name_of(text: str) -> str:
    """Give a search's words as its name, cut where they are long."""
    line = normal_line(text)
    return line if len(line) <= LONGEST_NAME else f"{line[: LONGEST_NAME - 1].rstrip()}…"
