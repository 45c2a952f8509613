"""The small forms on a submission's page: submitting, deciding, talking, and letting others in."""

from __future__ import annotations

from typing import ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from kb.domain.errors import StaleRevision
from kb.domain.text import LINE_LENGTH, PROSE_LENGTH
from kb.web.forms.base import STATUS_OF, Form

COMMENT_LENGTH = 4_000


class StepForm(Form):
    """A step that is taken on the text that was shown, whose number travels hidden.

    `place` tells the forms of one page apart: the one that comes back keeps its words, and its sentences stand beside it.
    """

    TYPED: ClassVar[str] = ""
    """The field that a person types into."""
    revision = HiddenField()

    @property
    def number(self) -> int:
        """Give the revision that the actor saw; 0 is none."""
        text = self.revision.data or ""
        return int(text) if text.isdecimal() and len(text) < 5 else 0

    @property
    def overtaken(self) -> bool:
        """Say whether the step came too late."""
        return self.status == STATUS_OF[StaleRevision]

    @property
    def place(self) -> str:
        """Give where on the page the form stands."""
        return type(self).__name__

    @property
    def typed(self) -> str:
        """Give what was typed."""
        return str(self[self.TYPED].data or "") if self.TYPED else ""

    @property
    def sentences(self) -> list[str]:
        """Give what is wrong, whatever field it is about."""
        at_fields = [str(error) for field in self for error in _errors(field)]
        return [*map(str, self.form_errors), *at_fields]


class DecisionForm(StepForm):
    """A coordinator's decision, with what the author is told."""

    TYPED = "reason"
    reason = TextAreaField(
        _l("What should change, or why it is declined"), validators=[Length(max=PROSE_LENGTH)]
    )


class HandOverForm(StepForm):
    """Gives a submission to another coordinator."""

    to = StringField(_l("Coordinator"), validators=[InputRequired(_l("Choose a coordinator."))])


class AskForm(HandOverForm):
    """Asks a second coordinator."""

    TYPED = "question"
    question = TextAreaField(_l("Your question"), validators=[Length(max=COMMENT_LENGTH)])


class OverrideForm(StepForm):
    """Lets a warning pass, with a reason."""

    TYPED = "reason"
    path, check, digest = HiddenField(), HiddenField(), HiddenField()
    reason = StringField(_l("Why it may stay"), validators=[Length(max=LINE_LENGTH)])

    @property
    def place(self) -> str:
        """Give where on the page the form stands."""
        return f"{self.path.data}-{self.check.data}-{self.digest.data}"


class CommentForm(StepForm):
    """Opens a thread; `beside` is the lesson or field at which the form stands."""

    TYPED = "text"
    about, beside = HiddenField(), HiddenField()
    text = TextAreaField(_l("Your comment"), validators=[Length(max=COMMENT_LENGTH)])

    @property
    def place(self) -> str:
        """Give where on the page the form stands."""
        return f"about-{self.beside.data or ''}"


class AnswerForm(StepForm):
    """Answers in a thread."""

    TYPED = "text"
    text = TextAreaField(_l("Your answer"), validators=[Length(max=COMMENT_LENGTH)])

    def __init__(self, thread: str) -> None:
        self._thread = thread
        super().__init__()

    @property
    def place(self) -> str:
        """Give where on the page the form stands."""
        return f"answer-{self._thread}"


class CoAuthorForm(StepForm):
    """Lets somebody write too."""

    TYPED = "address"
    address = StringField(_l("E-mail address with which they sign in"), validators=[Length(max=LINE_LENGTH)])


class LeavingForm(StepForm):
    """Lets somebody write no more."""

    person = HiddenField()


def _errors(field: Field) -> list[str]:
    return list(field.errors)
