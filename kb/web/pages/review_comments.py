"""What authors and coordinators say to each other about a submission, and who else writes it."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kb.web.current import current_account, services
from kb.web.forms.decisions import AnswerForm, CoAuthorForm, CommentForm, LeavingForm, StepForm
from kb.web.stepping import to_page

pages = Blueprint("review_comments", __name__, url_prefix="/submissions")


@pages.post("/<identifier>/comments")
def add(identifier: str) -> ResponseReturnValue:
    """Comment on the whole, a lesson or a field."""
    account, form = current_account(), CommentForm()
    about = form.about.data or ""
    done = form.attempt(
        lambda: services().review_comments.add(account, identifier, form.number, form.typed, about)
    )
    anchor = f"said-{form.beside.data or ''}"
    return to_page(done, form, identifier, _("Your comment stands there now."), anchor)


@pages.post("/<identifier>/comments/<key>/answer")
def answer(identifier: str, key: str) -> ResponseReturnValue:
    """Answer a comment."""
    account, form = current_account(), AnswerForm(key)
    done = form.attempt(
        lambda: services().review_comments.answer(account, identifier, form.number, key, form.typed)
    )
    return to_page(done, form, identifier, _("Your answer stands there now."), key)


@pages.post("/<identifier>/comments/<key>/resolve")
def resolve(identifier: str, key: str) -> ResponseReturnValue:
    """Say that a comment is dealt with."""
    account, form = current_account(), StepForm()
    done = form.attempt(lambda: services().review_comments.resolve(account, identifier, form.number, key))
    return to_page(done, form, identifier, _("Resolved."), key)


@pages.post("/<identifier>/comments/<key>/reopen")
def reopen(identifier: str, key: str) -> ResponseReturnValue:
    """Take a comment up again."""
    account, form = current_account(), StepForm()
    done = form.attempt(lambda: services().review_comments.reopen(account, identifier, form.number, key))
    return to_page(done, form, identifier, _("Taken up again."), key)


@pages.post("/<identifier>/co-authors")
def add_author(identifier: str) -> ResponseReturnValue:
    """Let somebody write too."""
    account, form = current_account(), CoAuthorForm()
    done = form.attempt(lambda: services().co_authors.add(account, identifier, form.number, form.typed))
    return to_page(done, form, identifier, _("They read and write it from now on."))


@pages.post("/<identifier>/co-authors/remove")
def remove_author(identifier: str) -> ResponseReturnValue:
    """Let somebody write no more."""
    account, form = current_account(), LeavingForm()
    person = form.person.data or ""
    done = form.attempt(lambda: services().co_authors.remove(account, identifier, form.number, person))
    return to_page(done, form, identifier, _("They read and write it no more."))
