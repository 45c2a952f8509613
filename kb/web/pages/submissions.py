"""Submissions: beginning one, its page, sending it in, the receipt. The text is written in `writing`, decided about in `reviews`."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kb.domain.completeness import Part
from kb.domain.text import PROSE_LENGTH
from kb.web.aside import asked_aside
from kb.web.beside import found_in
from kb.web.current import current_account, services
from kb.web.forms.case import CaseForm
from kb.web.forms.decisions import StepForm
from kb.web.forms.fields import STEPS
from kb.web.writing import after_saving, persons, step_page, submission_page

pages = Blueprint("submissions", __name__)


@pages.get("/submit")
def new() -> ResponseReturnValue:
    """Show the ways to begin, and what the author wrote before; `?event=` names the call that they follow."""
    account, asked = current_account(), request.args
    return render_template(
        "submissions/new.html",
        mine=services().submissions.mine(account),
        call=services().events.named_by(account, asked.get("event", "")),
        calls=services().events.open_calls(account),
        session=asked.get("session", ""),
    )


@pages.get("/submit/write")
def begin() -> ResponseReturnValue:
    """Show the first part of a new case; nothing is kept before it is saved."""
    account, event = current_account(), request.args.get("event", "")
    blank = services().submissions.blank(account)
    blank = services().events.answering(account, blank, event, request.args.get("session", ""))
    form = CaseForm.of(blank, originator=True, step=STEPS[Part.ABOUT])
    return step_page(form, call=services().events.named_by(account, event))


@pages.post("/submit/write")
def create() -> ResponseReturnValue:
    """Make the draft of a new case."""
    account = current_account()
    blank = services().submissions.blank(account)
    form = CaseForm.sent(request.form, originator=True, step=STEPS[Part.ABOUT], written=blank)
    view = None
    if not asked_aside(form):
        view = form.attempt(lambda body: services().submissions.create(account, body), persons)
    return step_page(form) if view is None else after_saving(form, view, Part.ABOUT)


@pages.post("/submissions/check")
def look_through() -> ResponseReturnValue:
    """Look one text through while it is typed; nothing of it is kept."""
    text = request.form.get("text", "")[:PROSE_LENGTH]
    objections = services().text_checks.of_text(current_account(), text, request.form.get("language", "en"))
    return render_template("submissions/found.html", found=found_in(text, objections))


@pages.get("/submissions/<identifier>")
def show(identifier: str) -> ResponseReturnValue:
    """Show a submission with its status and what can be done."""
    return submission_page(services().submissions.get(current_account(), identifier))


@pages.get("/submissions/<identifier>/edit")
def edit(identifier: str) -> ResponseReturnValue:
    """Lead to the parts of the task, from links to the one long form that there was."""
    return redirect(url_for("writing.index", identifier=identifier), 301)


@pages.post("/submissions/<identifier>/submit")
def submit(identifier: str) -> ResponseReturnValue:
    """Send it in, or say everything that must be mended first."""
    account, form = current_account(), StepForm()
    view = form.attempt(lambda: services().submissions.submit(account, identifier, form.number))
    if view is None:
        return submission_page(services().submissions.get(account, identifier), step=form)
    return redirect(url_for("submissions.receipt", identifier=identifier))


@pages.get("/submissions/<identifier>/receipt")
def receipt(identifier: str) -> ResponseReturnValue:
    """Show the receipt, and what happens next."""
    view = services().submissions.get(current_account(), identifier)
    if not view.submission.receipt:
        return redirect(url_for("submissions.show", identifier=identifier))
    return render_template("submissions/receipt.html", view=view)


@pages.post("/submissions/<identifier>/withdraw")
def withdraw(identifier: str) -> ResponseReturnValue:
    """Give it up."""
    account, form = current_account(), StepForm()
    view = form.attempt(lambda: services().submissions.withdraw(account, identifier, form.number))
    if view is None:
        return submission_page(services().submissions.get(account, identifier), step=form)
    flash(_("Withdrawn. You can still read it here; nobody else can."), "success")
    return redirect(url_for("submissions.show", identifier=identifier))
