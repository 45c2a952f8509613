"""What every form shares: it keeps the typed words when a service refuses them, and shows each sentence at its field."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from flask_wtf import FlaskForm
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the published types

from kb.domain.errors import (
    Blocked,
    Busy,
    Invalid,
    KnowledgeBaseError,
    StaleRevision,
    StoreFailure,
    TooManyTries,
    WrongState,
)
from kb.web.headers import say_when
from kb.web.signing import SessionToken

STATUS_OF: dict[type[KnowledgeBaseError], int] = {
    Invalid: 422,
    Blocked: 422,
    WrongState: 409,
    StaleRevision: 409,
    StoreFailure: 503,
    TooManyTries: 429,
    Busy: 503,
}
"""Refusals after which a form is shown again, with the status of that answer."""
REFUSALS = tuple(STATUS_OF)


def problems_of(refused: KnowledgeBaseError) -> tuple[tuple[str, str], ...]:
    """Give (field, sentence) pairs; what names no field is about the whole form, named by the empty string."""
    return refused.problems if isinstance(refused, Invalid) else (("", str(refused)),)


Result = TypeVar("Result")


def choices(pairs: Iterable[tuple[str, object]]) -> Any:
    """Give (value, label) pairs in the form in which select fields take them."""
    return [SelectChoice(value, label) for value, label in pairs]


class Form(FlaskForm):
    """A form over one service call; `status` is that of the answer that shows it."""

    class Meta(FlaskForm.Meta):
        csrf_class = SessionToken

    status = 200

    def attempt(self, call: Callable[[], Result]) -> Result | None:
        """Validate, then call; None means that the form now holds the sentences (or was not sent) and is to be shown.

        The call gives something that is true: what it made or changed.
        The service's `Invalid` names fields; what this form does not have is shown above the form.
        """
        if not self.validate_on_submit():
            self.status = STATUS_OF[Invalid] if self.is_submitted() else 200
            return None
        return self.tried(call)

    def tried(self, call: Callable[[], Result]) -> Result | None:
        """Call something that a button of the form asks for and that saves nothing of it: its fields may be half filled."""
        try:
            return call()
        except REFUSALS as refused:
            self._refuse(refused)
            return None

    def _refuse(self, refused: KnowledgeBaseError) -> None:
        say_when(refused)
        self.status = STATUS_OF[type(refused)]
        for name, sentence in problems_of(refused):
            self._note(name, sentence)

    def _note(self, name: str, sentence: str) -> None:
        if name not in self:
            self.form_errors.append(sentence)
            return
        self[name].errors = [*self[name].errors, sentence]
