"""The administrator's pages of accounts: who may come in."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from kb.domain.account import Account
from kb.services.accounts import Accounts
from kb.services.links import OneTimeLink
from kb.web.current import current_account, services
from kb.web.forms.accounts_admin import InvitationForm

pages = Blueprint("accounts_admin", __name__, url_prefix="/admin")

Step = Callable[[Accounts, Account, str], Account]
STEPS: dict[str, tuple[Step, LazyString]] = {
    "disable": (Accounts.disable, _l("The account is disabled; it is signed out everywhere.")),
    "enable": (Accounts.enable, _l("The account is enabled.")),
    "end-sessions": (Accounts.end_sessions, _l("The account is signed out everywhere.")),
}
"""What a button beside an account does, and what is said afterwards."""


@pages.get("/accounts")
def index() -> ResponseReturnValue:
    """List all accounts."""
    return render_template("admin/accounts.html", accounts=services().accounts.list(current_account()))


@pages.route("/accounts/invite", methods=["GET", "POST"])
def invite() -> ResponseReturnValue:
    """Add an account and show its link, once."""
    account = current_account()
    organisations = services().accounts.organisations(account)
    form = InvitationForm()
    link = form.attempt(lambda: services().accounts.invite(account, form.invitation))
    if link is None:
        return render_template("admin/invite.html", form=form, organisations=organisations), form.status
    return _shown_once(link)


@pages.post("/accounts/<identifier>/reset")
def reset(identifier: str) -> ResponseReturnValue:
    """Make a link for a new password and show it, once."""
    return _shown_once(services().accounts.reset(current_account(), identifier))


@pages.post("/accounts/<identifier>/<any('disable', 'enable', 'end-sessions'):step>")
def act(identifier: str, step: str) -> ResponseReturnValue:
    """Do one of the steps of the table."""
    take, sentence = STEPS[step]
    take(services().accounts, current_account(), identifier)
    flash(str(sentence), "success")
    return redirect(url_for("accounts_admin.index"))


def _shown_once(link: OneTimeLink) -> ResponseReturnValue:
    address = f"{current_app.config['KB_ADDRESS']}{link.path}"
    return render_template("admin/link.html", link=link, address=address)
