"""Forms of steps with a record that others may take at the same moment: each knows over which revision it was shown."""

from __future__ import annotations

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, StringField
from wtforms.widgets import HiddenInput

from kb.domain.account import Account
from kb.domain.errors import StaleRevision
from kb.domain.record import Record
from kb.services.persons import Person
from kb.web.forms.base import STATUS_OF, Form
from kb.web.forms.case_acts import REASON, MarkingForm

LOOK, FIND = "look", "find"
"""Buttons that send a form to be looked at again, and to change nothing."""


class CurationForm(Form):
    """A step with a record; `revision` is the one that the page was shown with."""

    revision = IntegerField(default=0, widget=HiddenInput())
    overtaken: int | None = None
    """The revision that was the last one when the page was shown, where somebody saved another meanwhile."""

    def bring_up(self, revision: int) -> None:
        """After a refusal because somebody was faster, let the next try stand on what is shown beside it now."""
        if self.stale:
            self.overtaken = self.revision.data
            self.revision.data, self.revision.raw_data = revision, None

    @property
    def looks(self) -> bool:
        """Say whether the form was sent to see what it would do."""
        return request.form.get("op") == LOOK

    @property
    def finds(self) -> bool:
        """Say whether the form was sent to find something to choose."""
        return request.form.get("op") == FIND

    @property
    def stale(self) -> bool:
        """Say whether somebody saved meanwhile."""
        return self.status == STATUS_OF[StaleRevision]


class RecordReasonForm(CurationForm):
    """Retires a record, brings it back, or takes another step of which readers are told why."""

    reason = StringField(_l("Reason"), validators=REASON)


class RecordMarkingForm(MarkingForm, CurationForm):
    """Changes whom a record reaches."""

    def __init__(self, record: Record, account: Account, people: tuple[Person, ...], revision: int) -> None:
        super().__init__(record, account, people)
        if not self.is_submitted():
            self.revision.data = revision
