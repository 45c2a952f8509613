"""Applications, or "I applied this": saying so of a practice or a solution, and correcting or taking back what one has said."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kb.services.applications import Subject
from kb.web.current import current_account, services
from kb.web.forms.practice import ApplicationForm, PracticeStepForm, told_given
from kb.web.record_steps import asked_again, gone_on

pages = Blueprint("applications", __name__)

BOTH = ["GET", "POST"]


@pages.get("/applications")
def index() -> ResponseReturnValue:
    """List what one has applied."""
    views = services().applications.mine(current_account())
    return render_template("applications/index.html", views=views, form=PracticeStepForm())


@pages.route("/practices/<identifier>/applied", methods=BOTH)
def of_practice(identifier: str) -> ResponseReturnValue:
    """Say that one applied a practice."""
    return _apply(services().applications.subject(current_account(), practice=identifier))


@pages.route("/cases/<identifier>/lessons/<key>/applied", methods=BOTH)
def of_solution(identifier: str, key: str) -> ResponseReturnValue:
    """Say that one applied a solution."""
    return _apply(services().applications.subject(current_account(), solution=f"{identifier}/{key}"))


@pages.route("/applications/<identifier>/edit", methods=BOTH)
def correct(identifier: str) -> ResponseReturnValue:
    """Correct what one has said."""
    account, applications = current_account(), services().applications
    view = applications.get(account, identifier)
    subject = applications.subject(
        account, practice=view.application.practice, solution=view.application.solution
    )
    given = told_given(view.application)
    form = ApplicationForm(subject.offered, revision=view.revision, **given)
    done = form.attempt(lambda: applications.correct(account, identifier, form.revision.data or 0, form.told))
    if done is None:
        return asked_again("applications/edit.html", form, view, subject=subject)
    return gone_on(_address(subject), _("It is corrected."))


@pages.post("/applications/<identifier>/withdraw")
def withdraw(identifier: str) -> ResponseReturnValue:
    """Take back what one has said."""
    account, form = current_account(), PracticeStepForm()
    done = form.attempt(
        lambda: services().applications.withdraw(account, identifier, form.revision.data or 0)
    )
    if done is None:
        views = services().applications.mine(account)
        return render_template("applications/index.html", views=views, form=form), form.status
    return gone_on(url_for("applications.index"), _("It is withdrawn, and counts nowhere any more."))


def _apply(subject: Subject) -> ResponseReturnValue:
    account, applications = current_account(), services().applications
    form = ApplicationForm(subject.offered, month=applications.this_month())
    done = form.attempt(lambda: applications.apply(account, subject, form.told))
    if done is None:
        return render_template("applications/new.html", form=form, subject=subject), form.status
    return gone_on(_address(subject), _("Thank you. It is counted, and others can read it."))


def _address(subject: Subject) -> str:
    if subject.practice:
        return url_for("practices.show", identifier=subject.practice)
    case, key = (subject.solution or "/").split("/")
    return url_for("lessons.show", identifier=case, key=key)
