"""Forms of what is done to a published case without a review: tags, standing, marking."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from kb.domain.account import Account
from kb.domain.concept import Scheme
from kb.domain.record import Record
from kb.domain.text import LINE_LENGTH
from kb.services.persons import Person
from kb.services.vocabulary import Vocabulary
from kb.web.forms.base import Form, choices
from kb.web.forms.marking import AudienceFields, audience_given

REASON = [InputRequired(_l("Say why; readers of the history will ask.")), Length(max=LINE_LENGTH)]


class TagForm(Form):
    """Puts one tag on a case or a lesson of it, or takes one off."""

    lesson = HiddenField()
    add = SelectField(_l("Add a tag"), validators=[Optional()], validate_choice=True)
    remove = HiddenField(validators=[Optional(), Length(max=60)])

    def __init__(self, vocabulary: Vocabulary, language: str, **given: Any) -> None:
        super().__init__(**given)
        tags = vocabulary.choices(Scheme.TAG, language)
        self.offered = [("", _l("Choose a tag")), *((tag.key, tag.label(language)) for tag in tags)]
        self.add.choices = choices(self.offered)

    @property
    def added(self) -> frozenset[str]:
        """Give the tags to be put on."""
        return frozenset(filter(None, [self.add.data]))

    @property
    def removed(self) -> frozenset[str]:
        """Give the tags to be taken off."""
        return frozenset(filter(None, [self.remove.data]))


class ReasonForm(Form):
    """Retires or reinstates a case."""

    reason = StringField(_l("Reason"), validators=REASON)


class SupersedeForm(Form):
    """Says which case takes the place of this one."""

    by = StringField(
        _l("Id of the case that takes its place"),
        validators=[InputRequired(_l("Give the other case's id.")), Length(max=80)],
    )
    reason = StringField(_l("Reason"), validators=REASON)


class MarkingForm(AudienceFields, Form):
    """Changes who may see a record."""

    reason = StringField(_l("Reason"), validators=REASON)

    def __init__(self, record: Record, account: Account, people: tuple[Person, ...]) -> None:
        super().__init__(**audience_given(record.audience))
        self.offer(account, people)
