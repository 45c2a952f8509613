"""Still true? What one's organisation is asked about its cases, and its answers."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kb.domain.errors import Forbidden
from kb.domain.permission import RULES, Permission
from kb.domain.review_date import ReviewState
from kb.domain.workflow import Action
from kb.web.current import current_account, services
from kb.web.forms.still_true import StillTrueForm
from kb.web.presenting import day

pages = Blueprint("still_true", __name__, url_prefix="/still-true")


@pages.app_template_global("review_state")
def review_state(review_by: dt.date | None) -> ReviewState:
    """Say how a review date stands today."""
    return services().still_true.state(review_by)


@pages.get("")
def index() -> ResponseReturnValue:
    """List what is due and overdue."""
    return render_template("still_true/index.html", listed=services().still_true.list(current_account()))


@pages.route("/<identifier>", methods=["GET", "POST"])
def confirm(identifier: str) -> ResponseReturnValue:
    """Show a case to those who answer for it, and take their word that it is still true."""
    account, form = current_account(), StillTrueForm()
    kb = services()
    date = form.attempt(lambda: kb.still_true.confirm(account, identifier, form.number, form.review_by.data))
    if date is not None:
        flash(_("Kept as still true. Its owner is asked again before %(date)s.", date=day(date)), "success")
        return redirect(url_for("still_true.index"))
    view = kb.cases.get(account, identifier)
    if Action.CONFIRM not in view.acts:
        raise Forbidden(RULES[Permission.CONFIRM_CASE].refusal)
    shown, form.revision.data = form.number, str(view.revision)
    form.review_by.data = form.review_by.data or kb.still_true.proposed()
    page = render_template("still_true/confirm.html", view=view, case=view.case, form=form, shown=shown)
    return page, form.status
