"""The form with which a coordinator puts a search in vain aside."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from kb.domain.text import LINE_LENGTH
from kb.web.forms.base import Form


class DealtWithForm(Form):
    """What was done about it."""

    note = StringField(
        _l("What was done about it"),
        [
            InputRequired(_l("Say what was done, so that the other coordinators know.")),
            Length(max=LINE_LENGTH),
        ],
        render_kw={"autocomplete": "off"},
    )
