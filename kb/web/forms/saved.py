"""Forms of saved searches."""

from __future__ import annotations

import datetime as dt

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length

from kb.domain.saved_search import LONGEST_NAME
from kb.web.forms.base import Form

_DIGITS = 11
"""Seconds since 1970 have no more of them until the year 5138."""


class RenameForm(Form):
    """Another name for a search."""

    name = StringField(
        _l("Name"),
        [InputRequired(_l("Give it a name.")), Length(max=LONGEST_NAME)],
        render_kw={"autocomplete": "off"},
    )


class SeenForm(Form):
    """Says that a list was read; `until` is when it was made, so that what came while reading stays new."""

    until = HiddenField()

    @classmethod
    def of(cls, until: dt.datetime) -> SeenForm:
        """Give the form for a list that was made then."""
        return cls(formdata=None, until=str(int(until.timestamp())))

    @property
    def moment(self) -> dt.datetime | None:
        """Give when the list was made; None for what is no time."""
        text = self.until.data or ""
        number = text.isascii() and text.isdecimal() and len(text) <= _DIGITS
        return dt.datetime.fromtimestamp(int(text), dt.UTC) if number else None
