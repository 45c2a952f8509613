"""One's own account: name, language, password."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kb.web.current import current_account, services
from kb.web.forms.account import ChangePasswordForm, ProfileForm
from kb.web.security import enter

pages = Blueprint("profile", __name__, url_prefix="/profile")


@pages.route("", methods=["GET", "POST"])
def index() -> ResponseReturnValue:
    """Show and change one's name and language."""
    account = current_account()
    form = ProfileForm(name=account.name, language=account.language)
    changed = form.attempt(
        lambda: services().accounts.change_profile(account, form.name.data or "", form.language.data)
    )
    if changed is None:
        return render_template("profile/index.html", form=form), form.status
    flash(_("Your profile is saved."), "success")
    return redirect(url_for("profile.index"))


@pages.route("/password", methods=["GET", "POST"])
def password() -> ResponseReturnValue:
    """Change one's password; every session ends, and this browser gets a new one."""
    account = current_account()
    form = ChangePasswordForm()
    changed = form.attempt(
        lambda: services().passwords.change(
            account, form.current_password.data or "", form.password.data or ""
        )
    )
    if changed is None:
        return render_template("profile/password.html", form=form), form.status
    enter(services().sessions.open(changed))
    flash(_("Your password is changed. Every other browser was signed out."), "success")
    return redirect(url_for("profile.index"))
