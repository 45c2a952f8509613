"""Changes of published cases: a whole text to work on, one lesson more, or an old text brought back."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kb.domain.entry import Entry
from kb.domain.lesson import LessonKind
from kb.domain.workflow import SubmissionStatus
from kb.services.submissions import is_editable
from kb.web.aside import asked_aside
from kb.web.current import current_account, services
from kb.web.forms.case import CaseForm
from kb.web.forms.typed import Typed, TypedLesson
from kb.web.writing import form_page, persons

pages = Blueprint("changes", __name__, url_prefix="/cases/<case>")

ONE_MORE = "submissions/one_more.html"


@pages.get("/change")
def change(case: str) -> ResponseReturnValue:
    """Say what a change is, and show those that were begun."""
    base, _number = services().submissions.base_of_change(current_account(), case)
    return render_template("submissions/change.html", base=base, case_id=case, unfinished=_unfinished(case))


@pages.post("/change")
def begin(case: str) -> ResponseReturnValue:
    """Begin a change with the published text; readers keep that meanwhile."""
    account = current_account()
    base, number = services().submissions.base_of_change(account, case)
    view = services().submissions.create_change(account, case, number, base)
    return redirect(url_for("writing.index", identifier=view.id))


@pages.get("/add-lesson")
def add_lesson(case: str) -> ResponseReturnValue:
    """Show the form of a single lesson of the kind asked for."""
    base, _number = services().submissions.base_of_change(current_account(), case)
    kinds = {kind.value: kind for kind in LessonKind}
    kind = kinds.get(request.args.get("kind", ""), LessonKind.DIFFICULTY)
    form = CaseForm.one_more(base, TypedLesson(kind=kind))
    return _one_more(form, case, unfinished=_unfinished(case))


@pages.post("/add-lesson")
def create_lesson(case: str) -> ResponseReturnValue:
    """Begin a change that holds the published text and this lesson."""
    account = current_account()
    base, number = services().submissions.base_of_change(account, case)
    sent = Typed.read(request.form).lessons or (TypedLesson(),)
    form = CaseForm.one_more(base, sent[0])
    if asked_aside(form):
        return _one_more(form, case)
    view = form.attempt(
        lambda body: services().submissions.create_change(account, case, number, body), persons
    )
    if view is None:
        return _one_more(form, case)
    flash(_("The lesson is saved as a change of the case. It is not submitted yet."), "success")
    return redirect(url_for("writing.check", identifier=view.id))


@pages.post("/restore/<int:number>")
def restore(case: str, number: int) -> ResponseReturnValue:
    """Begin a change that brings an old text back."""
    view = services().submissions.restore(current_account(), case, number)
    flash(_("The old text stands in a change now. Look it over, then submit it."), "success")
    return redirect(url_for("submissions.show", identifier=view.id))


def _one_more(form: CaseForm, case: str, unfinished: tuple[Entry, ...] = ()) -> ResponseReturnValue:
    base, _number = services().submissions.base_of_change(current_account(), case)
    kinds = tuple(LessonKind)
    return form_page(ONE_MORE, form, base=base, case_id=case, kinds=kinds, unfinished=unfinished)


def _unfinished(case: str) -> tuple[Entry, ...]:
    """Give the changes of the case that the author is writing already."""
    written = services().submissions.mine(current_account())
    return tuple(
        each for each in written if each.target == case and is_editable(SubmissionStatus(each.status))
    )
