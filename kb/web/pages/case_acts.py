"""What is done to a published case at once: tags, retiring and bringing back, the marking."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from kb.domain.errors import Forbidden
from kb.domain.permission import RULES, Permission
from kb.services.cases import CaseView
from kb.web.current import current_account, services
from kb.web.forms.case_acts import MarkingForm, ReasonForm, SupersedeForm, TagForm
from kb.web.presenting import slug, vocabulary
from kb.web.story import story_of

pages = Blueprint("case_acts", __name__, url_prefix="/cases")

BOTH = ["GET", "POST"]
ACTS: dict[str, tuple[Permission, LazyString]] = {
    "retire": (Permission.RETIRE_CASE, _l("The case is retired.")),
    "supersede": (Permission.RETIRE_CASE, _l("The case is superseded.")),
    "unpublish": (Permission.RETIRE_CASE, _l("The case is taken from readers.")),
    "reinstate": (Permission.RETIRE_CASE, _l("The case is back in search.")),
    "marking": (Permission.REMARK_CASE, _l("The marking is changed.")),
}
"""Who is shown the form of an act, and what is said when it is done."""


@pages.post("/<identifier>/tags")
def retag(identifier: str) -> ResponseReturnValue:
    """Put a tag on the case or a lesson, or take one off."""
    account = current_account()
    form = TagForm(vocabulary(), account.language)
    lesson = form.lesson.data or None
    view = form.attempt(
        lambda: services().case_acts.retag(
            account, identifier, lesson=lesson, add=form.added, remove=form.removed
        )
    )
    if view is None:
        view = services().cases.get(account, identifier)
        story = story_of(view.case)
        page = render_template("cases/show.html", view=view, case=view.case, story=story, tag_form=form)
        return page, form.status
    flash(_("The tags are changed."), "success")
    return redirect(_address(view, anchor=lesson))


@pages.route("/<identifier>/retire", methods=BOTH)
def retire(identifier: str) -> ResponseReturnValue:
    """Take a case out of search, with a reason."""
    account, form = current_account(), ReasonForm()
    done = form.attempt(lambda: services().case_acts.retire(account, identifier, form.reason.data or ""))
    return _answer("retire", identifier, form, done)


@pages.route("/<identifier>/supersede", methods=BOTH)
def supersede(identifier: str) -> ResponseReturnValue:
    """Say which case takes its place."""
    account, form = current_account(), SupersedeForm()
    done = form.attempt(
        lambda: services().case_acts.supersede(
            account, identifier, form.by.data or "", form.reason.data or ""
        )
    )
    return _answer("supersede", identifier, form, done)


@pages.route("/<identifier>/unpublish", methods=BOTH)
def unpublish(identifier: str) -> ResponseReturnValue:
    """Take a case from readers, with a reason."""
    account, form = current_account(), ReasonForm()
    done = form.attempt(lambda: services().case_acts.unpublish(account, identifier, form.reason.data or ""))
    return _answer("unpublish", identifier, form, done)


@pages.route("/<identifier>/reinstate", methods=BOTH)
def reinstate(identifier: str) -> ResponseReturnValue:
    """Bring a retired or superseded case back."""
    account, form = current_account(), ReasonForm()
    done = form.attempt(lambda: services().case_acts.reinstate(account, identifier, form.reason.data or ""))
    return _answer("reinstate", identifier, form, done)


@pages.route("/<identifier>/marking", methods=BOTH)
def remark(identifier: str) -> ResponseReturnValue:
    """Change who may see the case."""
    account = current_account()
    view = services().cases.get(account, identifier)
    people = services().persons.nameable(account, view.case.audience.persons)
    form = MarkingForm(view.case, account, people)
    done = form.attempt(
        lambda: services().case_acts.remark(account, identifier, form.audience, form.reason.data or "")
    )
    return _answer("marking", identifier, form, done)


def _answer(
    act: str, identifier: str, form: ReasonForm | SupersedeForm | MarkingForm, done: CaseView | None
) -> ResponseReturnValue:
    """Show the form of an act to those who may do it; afterwards go where the actor can still look."""
    account = current_account()
    permission, sentence = ACTS[act]
    if done is not None:
        flash(str(sentence), "success")
        seen = account.viewer.sees(done.case.readers)
        return redirect(_address(done) if seen else url_for("cases.index"))
    view = services().cases.get(account, identifier)
    if permission not in view.can:
        raise Forbidden(RULES[permission].refusal)
    return render_template(f"cases/{act}.html", form=form, view=view, case=view.case), form.status


def _address(view: CaseView, anchor: str | None = None) -> str:
    return url_for("cases.show", identifier=view.id, slug=slug(view.case.title), _anchor=anchor)
