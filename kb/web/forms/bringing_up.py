"""The form that brings into a change what was published since it was begun, part by part."""

from __future__ import annotations

from typing import NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectMultipleField
from wtforms.validators import ValidationError

from kb.domain.case_study import CaseStudy
from kb.domain.difference import FieldDifference
from kb.services.submission_view import SubmissionView
from kb.web.forms.base import choices
from kb.web.forms.case import CaseForm
from kb.web.forms.comparing import is_of, touched
from kb.web.forms.decisions import StepForm


class News(NamedTuple):
    """A part that was published in other words; `both` says that the change alters it, too."""

    path: str
    fields: tuple[FieldDifference, ...]
    both: bool


class BringingUp(StepForm):
    """Which parts to take as they are published now; the others stay as the change has them."""

    based_on = HiddenField()
    take = SelectMultipleField(_l("Take as published"), validate_choice=False)

    def __init__(self, view: SubmissionView) -> None:
        own = touched(view.changes)
        self.news = tuple(
            News(
                path,
                tuple(each for each in view.meanwhile if is_of(path, each.path)),
                path in own,
            )
            for path in touched(view.meanwhile)
        )
        super().__init__(
            data={
                "revision": view.revision,
                "based_on": view.published,
                "take": [each.path for each in self.news if not each.both],
            }
        )
        self.take.choices = choices((each.path, each.path) for each in self.news)
        self._view = view

    @property
    def published(self) -> int:
        """Give the published revision that was shown."""
        text = str(self.based_on.data or "")
        return int(text) if text.isdecimal() and len(text) < 5 else 0

    @property
    def body(self) -> CaseStudy:
        """Give the change with the parts that were chosen as they are published."""
        form = CaseForm.of(self._view.submission.body, originator=False)
        for each in self.news:
            if self._view.now and each.path in (self.take.data or ()):
                form.take(self._view.now, each.path)
        return form.value(lambda _: {}) or self._view.submission.body

    def validate_based_on(self, _field: HiddenField) -> None:
        """Refuse what was chosen over another published text than the one of now."""
        if self.published != self._view.published:
            raise ValidationError(
                _("The case was published once more meanwhile. Look at what is new, then choose again.")
            )
