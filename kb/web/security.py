"""Who gets in: the session behind the browser's cookie, and the checks that every request passes before a view.

Nothing is readable without signing in: what is open to visitors is a literal list, everything else is closed, pages
that do not exist included. A form is believed only when the browser says that it was on a page of this site.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, current_app, g, request, session
from flask_babel import lazy_gettext as _l
from flask_login import LoginManager, current_user, login_user, logout_user
from werkzeug.exceptions import Forbidden, SecurityError

from kb.config import Settings
from kb.domain.account import Account
from kb.domain.errors import NotSignedIn
from kb.domain.session import Stage
from kb.services.sessions import SignedIn
from kb.web.current import services, visitor

OPEN = frozenset(
    {
        "account.code",
        "account.link",
        "account.set_up",
        "account.sign_in",
        "bootstrap.static",
        "favicon",
        "feeds.show",
        "health",
        "static",
    }
)
"""Every endpoint that answers a visitor."""
SESSIONLESS = frozenset({"feeds.show"})
"""Endpoints for programs, which have no session and are given none: an error there is a page that asks nobody anything."""
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OWN_SITES = frozenset({"same-origin", "none"})
"""Values of Sec-Fetch-Site under which a request may change something; `none` is a person's own doing."""

AWAITING = "awaiting"
"""Under which key the cookie holds the token of who has proved a password alone: Flask-Login never looks there."""


class ForeignForm(Forbidden):
    """A request that would change something came from a page of another site."""

    description = _l(
        "This form was sent from another site, so nothing was done. Open the page here and try again."
    )


class Browser:
    """What Flask-Login keeps for a request: the account, and the token of the session it came by."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, account: Account, token: str) -> None:
        self.account, self.token = account, token

    def get_id(self) -> str:
        return self.token


def protect(app: Flask, settings: Settings) -> None:
    """Put the checks before every view, in this order: right site, signed in; then `sign` asks for a form of this session."""
    app.config.update(
        TRUSTED_HOSTS=sorted(urlsplit(origin).hostname or "" for origin in settings.url.origins),
        KB_ADDRESS=str(settings.url),
        KB_ORIGINS=settings.url.origins,
        SESSION_COOKIE_NAME="__Host-casebook" if settings.url.secure else "casebook",
        SESSION_COOKIE_SECURE=settings.url.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        SESSION_PROTECTION=None,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
    )
    manager = LoginManager(app, add_context_processor=False)
    manager.user_loader(_browser_with)
    app.before_request(_refuse_other_sites)
    app.before_request(_refuse_visitors)


def enter(signed_in: SignedIn) -> None:
    """Give the browser the new session, and end the one it may have had; half-way in, that one stands till the end."""
    if signed_in.stage is Stage.FULL:
        leave()
        login_user(Browser(signed_in.account, signed_in.token))
    else:
        services().sessions.sign_out(awaiting_token())
        session[AWAITING] = signed_in.token


def leave() -> None:
    """End the browser's sessions and forget everything kept with them."""
    services().sessions.sign_out(awaiting_token())
    services().sessions.sign_out(current_token())
    logout_user()
    session.clear()
    g.pop("csrf_token", None)  # made for the session that has just ended


def current_token() -> str:
    """Give the token of this browser's session; empty where nobody is signed in."""
    return current_user.token if visitor() else ""


def awaiting_token() -> str:
    """Give the token of who is half-way in; empty where nobody is."""
    return str(session.get(AWAITING, ""))


def half_way_in(stage: Stage) -> Account:
    """Give who has proved a password in this browser and of whom this is awaited; raises NotSignedIn."""
    awaiting = services().sessions.awaiting(awaiting_token())
    if awaiting is None or awaiting.stage is not stage:
        raise NotSignedIn
    return awaiting.account


def local_path(text: str | None) -> str:
    """Give `text` if it is a path on this site, else the first page: a sign-in never leads to another site."""
    text = text or ""
    plain = text.startswith("/") and not text.startswith(("//", "/\\")) and text.isprintable()
    parts = urlsplit(text) if plain else None
    return text if parts and not parts.scheme and not parts.netloc and "\\" not in text else "/"


def from_own_page() -> bool:
    """Say whether the browser itself states that a page of this site sent the request."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    return site == "same-origin" or (site is None and origin in current_app.config["KB_ORIGINS"])


def _browser_with(token: str) -> Browser | None:
    account = services().sessions.resolve(token)
    return Browser(account, token) if account else None


def _refuse_other_sites() -> None:
    if isinstance(request.routing_exception, SecurityError):
        raise request.routing_exception
    if request.method in SAFE_METHODS:
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None and site not in OWN_SITES:
        raise ForeignForm
    if origin is not None and origin not in current_app.config["KB_ORIGINS"]:
        raise ForeignForm


def _refuse_visitors() -> None:
    if request.endpoint not in OPEN and visitor() is None:
        raise NotSignedIn
