"""The fields by which somebody says who may see a record."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from kb.domain.account import Account
from kb.domain.marking import Audience, Marking
from kb.services.persons import Person
from kb.web.country import country_choices
from kb.web.forms.base import choices

MARKING_CHOICES = [
    (Marking.CLEAR.value, _l("TLP:CLEAR, every officer; may be exported for the public")),
    (Marking.GREEN.value, _l("TLP:GREEN, every officer")),
    (Marking.AMBER.value, _l("TLP:AMBER, officers of your country and of the countries named below")),
    (Marking.AMBER_STRICT.value, _l("TLP:AMBER+STRICT, your organisation only")),
    (Marking.RED.value, _l("TLP:RED, the persons named below only")),
]


class AudienceFields:
    """Marking, whom it names, and the Chatham House flag; for a form to inherit."""

    marking = SelectField(_l("Marking"), choices=choices(MARKING_CHOICES))
    countries = SelectMultipleField(_l("Countries that AMBER names besides your own"))
    persons = SelectMultipleField(
        _l("Persons that RED names"), option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )
    chatham_house = BooleanField(_l("Chatham House: withhold from outsiders where it comes from"))

    def offer(self, account: Account, people: tuple[Person, ...]) -> None:
        """Let the account choose among all countries, itself and these people."""
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


def audience_given(audience: Audience) -> dict[str, object]:
    """Give what the fields of a form begin with that shows an audience."""
    return {
        "marking": audience.marking.value,
        "countries": list(audience.countries),
        "persons": list(audience.persons),
        "chatham_house": audience.chatham_house,
    }


def _described(person: Person) -> str:
    return f"{person.name} ({person.organisation})" if person.organisation else person.name
