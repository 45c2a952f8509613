"""Forms of coming in: who it is, the code of the second factor, and a new password."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from wtforms import Field, HiddenField, PasswordField, StringField, ValidationError
from wtforms.validators import EqualTo, InputRequired, Length
from wtforms.widgets import TextInput

from kb.services import passwords
from kb.web.forms.base import Form

FILL_IN = _l("Fill this in.")
REQUIRED = InputRequired(FILL_IN)
LENGTH_HELP = _l(
    "At least %(count)s characters; a few words that you remember will do.", count=passwords.SHORTEST
)
_DIGITS = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}


class CodeInput(TextInput):
    """Comes back empty, as a password does: a code is for once, and a page may stay on a screen."""

    def __call__(self, field: Field, **kwargs: Any) -> Markup:
        return super().__call__(field, **kwargs | {"value": ""})


class SignInForm(Form):
    """Address and password."""

    email = StringField(
        _l("E-mail address"),
        [REQUIRED, Length(max=254)],
        render_kw={
            "type": "email",
            "autocomplete": "username",
            "autocapitalize": "off",
            "spellcheck": "false",
        },
    )
    password = PasswordField(_l("Password"), [REQUIRED], render_kw={"autocomplete": "current-password"})


class FirstCodeForm(Form):
    """The first code of a secret that an app has just been shown; `secret` says which one the page showed."""

    secret = HiddenField()
    one_time_code = StringField(
        _l("Code from your app"),
        [REQUIRED, Length(max=20)],
        widget=CodeInput(),
        description=_l("Six digits; a new code comes every half minute."),
        render_kw=_DIGITS,
    )

    @property
    def shown(self) -> str:
        """Give the secret that the page showed."""
        return self.secret.data or ""

    @property
    def code(self) -> str:
        """Give what was typed."""
        return self.one_time_code.data or ""

    def _note(self, name: str, sentence: str) -> None:
        super()._note("one_time_code" if name == "code" else name, sentence)


class CodeForm(Form):
    """The code that an app shows now or, for who has not got the app at hand, a recovery code."""

    one_time_code = StringField(
        _l("Code from your app"),
        [Length(max=20)],
        widget=CodeInput(),
        render_kw=_DIGITS,
    )
    recovery_code = StringField(
        _l("Recovery code"),
        [Length(max=40)],
        widget=CodeInput(),
        description=_l("One of the ten that you were shown when you set the factor up. Each works once."),
        render_kw={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"},
    )

    @property
    def code(self) -> str:
        """Give what was typed, into whichever field."""
        return self.one_time_code.data or self.recovery_code.data or ""

    def validate_one_time_code(self, _field: Field) -> None:
        """Ask for one of the two."""
        if not self.code.strip():
            raise ValidationError(FILL_IN)

    def _note(self, name: str, sentence: str) -> None:
        typed = "one_time_code" if self.one_time_code.data else "recovery_code"
        super()._note(typed if name == "code" else name, sentence)


class SetPasswordForm(Form):
    """A new password, twice."""

    password = PasswordField(
        _l("New password"), [REQUIRED], description=LENGTH_HELP, render_kw={"autocomplete": "new-password"}
    )
    password_again = PasswordField(
        _l("The same password again"),
        [REQUIRED, EqualTo("password", _l("The two passwords differ. Type the same one twice."))],
        render_kw={"autocomplete": "new-password"},
    )
