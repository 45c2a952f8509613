"""Signing in and out, and the one-time links that set a password."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kb.web import pending_search
from kb.web.current import services, visitor
from kb.web.forms.account import SetPasswordForm, SignInForm
from kb.web.security import enter, leave, local_path

pages = Blueprint("account", __name__)

KEPT = "kept."
"""Begins the names under which a sign-in carries the fields of the form that it interrupted."""


@pages.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Ask who it is; somebody who is signed in already goes on."""
    if visitor() and request.method == "GET":
        return redirect(local_path(request.args.get("next")))
    form = SignInForm(next=request.args.get("next"))
    signed_in = form.attempt(
        lambda: services().sessions.sign_in(form.email.data or "", form.password.data or "")
    )
    if signed_in is None:
        return render_template("account/sign_in.html", form=form), form.status
    enter(signed_in)
    return redirect(local_path(form.next.data))


@pages.route("/sign-in/again", methods=["POST"])
def sign_in_again() -> ResponseReturnValue:
    """Sign in where a form was interrupted, and show what had been typed, ready to be sent."""
    form = SignInForm()
    carried = {
        "kept": [
            (name.removeprefix(KEPT), value)
            for name, value in request.form.items(multi=True)
            if name.startswith(KEPT)
        ],
        "action": local_path(request.form.get("action")),
    }
    signed_in = form.attempt(
        lambda: services().sessions.sign_in(form.email.data or "", form.password.data or "")
    )
    if signed_in is None:
        return render_template("errors/expired.html", form=form, **carried), form.status
    enter(signed_in)
    return render_template("errors/resend.html", **carried)


@pages.route("/sign-out", methods=["POST"])
def sign_out() -> ResponseReturnValue:
    """End the session."""
    pending_search.leave()
    leave()
    flash(_("You are signed out."), "success")
    return redirect(url_for("account.sign_in"))


@pages.route("/link/<token>", methods=["GET", "POST"])
def link(token: str) -> ResponseReturnValue:
    """Set a password by a one-time link; looking at the page does not use it up."""
    account = services().passwords.behind_link(token)
    if account is None:
        return render_template("account/link_gone.html"), 410
    form = SetPasswordForm()
    if form.attempt(lambda: services().passwords.set_by_link(token, form.password.data or "")) is None:
        return render_template("account/link.html", form=form, owner=account), form.status
    flash(_("Your password is set. Sign in with it."), "success")
    return redirect(url_for("account.sign_in"))
