"""Forms of administration: whom to let in, in which roles, for which organisation."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.validators import Length
from wtforms.widgets import CheckboxInput, ListWidget

from kb.domain.account import OFFICER_ROLES, Account, Role
from kb.domain.text import LINE_LENGTH
from kb.services.accounts import Invitation
from kb.services.standing import Standing
from kb.web.country import country_choices
from kb.web.forms.account import REQUIRED
from kb.web.forms.base import Form, choices

ROLE_CHOICES = [
    (Role.INVESTIGATOR.value, _l("Investigator: searches, reads, submits")),
    (Role.PRESENTER.value, _l("Presenter: presents case studies and revises them with the reviewers")),
    (Role.COORDINATOR.value, _l("Coordinator: reviews submissions and curates the tags")),
    (Role.ADMINISTRATOR.value, _l("Administrator: keeps accounts; reads no record by that role")),
]
assert {code for code, _ in ROLE_CHOICES} == OFFICER_ROLES | {Role.ADMINISTRATOR}


class StandingForm(Form):
    """For whom somebody acts, and as what."""

    organisation = StringField(
        _l("Organisation"),
        [Length(max=LINE_LENGTH)],
        render_kw={"list": "organisations", "autocomplete": "off"},
    )
    country = SelectField(_l("Country of the organisation"))
    roles = SelectMultipleField(
        _l("Roles"),
        choices=choices(ROLE_CHOICES),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country.choices = choices([("", _l("Choose a country")), *country_choices()])

    @classmethod
    def of(cls, account: Account) -> StandingForm:
        """Give the form as the account stands."""
        organisation = account.organisation
        return cls(
            organisation=organisation.name if organisation else "",
            country=organisation.country if organisation else "",
            roles=sorted(account.roles),
        )

    @property
    def chosen(self) -> frozenset[Role]:
        """Give the roles that are ticked."""
        return frozenset(Role(role) for role in self.roles.data or ())

    @property
    def standing(self) -> Standing:
        """Give what was typed as the service takes it."""
        return Standing(
            roles=self.chosen, organisation=self.organisation.data or "", country=self.country.data or ""
        )


class InvitationForm(StandingForm):
    """Whom an administrator lets in."""

    email = StringField(_l("E-mail address"), [REQUIRED], render_kw={"type": "email", "autocomplete": "off"})
    name = StringField(_l("Name"), [Length(max=LINE_LENGTH)], render_kw={"autocomplete": "off"})

    @property
    def invitation(self) -> Invitation:
        """Give what was typed as the service takes it."""
        return Invitation(
            email=self.email.data or "",
            name=self.name.data or "",
            organisation=self.organisation.data or "",
            country=self.country.data or "",
            roles=self.chosen,
        )


class OrganisationForm(Form):
    """The name of an organisation."""

    name = StringField(_l("Name"), [REQUIRED, Length(max=LINE_LENGTH)], render_kw={"autocomplete": "off"})
