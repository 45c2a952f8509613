"""Reviewing: the queue, and a coordinator's steps with a submission that somebody else wrote."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kb.web.current import current_account, services
from kb.web.forms.decisions import DecisionForm, StepForm
from kb.web.writing import submission_page

pages = Blueprint("review", __name__)


@pages.get("/review")
def index() -> ResponseReturnValue:
    """Show what waits, longest first."""
    return render_template("reviews/index.html", queue=services().review_queue.waiting(current_account()))


@pages.post("/submissions/<identifier>/take")
def take(identifier: str) -> ResponseReturnValue:
    """Take a submission into review."""
    account, form = current_account(), StepForm()
    view = form.attempt(lambda: services().reviews.take(account, identifier, form.number))
    if view is None:
        return submission_page(services().submissions.get(account, identifier), step=form)
    flash(_("It is yours to review."), "success")
    return redirect(url_for("submissions.show", identifier=identifier))


@pages.post("/submissions/<identifier>/publish")
def publish(identifier: str) -> ResponseReturnValue:
    """Publish the text that was read, and go where the coordinator can see it, if they still can."""
    account, form = current_account(), DecisionForm()
    done = form.attempt(lambda: services().reviews.publish(account, identifier, form.number))
    if done is None:
        return submission_page(services().submissions.get(account, identifier), decision=form)
    flash(_("Published. Search finds it now."), "success")
    case_page = url_for("cases.show", identifier=done.case, slug="")
    return redirect(case_page if done.readable else url_for("review.index"))


@pages.post("/submissions/<identifier>/request-changes")
def request_changes(identifier: str) -> ResponseReturnValue:
    """Send it back to the author with what should change."""
    account, form = current_account(), DecisionForm()
    view = form.attempt(
        lambda: services().reviews.request_changes(account, identifier, form.number, form.reason.data or "")
    )
    if view is None:
        return submission_page(services().submissions.get(account, identifier), decision=form)
    flash(_("Sent back to its author with your comment."), "success")
    return redirect(url_for("review.index"))


@pages.post("/submissions/<identifier>/decline")
def decline(identifier: str) -> ResponseReturnValue:
    """Decline it, with the reason."""
    account, form = current_account(), DecisionForm()
    view = form.attempt(
        lambda: services().reviews.decline(account, identifier, form.number, form.reason.data or "")
    )
    if view is None:
        return submission_page(services().submissions.get(account, identifier), decision=form)
    flash(_("Declined. Its author reads your reason."), "success")
    return redirect(url_for("review.index"))
