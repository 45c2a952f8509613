"""Questions about a lesson, and answers to them; they are read on the lesson's own page."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kb.domain.discussion import Post
from kb.domain.errors import NotFound
from kb.web.current import current_account, services
from kb.web.forms.discussions import HideForm, WriteForm

pages = Blueprint("discussions", __name__, url_prefix="/cases/<identifier>")


@pages.post("/lessons/<key>/questions")
def ask(identifier: str, key: str) -> ResponseReturnValue:
    """Ask about a lesson; what is refused is shown again, every word in it."""
    account, form = current_account(), WriteForm()
    post = form.attempt(lambda: services().discussions.ask(account, identifier, key, form.text.data or ""))
    if post is not None:
        flash(_("Your question is asked. Its answers stand here."), "success")
        return _to_lesson(identifier, post)
    view = services().cases.get(account, identifier)
    lesson = view.case.lesson(key)
    if lesson is None:
        raise NotFound
    page = render_template("discussions/ask.html", view=view, case=view.case, lesson=lesson, form=form)
    return page, form.status


@pages.post("/questions/<post>/answers")
def answer(identifier: str, post: str) -> ResponseReturnValue:
    """Answer a question."""
    account, form = current_account(), WriteForm()
    given = form.attempt(
        lambda: services().discussions.answer(account, identifier, post, form.text.data or "")
    )
    if given is not None:
        flash(_("Your answer stands below the question."), "success")
        return _to_lesson(identifier, given)
    view = services().cases.get(account, identifier)
    thread, _asked = services().discussions.of(account, identifier).said(post)
    return render_template(
        "discussions/answer.html", view=view, case=view.case, thread=thread, form=form
    ), form.status


@pages.post("/questions/<post>/withdraw")
def withdraw(identifier: str, post: str) -> ResponseReturnValue:
    """Take back one's own words."""
    withdrawn = services().discussions.withdraw(current_account(), identifier, post)
    flash(_("Taken back. Nobody reads it any more."), "success")
    return _to_lesson(identifier, withdrawn)


@pages.route("/questions/<post>/hide", methods=["GET", "POST"])
def hide(identifier: str, post: str) -> ResponseReturnValue:
    """Take somebody's words out of view, with a reason."""
    account, form = current_account(), HideForm()
    hidden = form.attempt(
        lambda: services().discussions.hide(account, identifier, post, form.reason.data or "")
    )
    if hidden is not None:
        flash(_("The words are out of view; your reason stands in their place."), "success")
        return _to_lesson(identifier, hidden)
    view = services().cases.get(account, identifier)
    said = services().discussions.to_hide(account, identifier, post)
    page = render_template("discussions/hide.html", view=view, case=view.case, said=said, form=form)
    return page, form.status


def _to_lesson(identifier: str, post: Post) -> ResponseReturnValue:
    return redirect(
        url_for("lessons.show", identifier=identifier, key=post.lesson, _anchor=f"post-{post.key}")
    )
