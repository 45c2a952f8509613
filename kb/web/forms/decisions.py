"""The small forms around a submission: submitting it, and a coordinator's decision."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField
from wtforms.validators import Length

from kb.domain.text import PROSE_LENGTH
from kb.web.forms.base import Form


class StepForm(Form):
    """A step that is taken on the text that was shown, whose number travels hidden."""

    revision = HiddenField()

    @property
    def number(self) -> int:
        """Give the revision that the actor saw; 0 is none."""
        text = self.revision.data or ""
        return int(text) if text.isdecimal() and len(text) < 5 else 0


class DecisionForm(StepForm):
    """A coordinator's decision, with what the author is told."""

    reason = TextAreaField(
        _l("What should change, or why it is declined"), validators=[Length(max=PROSE_LENGTH)]
    )
