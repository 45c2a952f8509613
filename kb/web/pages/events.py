"""Events: what they are about, who presented what, and what their organisers do."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from kb.domain.errors import Forbidden
from kb.domain.permission import RULES, Permission, demand, permits
from kb.domain.workflow import Action
from kb.services.events import EventView
from kb.web.current import current_account, services
from kb.web.forms.curation import RecordReasonForm
from kb.web.forms.event import AnnouncementForm, EventEditForm
from kb.web.matrix import EventMatrix
from kb.web.past import past_of
from kb.web.record_steps import asked_again, asked_for_marking, gone_on, still_seen
from kb.web.story import story_of

pages = Blueprint("events", __name__, url_prefix="/events")

BOTH = ["GET", "POST"]
DONE: dict[Action, LazyString] = {
    Action.CANCEL: _l("The event is cancelled; its page says so."),
    Action.RETIRE: _l("The event is retired."),
    Action.REINSTATE: _l("The event stands again."),
}
"""What is said when a step is done."""


@pages.get("")
def index() -> ResponseReturnValue:
    """List the events, with their calls and workshops."""
    account = current_account()
    return render_template(
        "events/index.html",
        lines=services().events.list(account),
        can_announce=permits(account, Permission.ORGANISE_EVENT),
    )


@pages.get("/<identifier>")
def show(identifier: str) -> ResponseReturnValue:
    """Show an event: its call, its programme and who presented what."""
    view = services().events.get(current_account(), identifier)
    return render_template("events/show.html", view=view, event=view.event)


@pages.get("/<identifier>/history")
def history(identifier: str) -> ResponseReturnValue:
    """Show the revisions of an event."""
    account = current_account()
    return render_template(
        "events/history.html",
        view=services().events.get(account, identifier),
        lines=services().events.history(account, identifier),
        **past_of("events", identifier),
    )


@pages.get("/<identifier>/revisions/<int:number>")
def revision(identifier: str, number: int) -> ResponseReturnValue:
    """Show an old revision."""
    account = current_account()
    view = services().events.revision(account, identifier, number)
    now = services().events.get(account, identifier).revision
    return render_template("events/revision.html", view=view, event=view.event, now=now)


@pages.get("/<identifier>/differences/<int:before>/<int:after>")
def difference(identifier: str, before: int, after: int) -> ResponseReturnValue:
    """Show what changed between two revisions."""
    comparison = services().events.difference(current_account(), identifier, before, after)
    return render_template("events/difference.html", comparison=comparison, view=comparison.after)


@pages.get("/<identifier>/board")
def board(identifier: str) -> ResponseReturnValue:
    """Show an organiser how everything stands that was submitted to the event."""
    found = services().events.board(current_account(), identifier)
    return render_template("events/board.html", board=found, view=found.view)


@pages.get("/<identifier>/reader")
def reader(identifier: str) -> ResponseReturnValue:
    """Show the papers of the event in one piece, for printing."""
    wanted = "discussion" in request.args
    found = services().event_papers.get(current_account(), identifier, discussed=wanted)
    stories = {paper.view.id: story_of(paper.view.case) for paper in found.papers}
    return render_template(
        "events/reader.html", reader=found, view=found.view, event=found.view.event, stories=stories
    )


@pages.get("/<identifier>/in-common")
def in_common(identifier: str) -> ResponseReturnValue:
    """Show what the cases of the event have in common, and what came of them."""
    found = services().in_common.get(current_account(), identifier)
    return render_template(
        "events/in_common.html",
        common=found,
        matrix=EventMatrix(found),
        view=found.view,
        event=found.view.event,
    )


@pages.route("/new", methods=BOTH)
def announce() -> ResponseReturnValue:
    """Announce an event."""
    account = demand(current_account(), Permission.ORGANISE_EVENT)
    blank = services().event_acts.blank(account)
    form = AnnouncementForm(blank, account, services().persons.nameable(account))
    view = form.attempt(lambda: services().event_acts.announce(account, form.announced))
    if view is None:
        return render_template("events/new.html", form=form), form.status
    return gone_on(url_for("events.show", identifier=view.id), _("The event is announced."))


@pages.route("/<identifier>/edit", methods=BOTH)
def edit(identifier: str) -> ResponseReturnValue:
    """Change the words of an event; who saves second sees both."""
    account, view = current_account(), _organised(identifier)
    form = EventEditForm(view.event, view.revision)
    done = form.attempt(
        lambda: services().event_acts.edit(
            account, identifier, form.revision.data or 0, form.words, form.note.data or ""
        )
    )
    if done is None:
        return asked_again("events/edit.html", form, view)
    return gone_on(url_for("events.show", identifier=identifier), _("Saved."))


@pages.route("/<identifier>/cancel", methods=BOTH)
def cancel(identifier: str) -> ResponseReturnValue:
    """Say that an event does not take place."""
    return _with_reason(identifier, Action.CANCEL)


@pages.route("/<identifier>/retire", methods=BOTH)
def retire(identifier: str) -> ResponseReturnValue:
    """Take an event out of the list."""
    return _with_reason(identifier, Action.RETIRE)


@pages.route("/<identifier>/reinstate", methods=BOTH)
def reinstate(identifier: str) -> ResponseReturnValue:
    """Bring an event back."""
    return _with_reason(identifier, Action.REINSTATE)


@pages.route("/<identifier>/marking", methods=BOTH)
def remark(identifier: str) -> ResponseReturnValue:
    """Change whom an event reaches."""
    return asked_for_marking("events", _organised(identifier), services().event_acts.remark)


def _with_reason(identifier: str, action: Action) -> ResponseReturnValue:
    account, view = current_account(), _organised(identifier)
    form = RecordReasonForm(revision=view.revision)
    done = form.attempt(
        lambda: services().event_acts.step(
            account, identifier, form.revision.data or 0, action, form.reason.data or ""
        )
    )
    if done is None:
        return asked_again("events/step.html", form, view, action=action)
    return gone_on(still_seen("events", done), DONE[action])


def _organised(identifier: str) -> EventView:
    """Give an event to its organisers; what cannot be done with it now is the service's answer."""
    view = services().events.get(current_account(), identifier)
    if not view.organises:
        raise Forbidden(RULES[Permission.EDIT_EVENT].refusal)
    return view
