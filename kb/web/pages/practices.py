"""The register of good practices: reading it, proposing, and what coordinators and owners do with a practice."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from kb.domain.errors import Forbidden
from kb.domain.evidence import Strength
from kb.domain.permission import RULES, Permission, demand, permits
from kb.domain.practice import PRACTICE_STEPS, PracticeLabel, PracticeStatus
from kb.domain.query import Hit
from kb.domain.record_units import record_of
from kb.domain.workflow import Action
from kb.services.practices import PracticeFilter, PracticeLine, PracticeView
from kb.web.aside import all_unproposed, asked_aside
from kb.web.current import current_account, services
from kb.web.forms.curation import CurationForm, RecordReasonForm
from kb.web.forms.practice import (
    PracticeEditForm,
    PracticeStepForm,
    ProposalForm,
    words_given,
)
from kb.web.paging import page_number, pages_of
from kb.web.past import past_of
from kb.web.picker import picker_in_form
from kb.web.presenting import vocabulary
from kb.web.record_steps import asked_again, asked_for_marking, gone_on, still_seen

pages = Blueprint("practices", __name__, url_prefix="/practices")

BOTH = ["GET", "POST"]
PER_PAGE = 20
DONE: dict[Action, LazyString] = {
    Action.EDIT: _l("The words are saved. A coordinator who did not write them endorses them."),
    Action.ENDORSE: _l("The practice is endorsed; its readers have it now."),
    Action.RETIRE: _l("The practice is retired."),
    Action.REINSTATE: _l("The practice is back; another coordinator endorses it."),
}
"""What is said when a step is done."""


@pages.app_template_global("practice_line")
def practice_line(hit: Hit) -> PracticeLine | None:
    """Give what stands beside a practice that search found: how it did, where it stands, how strong the evidence is."""
    return services().practices.line(current_account(), record_of(hit.case).id)


@pages.get("")
def index() -> ResponseReturnValue:
    """List the register, filtered by how a practice did, how strong the evidence is, where it stands and what it helps with."""
    account, wanted = current_account(), _filter()
    lines = services().practices.list(account, wanted)
    page = page_number(request.args, pages_of(len(lines), PER_PAGE))
    asked = wanted.model_dump(mode="json", exclude_defaults=True)
    return render_template(
        "practices/index.html",
        lines=lines[(page - 1) * PER_PAGE : page * PER_PAGE],
        total=len(lines),
        wanted=wanted,
        choices={"label": PracticeLabel, "strength": Strength, "status": PracticeStatus},
        can_propose=permits(account, Permission.PROPOSE_PRACTICE),
        page=page,
        pages=pages_of(len(lines), PER_PAGE),
        url=lambda number: url_for("practices.index", **asked, page=number),
    )


@pages.get("/<identifier>")
def show(identifier: str) -> ResponseReturnValue:
    """Show a practice: statement first, then what speaks for it and against it."""
    view = services().practices.get(current_account(), identifier)
    return render_template(
        "practices/show.html",
        view=view,
        practice=view.practice,
        form=PracticeStepForm(revision=view.revision),
    )


@pages.get("/<identifier>/history")
def history(identifier: str) -> ResponseReturnValue:
    """Show the revisions of a practice."""
    account = current_account()
    return render_template(
        "practices/history.html",
        view=services().practices.get(account, identifier),
        lines=services().practices.history(account, identifier),
        **past_of("practices", identifier),
    )


@pages.get("/<identifier>/revisions/<int:number>")
def revision(identifier: str, number: int) -> ResponseReturnValue:
    """Show an old revision."""
    account = current_account()
    view = services().practices.revision(account, identifier, number)
    now = services().practices.get(account, identifier).revision
    return render_template("practices/revision.html", view=view, practice=view.practice, now=now)


@pages.get("/<identifier>/differences/<int:before>/<int:after>")
def difference(identifier: str, before: int, after: int) -> ResponseReturnValue:
    """Show what changed between two revisions."""
    comparison = services().practices.difference(current_account(), identifier, before, after)
    return render_template("practices/difference.html", comparison=comparison, view=comparison.after)


@pages.route("/new", methods=BOTH)
def create() -> ResponseReturnValue:
    """Propose a practice, from lessons that the address names or from nothing."""
    account = demand(current_account(), Permission.PROPOSE_PRACTICE)
    begun = services().practice_acts.begun(account, tuple(request.args.getlist("from")))
    people = services().persons.nameable(account, begun.audience.persons)
    form = ProposalForm(begun, vocabulary(), account, people)
    view = None
    if not asked_aside(form):
        view = form.attempt(lambda: services().practice_acts.propose(account, form.proposed))
    if view is None:
        return render_template("practices/new.html", form=form), form.status
    sentence = _("The practice is proposed. A coordinator who did not write it endorses it.")
    return gone_on(url_for("practices.show", identifier=view.id), sentence)


@pages.route("/<identifier>/edit", methods=BOTH)
def edit(identifier: str) -> ResponseReturnValue:
    """Change the words of a practice; who saves second sees both."""
    account, view = current_account(), _possible(identifier, Action.EDIT)
    given = words_given(view.practice)
    form = PracticeEditForm(vocabulary(), account.language, revision=view.revision, **given)
    done = None
    if not asked_aside(form):
        done = form.attempt(
            lambda: services().practice_acts.edit(
                account, identifier, form.revision.data or 0, form.words, form.note.data or ""
            )
        )
    return _answer(Action.EDIT, view, form, done)


@pages.context_processor
def pickers() -> dict[str, object]:
    """Let the form of a practice show pickers; one in which something was sought or proposed stays open."""
    return {"pick": picker_in_form, "looked": bool(request.form.get("op") or all_unproposed())}


@pages.post("/<identifier>/endorse")
def endorse(identifier: str) -> ResponseReturnValue:
    """Stand for a practice that somebody else wrote."""
    account, form = current_account(), PracticeStepForm()
    view = _possible(identifier, Action.ENDORSE)
    done = form.attempt(
        lambda: services().practice_acts.endorse(account, identifier, form.revision.data or 0)
    )
    if done is None:
        return asked_again("practices/show.html", form, view, practice=view.practice)
    return _answer(Action.ENDORSE, view, form, done)


@pages.route("/<identifier>/retire", methods=BOTH)
def retire(identifier: str) -> ResponseReturnValue:
    """Take a practice out of the register's first page and out of search, with a reason."""
    return _with_reason(identifier, Action.RETIRE)


@pages.route("/<identifier>/reinstate", methods=BOTH)
def reinstate(identifier: str) -> ResponseReturnValue:
    """Bring a retired practice back."""
    return _with_reason(identifier, Action.REINSTATE)


@pages.route("/<identifier>/marking", methods=BOTH)
def remark(identifier: str) -> ResponseReturnValue:
    """Change whom a practice reaches."""
    view = services().practices.get(current_account(), identifier)
    if not view.can_remark:
        raise Forbidden(RULES[Permission.REMARK_CASE].refusal)
    return asked_for_marking("practices", view, services().practice_acts.remark)


def _with_reason(identifier: str, action: Action) -> ResponseReturnValue:
    account, view = current_account(), _possible(identifier, action)
    form = RecordReasonForm(revision=view.revision)
    acts = services().practice_acts
    act = {Action.RETIRE: acts.retire, Action.REINSTATE: acts.reinstate}[action]
    done = form.attempt(lambda: act(account, identifier, form.revision.data or 0, form.reason.data or ""))
    return _answer(action, view, form, done)


def _answer(
    action: Action, view: PracticeView, form: CurationForm, done: PracticeView | None
) -> ResponseReturnValue:
    if done is None:
        return asked_again(f"practices/{action.value}.html", form, view)
    return gone_on(still_seen("practices", done), DONE[action])


def _possible(identifier: str, action: Action) -> PracticeView:
    """Give a practice to somebody who may ever take this step with it; whether it can be taken now is the service's answer."""
    view = services().practices.get(current_account(), identifier)
    step = PRACTICE_STEPS[action]
    if view.practice.status in step.sources and action not in view.can:
        raise Forbidden(RULES[step.permission].refusal)
    return view


def _filter() -> PracticeFilter:
    """Read the filters of the address; what is none of the list asks for nothing."""
    asked = request.args
    return PracticeFilter(
        label=next((each for each in PracticeLabel if each == asked.get("label")), None),
        strength=next((each for each in Strength if each == asked.get("strength")), None),
        status=next((each for each in PracticeStatus if each == asked.get("status")), None),
        difficulty=asked.get("difficulty", "")[:80],
    )
