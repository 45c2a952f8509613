"""Writing a submission part by part, in any order, with leave to stop after each."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kb.domain.completeness import Part, completeness, tasks
from kb.domain.workflow import Action
from kb.services.submission_view import SubmissionView
from kb.web.aside import asked_aside
from kb.web.beside import beside
from kb.web.current import current_account, services
from kb.web.forms.bringing_up import BringingUp
from kb.web.forms.case import TAKE, CaseForm, revision_in
from kb.web.forms.fields import STEPS
from kb.web.writing import after_saving, parts_of, persons, step_page, told

pages = Blueprint("writing", __name__, url_prefix="/submissions/<identifier>/write")
PART = f"/<any({','.join(part.value for part in Part)}):part>"


@pages.get("")
def index(identifier: str) -> ResponseReturnValue:
    """Show all parts, how far each is, and what would help readers most next."""
    account = current_account()
    view = services().submissions.get(account, identifier)
    if Action.EDIT not in view.steps:
        return redirect(url_for("submissions.show", identifier=identifier))
    body, shown = view.submission.body, parts_of(view)
    return render_template(
        "submissions/tasks.html",
        view=view,
        presented_at=services().events.named_by(account, body.event or ""),
        tasks=[task for task in tasks(body) if task.part in shown],
        completeness=completeness(body),
        beside=beside(None, (), view.submission),
    )


@pages.get(PART)
def show(identifier: str, part: str) -> ResponseReturnValue:
    """Go on writing one part; what cannot be changed now is shown instead."""
    view = services().submissions.get(current_account(), identifier)
    if Action.EDIT not in view.steps:
        return redirect(url_for("submissions.show", identifier=identifier))
    if Part(part) not in parts_of(view):
        return redirect(url_for("writing.index", identifier=identifier))
    return step_page(CaseForm.editing(view.submission, view.revision, STEPS[Part(part)], view.base), view)


@pages.post(PART)
def save(identifier: str, part: str) -> ResponseReturnValue:
    """Keep what was written. Where somebody saved the same part meanwhile, show both texts; saving again is a decision."""
    account, submissions = current_account(), services().submissions
    view = submissions.get(account, identifier)
    form = _sent(view, Part(part))
    if form.op.startswith(TAKE):
        return _take(form, view)
    if asked_aside(form):
        return step_page(form, view)
    saved = form.attempt(lambda body: submissions.save(account, identifier, form.revision, body), persons)
    if saved is not None:
        return after_saving(form, saved, Part(part))
    view = submissions.get(account, identifier)
    if form.stale and form.body:
        form.join(submissions.joined(account, identifier, form.revision, form.body), view.revision)
    return step_page(form, view)


@pages.get("/check")
def check(identifier: str) -> ResponseReturnValue:
    """Show everything as readers will, who they are, and what was found."""
    account = current_account()
    view = services().submissions.get(account, identifier)
    if Action.SUBMIT not in view.steps:
        return redirect(url_for("submissions.show", identifier=identifier))
    body, target = view.submission.body, view.submission.target
    findings = services().text_checks.of_case(account, body)
    return render_template(
        "submissions/check.html",
        view=view,
        findings=findings,
        beside=beside(body, findings),
        related=services().related.to_draft(account, body, case=target),
        people=services().persons.nameable(account, body.audience.persons),
        **told(view),
    )


@pages.route("/meanwhile", methods=["GET", "POST"])
def bring_up(identifier: str) -> ResponseReturnValue:
    """Bring into a change what was published since it was begun."""
    account, submissions = current_account(), services().submissions
    view = submissions.get(account, identifier)
    if Action.EDIT not in view.steps or not view.behind:
        return redirect(url_for("submissions.show", identifier=identifier))
    form = BringingUp(view)
    saved = form.attempt(
        lambda: submissions.save(account, identifier, form.number, form.body, based_on=form.published)
    )
    if saved is None:
        return render_template("submissions/meanwhile.html", form=form, view=view), form.status
    return redirect(url_for("writing.index", identifier=identifier))


def _sent(view: SubmissionView, part: Part) -> CaseForm:
    """Give the page of a part as it was sent, upon the text that its writer had before them."""
    written = services().submissions.text(current_account(), view.id, revision_in(request.form))
    form = CaseForm.sent(request.form, originator=not view.is_change, step=STEPS[part], written=written)
    form.others_wrote = written != view.submission.body
    return form


def _take(form: CaseForm, view: SubmissionView) -> ResponseReturnValue:
    """Put the other text of one part into the form, and show what is still to be decided; nothing is saved yet."""
    stored = services().submissions.text(current_account(), view.id, form.revision)
    form.take(stored, form.op.removeprefix(TAKE))
    form.body, form.stale = form.value(persons), True
    return step_page(form, view)
