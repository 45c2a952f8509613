"""Saved searches: what one follows, what is new in it, and the feeds of it."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from kb.bootstrap import Services
from kb.domain.account import Account
from kb.domain.query import Scope, SearchRequest
from kb.domain.saved_search import SavedSearch
from kb.web.country import country_choices
from kb.web.current import current_account, services
from kb.web.forms.saved import RenameForm, SeenForm
from kb.web.paging import page_number
from kb.web.presenting import facet_label
from kb.web.searching import Addresses, chosen_filters, request_from
from kb.web.words import word

pages = Blueprint("saved", __name__, url_prefix="/saved")

Step = Callable[[Services, Account, str], object]
STEPS: dict[str, tuple[Step, LazyString]] = {
    "delete": (
        lambda kb, account, identifier: kb.saved_searches.delete(account, identifier),
        _l("The search is no longer kept."),
    ),
    "revoke": (
        lambda kb, account, identifier: kb.feeds.revoke(account, identifier),
        _l("The feed is revoked: its address leads nowhere any more."),
    ),
}
"""What a button beside a saved search does, and what is said afterwards."""


@pages.app_template_global("followed")
def followed(asked: SearchRequest) -> SavedSearch | None:
    """Give the account's saved search that asks the same."""
    return services().saved_searches.find(current_account(), asked)


@pages.get("")
def index() -> ResponseReturnValue:
    """List one's searches, each with the number of its new results."""
    account, follows = current_account(), services().follows
    return render_template(
        "saved/index.html",
        following=services().saved_searches.list(account),
        followed_things=follows.list(account),
        has_feed=follows.has_feed(account),
        countries=country_choices(),
        addresses=Addresses,
        chosen_filters=chosen_filters,
    )


@pages.post("")
def create() -> ResponseReturnValue:
    """Keep a search, which the address tells as that of its results does, and go back to these."""
    asked = request_from(request.args)
    saved = services().saved_searches.save(current_account(), asked, _name_of(asked))
    flash(_("You follow this search now, as “%(name)s”.", name=saved.name), "success")
    return redirect(Addresses(asked).page(asked.page))


@pages.get("/<identifier>")
def show(identifier: str) -> ResponseReturnValue:
    """Show what is new in one search; looking does not make it seen, as browsers look ahead by themselves."""
    account = current_account()
    news = services().saved_searches.show_new(account, identifier, page_number(request.args))
    return render_template(
        "saved/show.html",
        news=news,
        form=SeenForm.of(news.until),
        answers=services().answers.beside(account, news.found.hits if news.found else ()),
        addresses=Addresses(news.saved.request),
        url=lambda number: url_for("saved.show", identifier=identifier, page=number),
    )


@pages.post("/<identifier>/seen")
def see(identifier: str) -> ResponseReturnValue:
    """Count what the list showed as seen."""
    services().saved_searches.see(current_account(), identifier, SeenForm().moment)
    flash(_("Seen. What comes from now on is new."), "success")
    return redirect(url_for("saved.index"))


@pages.route("/<identifier>/rename", methods=["GET", "POST"])
def rename(identifier: str) -> ResponseReturnValue:
    """Give a search another name."""
    account = current_account()
    saved = services().saved_searches.get(account, identifier)
    form = RenameForm(name=saved.name)
    done = form.attempt(lambda: services().saved_searches.rename(account, identifier, form.name.data or ""))
    if done is None:
        return render_template("saved/rename.html", saved=saved, form=form), form.status
    flash(_("The name is changed."), "success")
    return redirect(url_for("saved.index"))


@pages.post("/<identifier>/feed")
def make_feed(identifier: str) -> ResponseReturnValue:
    """Make a feed, in place of an earlier one, and show its address, once."""
    account = current_account()
    saved = services().saved_searches.get(account, identifier)
    key = services().feeds.make(account, identifier)
    address = f"{current_app.config['KB_ADDRESS']}{url_for('feeds.show', key=key)}"
    return render_template("saved/feed.html", name=saved.name, anchor=saved.id, address=address)


@pages.post("/<identifier>/<any('delete', 'revoke'):step>")
def act(identifier: str, step: str) -> ResponseReturnValue:
    """Do one of the steps of the table."""
    take, sentence = STEPS[step]
    take(services(), current_account(), identifier)
    flash(str(sentence), "success")
    return redirect(url_for("saved.index"))


def _name_of(asked: SearchRequest) -> str:
    """Give the words of a search as its name; without words, what it is filtered by."""
    labels = [facet_label(facet, value) for facet, value in chosen_filters(asked)]
    kind = "" if asked.scope is Scope.ALL else word(asked.scope)
    return asked.text.strip() or ", ".join(filter(None, [kind, *labels])) or _("Everything")
