"""The administrator's pages: who may come in, and what is done when somebody cannot or must not."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from kb.domain.account import Account
from kb.services.accounts import Accounts
from kb.services.links import OneTimeLink
from kb.web.browser import this_browser
from kb.web.current import current_account, services
from kb.web.forms.accounts_admin import InvitationForm, StandingForm
from kb.web.security import current_token, enter

pages = Blueprint("accounts_admin", __name__, url_prefix="/admin/accounts")

Step = Callable[[Accounts, Account, str], Account]
STEPS: dict[str, tuple[Step, LazyString]] = {
    "disable": (Accounts.disable, _l("The account is disabled; it is signed out everywhere.")),
    "enable": (Accounts.enable, _l("The account is enabled.")),
    "end-sessions": (Accounts.end_sessions, _l("The account is signed out everywhere.")),
}
"""What a button on an account's page does, and what is said afterwards."""


@pages.get("")
def index() -> ResponseReturnValue:
    """List all accounts."""
    return render_template("admin/accounts.html", accounts=services().accounts.list(current_account()))


@pages.route("/invite", methods=["GET", "POST"])
def invite() -> ResponseReturnValue:
    """Add an account and show its link, once."""
    account = current_account()
    organisations = services().accounts.organisations(account)
    form = InvitationForm()
    link = form.attempt(lambda: services().accounts.invite(account, form.invitation))
    if link is None:
        return render_template("admin/invite.html", form=form, organisations=organisations), form.status
    return _shown_once(link)


@pages.route("/<identifier>", methods=["GET", "POST"])
def show(identifier: str) -> ResponseReturnValue:
    """Show one account, and change for whom and as what its owner acts; one's own goes on in a new session."""
    account, kb = current_account(), services()
    owner = kb.accounts.get(account, identifier)
    form = StandingForm.of(owner)
    changed = form.attempt(lambda: kb.accounts.change_standing(account, identifier, form.standing))
    if changed is None:
        page = render_template(
            "admin/account.html",
            owner=owner,
            form=form,
            organisations=kb.accounts.organisations(account),
            factor=kb.second_factor.state(account, identifier),
            sessions=kb.sessions.list(account, identifier, token=current_token()),
        )
        return page, form.status
    if changed.id == account.id:
        enter(kb.sessions.open(changed, this_browser()))
    flash(_("Roles and organisation are saved."), "success")
    return redirect(url_for("accounts_admin.show", identifier=identifier))


@pages.post("/<identifier>/reset")
def reset(identifier: str) -> ResponseReturnValue:
    """Make a link for a new password and show it, once."""
    return _shown_once(services().accounts.reset(current_account(), identifier))


@pages.post("/<identifier>/reset-second-factor")
def reset_second_factor(identifier: str) -> ResponseReturnValue:
    """Take the second factor and the password away, and show the link for a new password, once."""
    return _shown_once(services().accounts.reset_second_factor(current_account(), identifier))


@pages.post("/<identifier>/<any('disable', 'enable', 'end-sessions'):step>")
def act(identifier: str, step: str) -> ResponseReturnValue:
    """Do one of the steps of the table."""
    take, sentence = STEPS[step]
    take(services().accounts, current_account(), identifier)
    flash(str(sentence), "success")
    return redirect(url_for("accounts_admin.show", identifier=identifier))


@pages.post("/<identifier>/sessions/<session>/end")
def end_session(identifier: str, session: str) -> ResponseReturnValue:
    """Sign one of an account's browsers out."""
    services().sessions.end(current_account(), session, identifier)
    flash(_("That browser is signed out."), "success")
    return redirect(url_for("accounts_admin.show", identifier=identifier))


def _shown_once(link: OneTimeLink) -> ResponseReturnValue:
    address = f"{current_app.config['KB_ADDRESS']}{link.path}"
    return render_template("admin/link.html", link=link, address=address)
