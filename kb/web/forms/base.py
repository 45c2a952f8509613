"""What every form shares: it keeps the typed words when a service refuses them, and shows each sentence at its field."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask_wtf import FlaskForm

from kb.domain.errors import Invalid

Result = TypeVar("Result")


class Form(FlaskForm):
    """A form over one service call."""

    def attempt(self, call: Callable[[], Result]) -> Result | None:
        """Validate, then call; None means that the form now holds the sentences (or was not sent) and is to be shown.

        The call gives something that is true: what it made or changed.
        The service's `Invalid` names fields; one that this form does not have is shown above the form.
        """
        if not self.validate_on_submit():
            return None
        try:
            return call()
        except Invalid as refused:
            for name, sentence in refused.problems:
                self._note(name, sentence)
            return None

    def _note(self, name: str, sentence: str) -> None:
        if name not in self:
            self.form_errors.append(sentence)
            return
        self[name].errors = [*self[name].errors, sentence]
