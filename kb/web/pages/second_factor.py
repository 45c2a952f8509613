"""One's own second factor: setting it up, new recovery codes, and doing without it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kb.web.browser import this_address, this_browser
from kb.web.current import current_account, services
from kb.web.forms.account import CodeForm, FirstCodeForm
from kb.web.qr import qr_code
from kb.web.security import enter

pages = Blueprint("second_factor", __name__, url_prefix="/profile/second-factor")

BOTH = ["GET", "POST"]


@pages.route("/set-up", methods=BOTH)
def set_up() -> ResponseReturnValue:
    """Set it up, or move it to another app; every session ends, and this browser gets a new one."""
    account, factor, form = current_account(), services().second_factor, FirstCodeForm()
    codes = form.attempt(lambda: factor.confirm(account, form.code, address=this_address()))
    if codes is None:
        enrolment = factor.begun(account, form.shown)
        page = render_template(
            "second_factor/set_up.html",
            form=form,
            enrolment=enrolment,
            qr=qr_code(enrolment.uri),
            factor=factor.state(account),
        )
        return page, form.status
    enter(services().sessions.open(account, this_browser()))
    return render_template("second_factor/recovery_codes.html", codes=codes)


@pages.route("/recovery-codes", methods=BOTH)
def renew_codes() -> ResponseReturnValue:
    """Make new recovery codes and show them, once."""
    account, form = current_account(), CodeForm()
    codes = form.attempt(
        lambda: services().second_factor.renew_codes(account, form.code, address=this_address())
    )
    if codes is None:
        return render_template("second_factor/renew_codes.html", form=form), form.status
    return render_template("second_factor/recovery_codes.html", codes=codes)


@pages.route("/remove", methods=BOTH)
def remove() -> ResponseReturnValue:
    """Do without it; refused where one's role needs it."""
    account, form = current_account(), CodeForm()
    removed = form.attempt(
        lambda: services().second_factor.remove(account, form.code, address=this_address())
    )
    if removed is None:
        return render_template("second_factor/remove.html", form=form), form.status
    flash(_("The second factor is removed. Your password alone lets you in now."), "success")
    return redirect(url_for("profile.index"))
