"""The past of a record: where each of its revisions is read, and what changed between two of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import url_for


def past_of(pages: str, identifier: str) -> Mapping[str, Callable[..., str]]:
    """Give what a history needs to lead there, by the names under which its template knows them."""
    return {
        "revision_url": lambda number: url_for(f"{pages}.revision", identifier=identifier, number=number),
        "difference_url": lambda before, after: url_for(
            f"{pages}.difference", identifier=identifier, before=before, after=after
        ),
    }
