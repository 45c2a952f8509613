"""The form by which an owner says that a case is still true."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import DateField
from wtforms.validators import Optional

from kb.web.forms.decisions import StepForm


class StillTrueForm(StepForm):
    """Confirms the revision that was shown; without a date, for a year."""

    review_by = DateField(_l("Look at it again by"), [Optional()])
