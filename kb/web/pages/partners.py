"""Partners: the private sector and others by type, with what they helped and where they stood in the way."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from kb.web.corridors import countries_told
from kb.web.current import current_account, services

pages = Blueprint("partners", __name__, url_prefix="/partners")


@pages.get("")
def index() -> ResponseReturnValue:
    """List the types of partner."""
    account = current_account()
    view = services().partners.list(account, account.language)
    return render_template("partners/index.html", view=view)


@pages.get("/<key>")
def show(key: str) -> ResponseReturnValue:
    """Show what lessons tell of a type; of one that was merged, lead to the one that stands for it."""
    view = services().partners.get(current_account(), key)
    if view.stands != key:
        return redirect(url_for("partners.show", key=view.stands))
    return render_template(
        "partners/show.html",
        view=view,
        concept_=view.concept,
        countries=countries_told(view.experience.countries),
    )
