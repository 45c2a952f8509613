"""What comes after a step with a record: its form once more, over what stands now, or on to where one can still look."""

from __future__ import annotations

from typing import Protocol

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from kb.domain.record import Record
from kb.web.current import current_account
from kb.web.forms.curation import CurationForm


class Shown(Protocol):
    """A record's page, as a form was shown with it."""

    @property
    def revision(self) -> int:
        """Give the number of the revision."""


def asked_again(template: str, form: CurationForm, view: Shown, **more: object) -> ResponseReturnValue:
    """Show a form with every word in it; where somebody was faster, the next try stands on what they saved."""
    form.bring_up(view.revision)
    return render_template(template, form=form, view=view, **more), form.status


def gone_on(address: str, sentence: object) -> ResponseReturnValue:
    """Say what was done, and go on."""
    flash(str(sentence), "success")
    return redirect(address)


def still_seen(pages: str, identifier: str, record: Record) -> str:
    """Give the page of a record, or the list of its kind where the actor does not see it any more."""
    seen = current_account().viewer.sees(record.readers)
    return url_for(f"{pages}.show", identifier=identifier) if seen else url_for(f"{pages}.index")
