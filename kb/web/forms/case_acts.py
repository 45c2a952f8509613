"""Forms of what is done to a published case without a review: tags, standing, marking."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from kb.domain.account import Account
from kb.domain.case_study import CaseStudy
from kb.domain.concept import Scheme
from kb.domain.marking import Audience, Marking
from kb.domain.text import LINE_LENGTH
from kb.services.persons import Person
from kb.services.vocabulary import Vocabulary
from kb.web.country import country_choices
from kb.web.forms.base import Form, choices

REASON = [InputRequired(_l("Say why; readers of the history will ask.")), Length(max=LINE_LENGTH)]
MARKING_CHOICES = [
    (Marking.CLEAR.value, _l("TLP:CLEAR, every officer; may be exported for the public")),
    (Marking.GREEN.value, _l("TLP:GREEN, every officer")),
    (Marking.AMBER.value, _l("TLP:AMBER, officers of your country and of the countries named below")),
    (Marking.AMBER_STRICT.value, _l("TLP:AMBER+STRICT, your organisation only")),
    (Marking.RED.value, _l("TLP:RED, the persons named below only")),
]


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


class MarkingForm(Form):
    """Changes who may see a case."""

    marking = SelectField(_l("Marking"), choices=choices(MARKING_CHOICES))
    countries = SelectMultipleField(_l("Countries that AMBER names besides your own"))
    persons = SelectMultipleField(
        _l("Persons that RED names"), option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )
    chatham_house = BooleanField(_l("Chatham House: withhold from outsiders where it comes from"))
    reason = StringField(_l("Reason"), validators=REASON)

    def __init__(self, case: CaseStudy, account: Account, people: tuple[Person, ...]) -> None:
        audience = case.audience
        super().__init__(
            marking=audience.marking.value,
            countries=list(audience.countries),
            persons=list(audience.persons),
            chatham_house=audience.chatham_house,
        )
        self.countries.choices = choices(country_choices())
        self.persons.choices = choices(
            [(account.id, account.name), *((each.id, _described(each)) for each in people)]
        )

    @property
    def audience(self) -> Audience:
        """Give the audience that was chosen; names count only under the marking that names."""
        marking = Marking(self.marking.data)
        return Audience(
            marking=marking,
            countries=tuple(self.countries.data or ()) if marking is Marking.AMBER else (),
            persons=tuple(self.persons.data or ()) if marking is Marking.RED else (),
            chatham_house=bool(self.chatham_house.data),
        )


def _described(person: Person) -> str:
    return f"{person.name} ({person.organisation})" if person.organisation else person.name
