"""Searches in vain: what officers look for and do not find, for coordinators, without who looked."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kb.web.current import current_account, services
from kb.web.forms.vain_search import DealtWithForm

pages = Blueprint("vain_searches", __name__, url_prefix="/searches-in-vain")


@pages.app_template_global("searches_in_vain")
def waiting() -> int:
    """Give how many searches in vain wait for this coordinator."""
    return services().vain_searches.waiting(current_account())


@pages.get("")
def index() -> ResponseReturnValue:
    """List what two accounts or more searched in vain."""
    return render_template("vain_searches/index.html", told=services().vain_searches.list(current_account()))


@pages.route("/<mark>", methods=["GET", "POST"])
def deal_with(mark: str) -> ResponseReturnValue:
    """Show one, and put it aside, saying what was done about it."""
    account, form = current_account(), DealtWithForm()
    search = services().vain_searches.get(account, mark)
    done = form.attempt(lambda: services().vain_searches.deal_with(account, mark, form.note.data or ""))
    if done is None:
        return render_template("vain_searches/deal_with.html", search=search, form=form), form.status
    flash(_("Put aside. It comes back when two more accounts search for it in vain."), "success")
    return redirect(url_for("vain_searches.index"))


@pages.post("/<mark>/forget")
def forget(mark: str) -> ResponseReturnValue:
    """Remove the words for good."""
    services().vain_searches.forget(current_account(), mark)
    flash(_("The words are forgotten."), "success")
    return redirect(url_for("vain_searches.index"))
