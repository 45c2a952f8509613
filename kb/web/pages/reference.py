"""Keeping reference records: the same steps for resources, instruments and the legislation of countries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from kb.domain.account import Account
from kb.domain.entry import Entry
from kb.domain.instrument import Instrument
from kb.domain.jurisdiction import Jurisdiction
from kb.domain.permission import Permission, demand
from kb.domain.record import Kind
from kb.domain.reference import Reference, reference_after
from kb.domain.resource import Resource
from kb.domain.workflow import Action
from kb.services.reference_view import ReferenceView
from kb.web.current import current_account, services
from kb.web.forms.curation import RecordReasonForm
from kb.web.forms.instrument import InstrumentForm
from kb.web.forms.jurisdiction import JurisdictionForm
from kb.web.forms.reference import ConfirmForm
from kb.web.forms.resource import ResourceForm
from kb.web.presenting import day, vocabulary
from kb.web.record_steps import asked_again, gone_on

pages = Blueprint("reference", __name__)

BOTH = ["GET", "POST"]
RECORD = "/<any(resources, instruments, legislation):shelf>/<identifier>"
WordsForm = ResourceForm | InstrumentForm | JurisdictionForm


class Shelf(NamedTuple):
    """Where records of a kind stand: the name of their list, the page of one, and the word for one."""

    kind: Kind
    title: LazyString
    noun: LazyString
    listing: str
    page: str


SHELVES: Mapping[str, Shelf] = {
    "resources": Shelf(
        Kind.RESOURCE, _l("Resources"), _l("this resource"), "resources.index", "resources.show"
    ),
    "instruments": Shelf(
        Kind.INSTRUMENT, _l("Instruments"), _l("this instrument"), "instruments.index", "instruments.show"
    ),
    "legislation": Shelf(
        Kind.JURISDICTION, _l("Legislation"), _l("this country"), "legislation.index", "legislation.show"
    ),
}
"""By the first word of an address."""
SHELF_OF = {shelf.kind: name for name, shelf in SHELVES.items()}
DONE: Mapping[Action, LazyString] = {
    Action.EDIT: _l("Saved."),
    Action.RETIRE: _l("Retired. It stands in no list any more; its page stays, with your reason."),
    Action.REINSTATE: _l("It is back."),
}
"""What is said when a step is done."""


@pages.app_template_global("shelf_of")
def shelf_of(view: ReferenceView[Reference]) -> Shelf:
    """Give where a record stands."""
    return SHELVES[SHELF_OF[view.kind]]


@pages.app_template_global("reference_url")
def reference_url(view: ReferenceView[Reference], step: str = "", **numbers: int) -> str:
    """Give the address of a record, or of a step that is taken with it."""
    return _address(view.kind, view.id, step, **numbers)


@pages.app_template_global("entry_url")
def entry_url(entry: Entry, step: str = "") -> str:
    """Give the address of a record that stands in a list, or where it is answered that it is still true."""
    if entry.kind is Kind.PRACTICE:
        return url_for("practices.edit" if step else "practices.show", identifier=entry.id)
    return _address(entry.kind, entry.id, step)


def _address(kind: Kind, identifier: str, step: str, **numbers: int) -> str:
    identifier = identifier.upper() if kind is Kind.JURISDICTION else identifier
    if step:
        named: dict[str, Any] = {"shelf": SHELF_OF[kind], "identifier": identifier, **numbers}
        return url_for(f"reference.{step}", **named)
    shelf = SHELVES[SHELF_OF[kind]]
    if kind is Kind.JURISDICTION:
        return url_for(shelf.page, country=identifier)
    return url_for(shelf.page, identifier=identifier)


@pages.route(f"{RECORD}/edit", methods=BOTH)
def edit(shelf: str, identifier: str) -> ResponseReturnValue:
    """Change the words of a record, or write the first about a channel or country; who saves second sees both."""
    account, view = _kept(shelf, identifier, Action.EDIT)
    form = form_of(view, account)
    done = form.attempt(
        lambda: services().reference_acts.edit(
            account, view.id, form.revision.data or 0, form.words, form.note.data or ""
        )
    )
    if done is None:
        return asked_again(f"{shelf}/edit.html", form, view)
    return gone_on(reference_url(done), DONE[Action.EDIT])


@pages.route(f"{RECORD}/confirm", methods=BOTH)
def confirm(shelf: str, identifier: str) -> ResponseReturnValue:
    """Say that a record was looked at today and is still true."""
    account, view = _kept(shelf, identifier, Action.CONFIRM)
    form = ConfirmForm(revision=view.revision, review_by=services().still_true.proposed())
    act = partial(services().reference_acts.confirm, account, view.kind, view.id)
    date: dt.date | None = form.attempt(lambda: act(form.revision.data or 0, form.review_by.data))
    if date is None:
        return asked_again("reference/confirm.html", form, view)
    sentence = _("Kept as still true. You are asked again before %(date)s.", date=day(date))
    return gone_on(reference_url(view), sentence)


@pages.route(f"{RECORD}/retire", methods=BOTH)
def retire(shelf: str, identifier: str) -> ResponseReturnValue:
    """Take a record out of lists and search, with a reason."""
    return _with_reason(shelf, identifier, Action.RETIRE, services().reference_acts.retire)


@pages.route(f"{RECORD}/reinstate", methods=BOTH)
def reinstate(shelf: str, identifier: str) -> ResponseReturnValue:
    """Bring a retired record back."""
    return _with_reason(shelf, identifier, Action.REINSTATE, services().reference_acts.reinstate)


@pages.get(f"{RECORD}/history")
def history(shelf: str, identifier: str) -> ResponseReturnValue:
    """Show the revisions of a record."""
    account, kind = current_account(), SHELVES[shelf].kind
    view = services().reference.get(account, kind, identifier.lower())
    return render_template(
        "reference/history.html",
        view=view,
        lines=services().reference.history(account, kind, view.id),
        revision_url=lambda number: reference_url(view, "revision", number=number),
        difference_url=lambda before, after: reference_url(view, "difference", before=before, after=after),
    )


@pages.get(f"{RECORD}/revisions/<int:number>")
def revision(shelf: str, identifier: str, number: int) -> ResponseReturnValue:
    """Show an old revision."""
    account, kind, name = current_account(), SHELVES[shelf].kind, identifier.lower()
    view = services().reference.revision(account, kind, name, number)
    now = services().reference.get(account, kind, name).revision
    asked = services().reference.questions(account)
    return render_template(
        "reference/revision.html", view=view, now=now, questions=asked, words=f"{shelf}/parts.html"
    )


@pages.get(f"{RECORD}/differences/<int:before>/<int:after>")
def difference(shelf: str, identifier: str, before: int, after: int) -> ResponseReturnValue:
    """Show what changed between two revisions."""
    name = identifier.lower()
    found = services().reference.difference(current_account(), SHELVES[shelf].kind, name, before, after)
    return render_template("reference/difference.html", comparison=found, view=found.after)


def form_of(view: ReferenceView[Reference], account: Account) -> WordsForm:
    """Give the form that shows a record."""
    match view.record:
        case Instrument():
            return InstrumentForm(view.record, vocabulary(), account.language, view.revision)
        case Jurisdiction():
            asked = services().reference.questions(account)
            return JurisdictionForm(view.record, asked, view.revision)
    assert isinstance(view.record, Resource)
    return ResourceForm(view.record, vocabulary(), account.language, view.revision)


def _kept(shelf: str, identifier: str, action: Action) -> tuple[Account, ReferenceView[Reference]]:
    """Give a record to somebody who keeps it, where this step can be taken now."""
    account = demand(current_account(), Permission.KEEP_REFERENCE)
    view = services().reference.to_write(account, SHELVES[shelf].kind, identifier.lower())
    reference_after(action, view.record.status, reason="-")
    return account, view


def _with_reason(
    shelf: str, identifier: str, action: Action, act: Callable[..., ReferenceView[Reference]]
) -> ResponseReturnValue:
    account, view = _kept(shelf, identifier, action)
    form = RecordReasonForm(revision=view.revision)
    done = form.attempt(
        lambda: act(account, view.kind, view.id, form.revision.data or 0, form.reason.data or "")
    )
    if done is None:
        return asked_again(f"reference/{action.value}.html", form, view)
    return gone_on(reference_url(done), DONE[action])
