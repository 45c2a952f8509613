"""What stands in the header of every page, as a table."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from kb.domain.permission import Permission, permits
from kb.web.current import visitor


class Place(StrEnum):
    """Where in the header a link stands, so that those of every day leave room for the search box."""

    LINE = "line"
    """Always in sight."""
    MANAGING = "managing"
    """In a fold of its own: what coordinators and administrators alone need."""
    OWN = "own"
    """In the fold that bears one's name."""


class Item(NamedTuple):
    """A link to a page, for those who may use it."""

    endpoint: str
    label: LazyString
    permission: Permission
    place: Place = Place.LINE


NAVIGATION: tuple[Item, ...] = (
    Item("cases.index", _l("Cases"), Permission.READ),
    Item("practices.index", _l("Practices"), Permission.READ),
    Item("tags.index", _l("Tags"), Permission.READ),
    Item("across.index", _l("Across borders"), Permission.READ),
    Item("submissions.new", _l("Submit a case"), Permission.SUBMIT),
    Item("inbox.index", _l("Inbox"), Permission.READ),
    Item("review.index", _l("Review"), Permission.REVIEW, Place.MANAGING),
    Item("hygiene.index", _l("Tags that need a look"), Permission.CURATE_CONCEPTS, Place.MANAGING),
    Item("vain_searches.index", _l("Searches in vain"), Permission.WATCH_SEARCHES, Place.MANAGING),
    Item("accounts_admin.index", _l("Accounts"), Permission.KEEP_ACCOUNTS, Place.MANAGING),
    Item("audit.index", _l("Audit log"), Permission.READ_AUDIT, Place.MANAGING),
    Item("saved.index", _l("Saved"), Permission.FOLLOW, Place.OWN),
)


def placed() -> dict[Place, list[Item]]:
    """Give the links that the visitor can follow; who does nothing but manage needs no fold for it."""
    account = visitor()
    shown = [item for item in NAVIGATION if permits(account, item.permission)]
    links = {place: [item for item in shown if item.place is place] for place in Place}
    if not links[Place.LINE]:
        links[Place.LINE], links[Place.MANAGING] = links[Place.MANAGING], []
    return links


def may(permission: str) -> bool:
    """Say whether the visitor has a right that needs no record: `may("review")`."""
    return permits(visitor(), Permission(permission))
