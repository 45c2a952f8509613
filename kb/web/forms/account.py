"""Forms of signing in, of passwords, of one's profile and of invitations."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    HiddenField,
    PasswordField,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
)
from wtforms.validators import EqualTo, InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from kb.domain.account import OFFICER_ROLES, Role
from kb.domain.text import LINE_LENGTH
from kb.services import passwords
from kb.services.accounts import Invitation
from kb.web.country import country_choices
from kb.web.forms.base import Form, choices

LANGUAGES = {
    "en": "English",
    "de": "Deutsch",
    "es": "Español",
    "fr": "Français",
    "it": "Italiano",
    "ru": "Русский",
}
"""In which languages the vocabularies have labels, each by its own name."""
ROLE_CHOICES = [
    (Role.INVESTIGATOR.value, _l("Investigator: searches, reads, submits")),
    (Role.PRESENTER.value, _l("Presenter: presents case studies and revises them with the reviewers")),
    (Role.COORDINATOR.value, _l("Coordinator: reviews submissions and curates the tags")),
    (Role.ADMINISTRATOR.value, _l("Administrator: keeps accounts; reads no record by that role")),
]
assert {code for code, _ in ROLE_CHOICES} == OFFICER_ROLES | {Role.ADMINISTRATOR}

_REQUIRED = InputRequired(_l("Fill this in."))
_LENGTH_HELP = _l(
    "At least %(count)s characters; a few words that you remember will do.", count=passwords.SHORTEST
)
_SAME = EqualTo("password", _l("The two passwords differ. Type the same one twice."))


class SignInForm(Form):
    """Address and password; `next` is where the person wanted to go."""

    email = StringField(
        _l("E-mail address"),
        [_REQUIRED, Length(max=254)],
        render_kw={
            "type": "email",
            "autocomplete": "username",
            "autocapitalize": "off",
            "spellcheck": "false",
        },
    )
    password = PasswordField(_l("Password"), [_REQUIRED], render_kw={"autocomplete": "current-password"})
    next = HiddenField()
    submit = SubmitField(_l("Sign in"))


class SetPasswordForm(Form):
    """A new password, twice."""

    password = PasswordField(
        _l("New password"), [_REQUIRED], description=_LENGTH_HELP, render_kw={"autocomplete": "new-password"}
    )
    password_again = PasswordField(
        _l("The same password again"), [_REQUIRED, _SAME], render_kw={"autocomplete": "new-password"}
    )
    submit = SubmitField(_l("Set the password"))


class ChangePasswordForm(SetPasswordForm):
    """One's password of today, and a new one twice."""

    current_password = PasswordField(
        _l("Your password of today"), [_REQUIRED], render_kw={"autocomplete": "current-password"}
    )
    submit = SubmitField(_l("Change the password"))


class ProfileForm(Form):
    """What somebody may change about themselves."""

    name = StringField(_l("Name"), [_REQUIRED, Length(max=LINE_LENGTH)], render_kw={"autocomplete": "name"})
    language = SelectField(
        _l("Language of tags and vocabularies"),
        choices=choices(LANGUAGES.items()),
        description=_l("Pages themselves are in English for now."),
    )
    submit = SubmitField(_l("Save"))


class InvitationForm(Form):
    """Whom an administrator lets in."""

    email = StringField(_l("E-mail address"), [_REQUIRED], render_kw={"type": "email", "autocomplete": "off"})
    name = StringField(_l("Name"), [Length(max=LINE_LENGTH)], render_kw={"autocomplete": "off"})
    organisation = StringField(
        _l("Organisation"),
        [Length(max=LINE_LENGTH)],
        description=_l("A police unit or prosecutor's office. Needed for every role but administrator."),
        render_kw={"list": "organisations", "autocomplete": "off"},
    )
    country = SelectField(_l("Country of the organisation"))
    roles = SelectMultipleField(
        _l("Roles"),
        choices=choices(ROLE_CHOICES),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    submit = SubmitField(_l("Invite"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country.choices = choices([("", _l("Choose a country")), *country_choices()])

    @property
    def invitation(self) -> Invitation:
        """Give what was typed as the service takes it."""
        return Invitation(
            email=self.email.data or "",
            name=self.name.data or "",
            organisation=self.organisation.data or "",
            country=self.country.data or "",
            roles=frozenset(Role(role) for role in self.roles.data or ()),
        )
