"""Signing in, in one step or two, and out; and the one-time links that set a password."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kb.domain.session import Stage
from kb.web import pending_search
from kb.web.browser import this_address, this_browser, whence
from kb.web.current import services, visitor
from kb.web.forms.account import CodeForm, FirstCodeForm, SetPasswordForm, SignInForm
from kb.web.onward import Onward, carried
from kb.web.qr import qr_code
from kb.web.security import awaiting_token, enter, half_way_in, leave

pages = Blueprint("account", __name__)

BOTH = ["GET", "POST"]
ENDPOINTS = {Stage.CODE: "account.code", Stage.ENROLMENT: "account.set_up"}
"""Where who is half-way in goes on."""


@pages.route("/sign-in", methods=BOTH)
def sign_in() -> ResponseReturnValue:
    """Ask who it is; somebody who is signed in already goes on."""
    onward = carried()
    if visitor() and request.method == "GET":
        return redirect(onward.address)
    form = SignInForm()
    signed_in = form.attempt(
        lambda: services().sessions.sign_in(form.email.data or "", form.password.data or "", **whence())
    )
    if signed_in is None:
        return render_template("account/sign_in.html", form=form, onward=onward), form.status
    enter(signed_in)
    if signed_in.stage is Stage.FULL:
        return onward.go()
    if onward.sends:  # typed words cannot follow a redirect
        return ASKING[signed_in.stage](onward)
    return redirect(url_for(ENDPOINTS[signed_in.stage], next=onward.wanted))


@pages.route("/sign-in/code", methods=BOTH)
def code() -> ResponseReturnValue:
    """Ask for a code of the second factor, or a recovery code."""
    onward, form = carried(), CodeForm()
    half_way_in(Stage.CODE)
    signed_in = form.attempt(lambda: services().sessions.prove(awaiting_token(), form.code, **whence()))
    if signed_in is None:
        return _ask_code(onward, form)
    enter(signed_in)
    return onward.go()


@pages.route("/sign-in/set-up", methods=BOTH)
def set_up() -> ResponseReturnValue:
    """Let who needs a second factor set it up before anything else; the recovery codes are shown once."""
    onward, account, form = carried(), half_way_in(Stage.ENROLMENT), FirstCodeForm()
    codes = form.attempt(lambda: services().second_factor.confirm(account, form.code, address=this_address()))
    if codes is None:
        return _ask_set_up(onward, form)
    enter(services().sessions.open(account, this_browser()))
    return render_template("account/recovery_codes.html", codes=codes, onward=onward)


@pages.route("/sign-out", methods=["POST"])
def sign_out() -> ResponseReturnValue:
    """End the session."""
    pending_search.leave()
    leave()
    flash(_("You are signed out."), "success")
    return redirect(url_for("account.sign_in"))


@pages.route("/link/<token>", methods=BOTH)
def link(token: str) -> ResponseReturnValue:
    """Set a password by a one-time link; looking at the page does not use it up."""
    account = services().passwords.behind_link(token, address=this_address())
    if account is None:
        return render_template("account/link_gone.html"), 410
    form = SetPasswordForm()
    owner = form.attempt(
        lambda: services().passwords.set_by_link(token, form.password.data or "", address=this_address())
    )
    if owner is None:
        return render_template("account/link.html", form=form, owner=account), form.status
    flash(_("Your password is set. Sign in with it."), "success")
    return redirect(url_for("account.sign_in"))


def _ask_code(onward: Onward, form: CodeForm | None = None) -> ResponseReturnValue:
    form = form or CodeForm(formdata=None)
    return render_template("account/code.html", form=form, onward=onward), form.status


def _ask_set_up(onward: Onward, form: FirstCodeForm | None = None) -> ResponseReturnValue:
    form = form or FirstCodeForm(formdata=None)
    enrolment = services().second_factor.begun(half_way_in(Stage.ENROLMENT), form.shown)
    page = render_template(
        "account/set_up.html", form=form, enrolment=enrolment, qr=qr_code(enrolment.uri), onward=onward
    )
    return page, form.status


ASKING: dict[Stage, Callable[[Onward], ResponseReturnValue]] = {
    Stage.CODE: _ask_code,
    Stage.ENROLMENT: _ask_set_up,
}
"""What somebody half-way in is asked for."""
