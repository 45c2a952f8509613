"""The last search of this browser, kept by the browser alone until it shows whether it was in vain.

It lies in the signed session cookie: the server has no place where it stands who searched for what.
"""

from __future__ import annotations

from flask import session
from pydantic import ValidationError

from kb.domain.vain_search import PendingSearch
from kb.web.current import current_account, services

KEY = "pending_search"


def searched(text: str, *, found: bool) -> None:
    """Note that a search was answered; an earlier one that led to nothing is counted, without the person."""
    before = _pending()
    after = services().vain_searches.note(current_account(), before, text, found=found)
    if after is None:
        opened()
    elif after != before:
        session[KEY] = after.model_dump()


def opened() -> None:
    """Note that something was opened, so that the last search was not in vain."""
    session.pop(KEY, None)


def leave() -> None:
    """Count the last search before its browser signs out: nothing follows it any more."""
    pending = _pending()
    if pending is not None:
        services().vain_searches.settle(current_account(), pending)
    opened()


def _pending() -> PendingSearch | None:
    try:
        return PendingSearch.model_validate(session.get(KEY))
    except ValidationError:
        return None
