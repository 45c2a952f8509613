"""Who is asking, and the services that answer: what a view may take from the request."""

from __future__ import annotations

from typing import cast

from flask import current_app, g
from flask_login import current_user

from kb.bootstrap import Services
from kb.domain.account import Account
from kb.domain.errors import NotSignedIn

EXTENSION = "casebook"


def services() -> Services:
    """Give the services that the application was made with."""
    return cast("Services", current_app.extensions[EXTENSION])


def request_number() -> str:
    """Give the number under which this request is found in the log."""
    if "request_number" not in g:
        g.request_number = services().randomness.identifier()
    return str(g.request_number)


def visitor() -> Account | None:
    """Give the signed-in account, or None."""
    if g.get("forgotten"):
        return None
    return cast("Account | None", getattr(current_user, "account", None))


def forget_visitor() -> None:
    """Ask for nobody any more in this request: when something broke, asking may be what breaks."""
    g.forgotten = True


def current_account() -> Account:
    """Give the signed-in account; raises NotSignedIn."""
    account = visitor()
    if account is None:
        raise NotSignedIn
    return account
