"""Reviewing: the queue, and a coordinator's steps with a submission that somebody else wrote."""

from __future__ import annotations

from collections import Counter

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kb.services.review_queue import WaitsFor
from kb.services.reviews import Warned
from kb.web.current import current_account, services
from kb.web.forms.decisions import AskForm, DecisionForm, HandOverForm, OverrideForm, StepForm
from kb.web.stepping import refused, to_page, to_queue

pages = Blueprint("review", __name__)


@pages.get("/review")
def index() -> ResponseReturnValue:
    """Show what waits, longest first, with `?for=` what waits for whom."""
    queue = services().review_queue.waiting(current_account())
    chosen = next((each for each in WaitsFor if each == request.args.get("for")), None)
    return render_template(
        "reviews/index.html",
        queue=[each for each in queue if chosen in {None, each.waits_for}],
        total=len(queue),
        counts=Counter(each.waits_for for each in queue),
        chosen=chosen,
        kinds=tuple(WaitsFor),
    )


@pages.post("/submissions/<identifier>/take")
def take(identifier: str) -> ResponseReturnValue:
    """Take a submission into review."""
    account, form = current_account(), StepForm()
    done = form.attempt(lambda: services().reviews.take(account, identifier, form.number))
    return to_page(done, form, identifier, _("It is yours to review."))


@pages.post("/submissions/<identifier>/give-back")
def give_back(identifier: str) -> ResponseReturnValue:
    """Let another coordinator take it."""
    account, form = current_account(), StepForm()
    done = form.attempt(lambda: services().reviews.give_back(account, identifier, form.number))
    return to_queue(done, form, identifier, _("Given back. Any coordinator may take it now."))


@pages.post("/submissions/<identifier>/hand-over")
def hand_over(identifier: str) -> ResponseReturnValue:
    """Give it to another coordinator."""
    account, form = current_account(), HandOverForm()
    done = form.attempt(
        lambda: services().reviews.hand_over(account, identifier, form.number, form.to.data or "")
    )
    return to_queue(done, form, identifier, _("Handed over."))


@pages.post("/submissions/<identifier>/ask")
def ask(identifier: str) -> ResponseReturnValue:
    """Ask a second coordinator."""
    account, form = current_account(), AskForm()
    done = form.attempt(
        lambda: services().reviews.ask(
            account, identifier, form.number, form.to.data or "", form.question.data or ""
        )
    )
    return to_page(done, form, identifier, _("Asked. It stands in their queue now."))


@pages.post("/submissions/<identifier>/override")
def override(identifier: str) -> ResponseReturnValue:
    """Let a warning pass, with the reason."""
    account, form = current_account(), OverrideForm()
    warned = Warned(form.path.data or "", form.check.data or "", form.digest.data or "")
    done = form.attempt(
        lambda: services().reviews.override(account, identifier, form.number, warned, form.reason.data or "")
    )
    return to_page(done, form, identifier, _("The warning is answered."))


@pages.post("/submissions/<identifier>/publish")
def publish(identifier: str) -> ResponseReturnValue:
    """Publish the text that was read, and go where the coordinator can see it, if they still can."""
    account, form = current_account(), DecisionForm()
    done = form.attempt(lambda: services().reviews.publish(account, identifier, form.number))
    if done is None:
        return refused(identifier, form)
    flash(_("Published. Search finds it now."), "success")
    case_page = url_for("cases.show", identifier=done.case, slug="")
    return redirect(case_page if done.readable else url_for("review.index"))


@pages.post("/submissions/<identifier>/request-changes")
def request_changes(identifier: str) -> ResponseReturnValue:
    """Send it back to the author with what should change."""
    account, form = current_account(), DecisionForm()
    done = form.attempt(
        lambda: services().reviews.request_changes(account, identifier, form.number, form.reason.data or "")
    )
    return to_queue(done, form, identifier, _("Sent back to its author with your comment."))


@pages.post("/submissions/<identifier>/decline")
def decline(identifier: str) -> ResponseReturnValue:
    """Decline it, with the reason."""
    account, form = current_account(), DecisionForm()
    done = form.attempt(
        lambda: services().reviews.decline(account, identifier, form.number, form.reason.data or "")
    )
    return to_queue(done, form, identifier, _("Declined. Its author reads your reason."))
