"""Forms over what many cases bear: what is chosen, and of which place of which text it is chosen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from flask import request
from flask_babel import lazy_gettext as _l
from pydantic import ValidationError
from wtforms import SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length

from kb.domain.concept import Scheme
from kb.domain.errors import Invalid
from kb.domain.text import LINE_LENGTH
from kb.services.retagging import Chosen, Retag
from kb.services.splitting import Choice
from kb.web.forms.base import Form
from kb.web.forms.curation import FIND, LOOK

C = TypeVar("C", Chosen, Choice)
MOST_LABELS = 2_000
UNREAD = ("", "Something in the form cannot be read. Look first, then choose again.")


class OperationForm(Form):
    """A change of many cases: `op` says whether it is only looked at."""

    reason = StringField(_l("Reason"), validators=[Length(max=LINE_LENGTH)])

    @property
    def op(self) -> str:
        """Give what the pressed button asks for."""
        return request.form.get("op", "")

    @property
    def only_looked(self) -> bool:
        """Say whether nothing is to be changed."""
        return self.op in {LOOK, FIND}


class RetagForm(OperationForm):
    """Puts a concept on chosen results, takes one off, or both."""

    add = StringField(_l("Put on"))
    remove = StringField(_l("Take off"))

    def retag(self, scheme: Scheme) -> Retag:
        """Give what is asked for."""
        return Retag(scheme=scheme, add=self.add.data or "", remove=self.remove.data or "")

    @property
    def chosen(self) -> tuple[Chosen, ...]:
        """Give the chosen results, each as `CASE/REVISION/LESSON`; raises Invalid for what is none."""
        return tuple(
            _read(Chosen, case=case, revision=revision, lesson=lesson)
            for case, revision, lesson in _parts("place", 3)
        )


class SplitForm(OperationForm):
    """Gives chosen places other concepts instead of one."""

    into = SelectMultipleField(_l("Into which ones"), validate_choice=False)
    new = TextAreaField(_l("New ones, one per line"), validators=[Length(max=MOST_LABELS)])

    @property
    def labels(self) -> tuple[str, ...]:
        """Give the labels of those that are to be made."""
        return tuple(line.strip() for line in (self.new.data or "").splitlines() if line.strip())

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Give what was chosen for each place, as `CASE/REVISION/LESSON/FIELD/PART`; raises Invalid for what is none."""
        given: dict[tuple[str, ...], tuple[str, ...]] = {}
        for *place, part in _parts("give", 5):
            given[tuple(place)] = (*given.get(tuple(place), ()), part)
        return tuple(
            _read(Choice, case=case, revision=revision, lesson=lesson, field=field, parts=parts)
            for (case, revision, lesson, field), parts in given.items()
        )


class UndoForm(OperationForm):
    """Takes an operation back."""


def _parts(name: str, number: int) -> Iterator[list[str]]:
    for value in request.form.getlist(name):
        parts = value.split("/")
        if len(parts) != number:
            raise Invalid(UNREAD)
        yield parts


def _read(wanted: type[C], **fields: object) -> C:
    try:
        return wanted.model_validate(fields)
    except ValidationError:
        raise Invalid(UNREAD) from None
