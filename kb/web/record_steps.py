"""What comes after a step with a record: its form once more, over what stands now, or on to where one can still look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kb.domain.account import Account
from kb.domain.marking import Audience
from kb.domain.record import Record
from kb.web.current import current_account, services
from kb.web.forms.curation import CurationForm, RecordMarkingForm


class Shown(Protocol):
    """A record's page, as a form was shown with it."""

    @property
    def revision(self) -> int:
        """Give the number of the revision."""


class Kept(Shown, Protocol):
    """A record's page, with what is kept of it."""

    @property
    def id(self) -> str:
        """Give the record's id."""

    @property
    def record(self) -> Record:
        """Give the text as the reader may see it."""


View = TypeVar("View", bound=Kept)
Remark = Callable[[Account, str, int, Audience, str], View]
"""Changes whom a revision of a record reaches, with a reason."""


def asked_again(template: str, form: CurationForm, view: Shown, **more: object) -> ResponseReturnValue:
    """Show a form with every word in it; where somebody was faster, the next try stands on what they saved."""
    form.bring_up(view.revision)
    return render_template(template, form=form, view=view, **more), form.status


def gone_on(address: str, sentence: object) -> ResponseReturnValue:
    """Say what was done, and go on."""
    flash(str(sentence), "success")
    return redirect(address)


def still_seen(pages: str, done: Kept) -> str:
    """Give the page of a record, or the list of its kind where the actor does not see it any more."""
    seen = current_account().viewer.sees(done.record.readers)
    return url_for(f"{pages}.show", identifier=done.id) if seen else url_for(f"{pages}.index")


def asked_for_marking(pages: str, view: View, remark: Remark[View]) -> ResponseReturnValue:
    """Change whom a record reaches, to somebody who may; or ask to whom, over what stands now."""
    account, record = current_account(), view.record
    people = services().persons.nameable(account, record.audience.persons)
    form = RecordMarkingForm(record, account, people, view.revision)
    done = form.attempt(
        lambda: remark(account, view.id, form.revision.data or 0, form.audience, form.reason.data or "")
    )
    if done is None:
        return asked_again(f"{pages}/marking.html", form, view)
    return gone_on(still_seen(pages, done), _("The marking is changed."))
