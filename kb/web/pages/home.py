"""Home: what greets somebody who has just signed in."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from kb.domain.permission import Permission, permits
from kb.web.current import current_account, services

pages = Blueprint("home", __name__)

EXAMPLES = (
    "data erased before the request arrived",
    "preservation request returned",
    '"dual criminality" grooming',
    "provider emergency disclosure at night",
    "hotline takedown before evidence was secured",
    "interview of a child for a foreign court",
    "backlog of reports triage",
    "feedback to whoever sent the report",
)
"""Searches that show what can be asked: difficulties in an officer's words, a phrase among them."""


@pages.get("/")
def index() -> ResponseReturnValue:
    """Show the home page; who keeps accounts and reads nothing is led to the accounts."""
    account = current_account()
    if not permits(account, Permission.READ) and permits(account, Permission.KEEP_ACCOUNTS):
        return redirect(url_for("accounts_admin.index"))
    return render_template(
        "home/index.html",
        home=services().home.view(account),
        following=services().saved_searches.list(account),
        examples=EXAMPLES,
    )
