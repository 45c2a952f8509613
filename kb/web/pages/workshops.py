"""The workshop period of an event: what its audience writes about the questions and the sessions."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kb.domain.discussion import Post
from kb.web.current import current_account, services
from kb.web.forms.base import Form
from kb.web.forms.discussions import HideForm, WriteForm

pages = Blueprint("workshops", __name__, url_prefix="/events/<identifier>/workshop")


@pages.get("")
def show(identifier: str) -> ResponseReturnValue:
    """Show what is written, question by question and session by session."""
    return _page(identifier)


@pages.post("/<key>")
def ask(identifier: str, key: str) -> ResponseReturnValue:
    """Write about a question or a session; what is refused is shown again, every word in it."""
    account, form = current_account(), WriteForm()
    post = form.attempt(lambda: services().workshops.ask(account, identifier, key, form.text.data or ""))
    if post is None:
        return _page(identifier, form, key)
    flash(_("What you wrote stands here."), "success")
    return _to_post(identifier, post)


@pages.post("/posts/<post>/answers")
def answer(identifier: str, post: str) -> ResponseReturnValue:
    """Answer what somebody wrote."""
    account, form = current_account(), WriteForm()
    given = form.attempt(lambda: services().workshops.answer(account, identifier, post, form.text.data or ""))
    if given is None:
        return _page(identifier, form, post)
    flash(_("Your answer stands below."), "success")
    return _to_post(identifier, given)


@pages.post("/posts/<post>/withdraw")
def withdraw(identifier: str, post: str) -> ResponseReturnValue:
    """Take back one's own words."""
    withdrawn = services().workshops.withdraw(current_account(), identifier, post)
    flash(_("Taken back. Nobody reads it any more."), "success")
    return _to_post(identifier, withdrawn)


@pages.route("/posts/<post>/hide", methods=["GET", "POST"])
def hide(identifier: str, post: str) -> ResponseReturnValue:
    """Take somebody's words out of view, with a reason."""
    account, form = current_account(), HideForm()
    hidden = form.attempt(
        lambda: services().workshops.hide(account, identifier, post, form.reason.data or "")
    )
    if hidden is not None:
        flash(_("The words are out of view; your reason stands in their place."), "success")
        return _to_post(identifier, hidden)
    said = services().workshops.to_hide(account, identifier, post)
    view = services().events.get(account, identifier)
    return render_template("events/hide.html", view=view, said=said, form=form), form.status


def _page(identifier: str, form: Form | None = None, place: str = "") -> ResponseReturnValue:
    """Show the workshop; `form` holds the words that were refused, and `place` is where they were to stand."""
    account = current_account()
    view, talk = services().events.get(account, identifier), services().workshops.of(account, identifier)
    page = render_template(
        "events/workshop.html", view=view, event=view.event, talk=talk, form=form, place=place
    )
    return page, form.status if form else 200


def _to_post(identifier: str, post: Post) -> ResponseReturnValue:
    return redirect(url_for("workshops.show", identifier=identifier, _anchor=f"post-{post.key}"))
