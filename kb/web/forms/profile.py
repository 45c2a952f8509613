"""Forms over one's own account."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, SelectField, StringField
from wtforms.validators import Length

from kb.domain.text import LINE_LENGTH
from kb.web.forms.account import REQUIRED, SetPasswordForm
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


class ProfileForm(Form):
    """What somebody may change about themselves."""

    name = StringField(_l("Name"), [REQUIRED, Length(max=LINE_LENGTH)], render_kw={"autocomplete": "name"})
    language = SelectField(_l("Language of tags and vocabularies"), choices=choices(LANGUAGES.items()))


class ChangePasswordForm(SetPasswordForm):
    """One's password of today, and a new one twice."""

    current_password = PasswordField(
        _l("Your password of today"), [REQUIRED], render_kw={"autocomplete": "current-password"}
    )
