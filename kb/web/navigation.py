"""What stands in the header of every page, as a table."""

from __future__ import annotations

from typing import NamedTuple

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from kb.domain.permission import Permission, permits
from kb.web.current import visitor


class Item(NamedTuple):
    """A link to a page, for those who may use it."""

    endpoint: str
    label: LazyString
    permission: Permission


NAVIGATION: tuple[Item, ...] = (
    Item("search.index", _l("Search"), Permission.READ),
    Item("saved.index", _l("Saved"), Permission.FOLLOW),
    Item("inbox.index", _l("Inbox"), Permission.READ),
    Item("cases.index", _l("Case studies"), Permission.READ),
    Item("practices.index", _l("Good practices"), Permission.READ),
    Item("tags.index", _l("Tags"), Permission.READ),
    Item("across.index", _l("Across borders"), Permission.READ),
    Item("submissions.new", _l("Submit a case"), Permission.SUBMIT),
    Item("review.index", _l("Review"), Permission.REVIEW),
    Item("accounts_admin.index", _l("Accounts"), Permission.KEEP_ACCOUNTS),
    Item("audit.index", _l("Audit log"), Permission.READ_AUDIT),
)


def items() -> list[Item]:
    """Give the links that the visitor can follow."""
    account = visitor()
    return [item for item in NAVIGATION if permits(account, item.permission)]


def may(permission: str) -> bool:
    """Say whether the visitor has a right that needs no record: `may("review")`."""
    return permits(visitor(), Permission(permission))
