"""Forms of a discussion: a question or an answer, and the reason for taking one out of view."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from kb.domain.text import LINE_LENGTH
from kb.web.forms.base import Form


class _PostForm(Form):
    """What a check found in a post is shown at the field, whichever post it was."""

    def _note(self, name: str, sentence: str) -> None:
        super()._note(name.rpartition(".")[2], sentence)


class WriteForm(_PostForm):
    """Asks or answers; the service says what is too little and too much."""

    text = TextAreaField(
        _l("What you want to say"), description=_l("No names, addresses or numbers of a case.")
    )


class HideForm(_PostForm):
    """Takes somebody's words out of view."""

    reason = StringField(
        _l("Reason"),
        validators=[InputRequired(_l("Say why; it stands where the text stood.")), Length(max=LINE_LENGTH)],
    )
