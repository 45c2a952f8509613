"""The organisations for which accounts act."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kb.web.current import current_account, services
from kb.web.forms.accounts_admin import OrganisationForm

pages = Blueprint("organisations", __name__, url_prefix="/admin/organisations")


@pages.get("")
def index() -> ResponseReturnValue:
    """List them, each with how many accounts act for it."""
    organisations = services().accounts.organisations_with_counts(current_account())
    return render_template("organisations/index.html", organisations=organisations)


@pages.route("/<identifier>/rename", methods=["GET", "POST"])
def rename(identifier: str) -> ResponseReturnValue:
    """Give one another name; records keep the one that they were published with."""
    account = current_account()
    form = OrganisationForm(name=services().accounts.organisation(account, identifier).name)
    renamed = form.attempt(
        lambda: services().accounts.rename_organisation(account, identifier, form.name.data or "")
    )
    if renamed is None:
        return render_template("organisations/rename.html", form=form), form.status
    flash(_("It is called “%(name)s” now.", name=renamed.name), "success")
    return redirect(url_for("organisations.index"))
