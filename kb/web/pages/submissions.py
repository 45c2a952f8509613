"""Writing a case, a change to one or one lesson more, and sending it in. Deciding about it is in `reviews`."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kb.domain.entry import Entry
from kb.domain.lesson import LessonKind
from kb.domain.workflow import Action, SubmissionStatus
from kb.services.submissions import is_editable
from kb.web.current import current_account, services
from kb.web.forms.case import CaseForm
from kb.web.forms.comparing import TAKE_PUBLISHED, TAKE_SAVED
from kb.web.forms.decisions import StepForm
from kb.web.forms.typed import Typed, TypedLesson, add
from kb.web.writing import after_saving, compared, form_page, persons, submission_page

pages = Blueprint("submissions", __name__)

EDIT, CHANGE, ONE_MORE = "submissions/edit.html", "submissions/change.html", "submissions/one_more.html"


@pages.get("/submit")
def new() -> ResponseReturnValue:
    """Show the form of a new case, and what the author wrote before."""
    account = current_account()
    form = CaseForm.of(services().submissions.blank(account), originator=True)
    form.typed = add(form.typed, LessonKind.DIFFICULTY.value)
    return form_page("submissions/new.html", form, mine=services().submissions.mine(account))


@pages.post("/submit")
def create() -> ResponseReturnValue:
    """Begin a new case."""
    account = current_account()
    form = CaseForm.sent(request.form, originator=True)
    view = form.attempt(lambda body: services().submissions.create(account, body), persons)
    if view is None:
        return form_page("submissions/new.html", form, mine=services().submissions.mine(account))
    return after_saving(form, view)


@pages.get("/submissions/<identifier>")
def show(identifier: str) -> ResponseReturnValue:
    """Show a submission with its status and what can be done."""
    return submission_page(services().submissions.get(current_account(), identifier))


@pages.get("/submissions/<identifier>/edit")
def edit(identifier: str) -> ResponseReturnValue:
    """Go on writing; what cannot be changed now is shown instead."""
    view = services().submissions.get(current_account(), identifier)
    if Action.EDIT not in view.steps:
        return redirect(url_for("submissions.show", identifier=identifier))
    return form_page(EDIT, CaseForm.editing(view.submission, view.revision, view.base), view)


@pages.post("/submissions/<identifier>/edit")
def save(identifier: str) -> ResponseReturnValue:
    """Keep what was written. Where somebody saved meanwhile, show both texts; saving again is then a decision."""
    account, submissions = current_account(), services().submissions
    known = submissions.get(account, identifier)
    form = CaseForm.sent(request.form, originator=not known.is_change)
    if form.op.startswith((TAKE_SAVED, TAKE_PUBLISHED)):
        return _take(form, identifier)
    view = form.attempt(
        lambda body: submissions.save(
            account, identifier, form.revision, body, based_on=form.based_on or None
        ),
        persons,
    )
    if view is not None:
        return after_saving(form, view)
    view = submissions.get(account, identifier)
    if not form.stale:
        return form_page(EDIT, form, view)
    form.revision, form.based_on = view.revision, max(form.based_on, view.submission.based_on)
    return form_page(EDIT, form, view, parts=compared(form, view.submission.body))


@pages.post("/submissions/<identifier>/submit")
def submit(identifier: str) -> ResponseReturnValue:
    """Send it in, or say everything that must be mended first."""
    account, form = current_account(), StepForm()
    view = form.attempt(lambda: services().submissions.submit(account, identifier, form.number))
    if view is None:
        return submission_page(services().submissions.get(account, identifier), step=form)
    flash(_("Submitted. Your receipt is %(receipt)s.", receipt=view.submission.receipt), "success")
    return redirect(url_for("submissions.show", identifier=identifier))


@pages.post("/submissions/<identifier>/withdraw")
def withdraw(identifier: str) -> ResponseReturnValue:
    """Give it up."""
    account, form = current_account(), StepForm()
    view = form.attempt(lambda: services().submissions.withdraw(account, identifier, form.number))
    if view is None:
        return submission_page(services().submissions.get(account, identifier), step=form)
    flash(_("Withdrawn. You can still read it here; nobody else can."), "success")
    return redirect(url_for("submissions.show", identifier=identifier))


@pages.get("/cases/<case>/change")
def change(case: str) -> ResponseReturnValue:
    """Show the published text in a form."""
    base, number = services().submissions.base_of_change(current_account(), case)
    form = CaseForm.of(base, originator=False, based_on=number)
    return form_page(CHANGE, form, base=base, case_id=case, unfinished=_unfinished(case))


@pages.post("/cases/<case>/change")
def create_change(case: str) -> ResponseReturnValue:
    """Begin a change; readers keep the published text meanwhile."""
    account = current_account()
    form = CaseForm.sent(request.form, originator=False)
    view = form.attempt(
        lambda body: services().submissions.create_change(account, case, form.based_on, body), persons
    )
    if view is None:
        base, _number = services().submissions.base_of_change(account, case)
        return form_page(CHANGE, form, base=base, case_id=case)
    return after_saving(form, view)


@pages.get("/cases/<case>/add-lesson")
def add_lesson(case: str) -> ResponseReturnValue:
    """Show the form of a single lesson of the kind asked for."""
    base, number = services().submissions.base_of_change(current_account(), case)
    kinds = {kind.value: kind for kind in LessonKind}
    kind = kinds.get(request.args.get("kind", ""), LessonKind.DIFFICULTY)
    form = CaseForm.one_more(base, number, TypedLesson(kind=kind))
    return form_page(ONE_MORE, form, base=base, case_id=case, unfinished=_unfinished(case))


@pages.post("/cases/<case>/add-lesson")
def create_lesson(case: str) -> ResponseReturnValue:
    """Begin a change that holds the published text and this lesson."""
    account = current_account()
    base, number = services().submissions.base_of_change(account, case)
    sent = Typed.read(request.form).lessons or (TypedLesson(),)
    form = CaseForm.one_more(base, number, sent[0])
    view = form.attempt(
        lambda body: services().submissions.create_change(account, case, number, body), persons
    )
    if view is None:
        return form_page(ONE_MORE, form, base=base, case_id=case)
    flash(_("The lesson is saved as a change of the case. It is not submitted yet."), "success")
    return redirect(url_for("submissions.show", identifier=view.id))


@pages.post("/cases/<case>/restore/<int:number>")
def restore(case: str, number: int) -> ResponseReturnValue:
    """Begin a change that brings an old text back."""
    view = services().submissions.restore(current_account(), case, number)
    flash(_("The old text stands in a change now. Look it over, then submit it."), "success")
    return redirect(url_for("submissions.show", identifier=view.id))


def _unfinished(case: str) -> tuple[Entry, ...]:
    """Give the changes of the case that the author is writing already."""
    written = services().submissions.mine(current_account())
    return tuple(
        each for each in written if each.target == case and is_editable(SubmissionStatus(each.status))
    )


def _take(form: CaseForm, identifier: str) -> ResponseReturnValue:
    """Put one part of the other text into the form, and show what still differs; nothing is saved yet."""
    view = services().submissions.get(current_account(), identifier)
    source, _colon, part = form.op.partition(":")
    if f"{source}:" == TAKE_PUBLISHED:
        form.take(view.now or view.submission.body, part)
        return form_page(EDIT, form, view)
    form.take(view.submission.body, part)
    form.revision, form.stale = view.revision, True
    return form_page(EDIT, form, view, parts=compared(form, view.submission.body))
