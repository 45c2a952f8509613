"""What the server signs and takes back from browsers: by the clock and the chance that the application was given.

So that an answer holds nothing that does not follow from the home, the request, that clock and those draws. Two homes
that differ only in what a person may not see then answer that person byte for byte alike, and tests can say so.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, g, session
from flask.sessions import SecureCookieSessionInterface
from flask_wtf.csrf import CSRFProtect
from flask_wtf.form import FlaskForm
from itsdangerous import TimestampSigner, URLSafeTimedSerializer

from kb.domain.ports import Clock
from kb.web.current import services

FIELD = "csrf_token"
"""The name of the form token in forms, in the session and in `g`, as Flask-WTF has it."""
PURPOSE = "wtf-csrf-token"
"""What Flask-WTF salts its signatures with; it is Flask-WTF that checks ours."""


class ClockSigner(TimestampSigner):
    """Dates signatures by the clock of the application."""

    def __init__(self, *arguments: Any, clock: Clock, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._clock = clock

    def get_timestamp(self) -> int:
        return int(self._clock.now().timestamp())


class CookieSessions(SecureCookieSessionInterface):
    """Flask's sessions in signed cookies, dated by the clock of the application."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        serializer = super().get_signing_serializer(app)
        if serializer is not None:
            serializer.signer = ClockSigner
            serializer.signer_kwargs = {**serializer.signer_kwargs, "clock": self._clock}
        return serializer


class SessionToken(FlaskForm.Meta.csrf_class):
    """Puts `form_token` into a form; it is checked as before."""

    def generate_csrf_token(self, csrf_token_field: object) -> str:  # noqa: ARG002 - Flask-WTF's own signature
        return form_token()


def form_token() -> str:
    """Give the token by which a form proves that it was made for this session; one for each request."""
    if FIELD not in g:
        kept = services()
        if FIELD not in session:
            session[FIELD] = kept.randomness.token()
        serializer = URLSafeTimedSerializer(
            kept.secret_key, salt=PURPOSE, signer=ClockSigner, signer_kwargs={"clock": kept.clock}
        )
        setattr(g, FIELD, serializer.dumps(session[FIELD]))
    return str(g.get(FIELD))


def sign(app: Flask, clock: Clock) -> None:
    """Date cookies by `clock`, believe only forms that carry this session's token, and let templates have it."""
    app.session_interface = CookieSessions(clock)
    CSRFProtect(app)
    app.context_processor(lambda: {FIELD: form_token})
    app.jinja_env.globals[FIELD] = form_token
