"""Headers and limits: what browsers may do with our pages, and how much they may send.

Source: OWASP Secure Headers Project (2026). The content security policy allows nothing inline, because there is none.
"""

from __future__ import annotations

from typing import cast

from flask import Flask, Response, after_this_request, request
from werkzeug.middleware.proxy_fix import ProxyFix

from kb.config import Settings
from kb.domain.errors import Busy, TooManyTries
from kb.web.bounded import BoundedRequest
from kb.web.current import visitor

MOST_BYTES = 2 * 1024 * 1024
"""A request's size: a case study of 256 KiB in a script that takes six bytes a letter in a form."""
MOST_PARTS = 1_000
"""Parts of a multipart request, which costs most to take apart; no form of ours is sent as one."""
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in POLICY.items()),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    # Not no-referrer: under it browsers send `Origin: null`, and the site could not tell its own forms.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
STRICT_TRANSPORT = "max-age=31536000"
KEPT = {
    "static": "public, max-age=31536000, immutable",
    "bootstrap.static": "public, max-age=31536000, immutable",
    "favicon": "no-cache",
    "feeds.show": "private, no-cache",
}
"""How long browsers keep what is no page; static files for good, because their address changes with their content.

A feed is kept by its reader alone, who asks each time whether it changed: a revoked one is not shown from a copy."""
PAGE = "no-store"
"""Everything else is kept by nobody: it was for one account, at one moment."""


def limit(app: Flask, settings: Settings) -> None:
    """Set limits and headers, and believe exactly as many proxies as there are."""
    app.request_class = BoundedRequest
    app.config.update(
        MAX_CONTENT_LENGTH=MOST_BYTES, MAX_FORM_MEMORY_SIZE=MOST_BYTES, MAX_FORM_PARTS=MOST_PARTS
    )
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=count, x_port=0, x_prefix=0
        )
    headers = HEADERS | ({"Strict-Transport-Security": STRICT_TRANSPORT} if settings.url.secure else {})

    @app.before_request
    def take_form() -> None:
        """Refuse what is too large before anything else is asked of the request."""
        bounded = cast("BoundedRequest", request)
        bounded.take_form(may_upload=lambda: visitor() is not None)

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in headers.items():
            response.headers[name] = value
        response.headers.pop(
            "Date", None
        )  # the server dates every answer; Werkzeug would date some of them once more
        response.headers["Cache-Control"] = KEPT.get(request.endpoint or "", PAGE)
        return response


def say_when(error: Exception) -> None:
    """Let this answer say after how many seconds to come back, where the error knows (RFC 9110, 10.2.3)."""
    if isinstance(error, TooManyTries | Busy):
        wait = str(error.wait_seconds)

        @after_this_request
        def add_wait(response: Response) -> Response:
            response.headers["Retry-After"] = wait
            return response
