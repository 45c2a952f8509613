"""One's own account: name, language, password, and the browsers in which one is signed in."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kb.web.browser import this_address, this_browser
from kb.web.current import current_account, services
from kb.web.forms.profile import ChangePasswordForm, ProfileForm
from kb.web.security import current_token, enter

pages = Blueprint("profile", __name__, url_prefix="/profile")


@pages.route("", methods=["GET", "POST"])
def index() -> ResponseReturnValue:
    """Show what one's account is, and change one's name and language."""
    account = current_account()
    form = ProfileForm(name=account.name, language=account.language)
    changed = form.attempt(
        lambda: services().accounts.change_profile(account, form.name.data or "", form.language.data)
    )
    if changed is None:
        page = render_template(
            "profile/index.html",
            form=form,
            factor=services().second_factor.state(account),
            sessions=services().sessions.list(account, token=current_token()),
        )
        return page, form.status
    flash(_("Your profile is saved."), "success")
    return redirect(url_for("profile.index"))


@pages.route("/password", methods=["GET", "POST"])
def password() -> ResponseReturnValue:
    """Change one's password; every session ends, and this browser gets a new one."""
    account = current_account()
    form = ChangePasswordForm()
    changed = form.attempt(
        lambda: services().passwords.change(
            account,
            form.current_password.data or "",
            form.password.data or "",
            address=this_address(),
        )
    )
    if changed is None:
        return render_template("profile/password.html", form=form), form.status
    enter(services().sessions.open(changed, this_browser()))
    flash(_("Your password is changed. Every other browser was signed out."), "success")
    return redirect(url_for("profile.index"))


@pages.post("/sessions/<session>/end")
def end_session(session: str) -> ResponseReturnValue:
    """Sign one browser out."""
    services().sessions.end(current_account(), session)
    flash(_("That browser is signed out."), "success")
    return redirect(url_for("profile.index"))


@pages.post("/sessions/end-others")
def end_other_sessions() -> ResponseReturnValue:
    """Sign every browser out but this one."""
    services().sessions.end_others(current_account(), current_token())
    flash(_("Every other browser is signed out."), "success")
    return redirect(url_for("profile.index"))
