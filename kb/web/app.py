"""The application factory."""

from __future__ import annotations

from flask import Flask, Response, send_from_directory
from flask_babel import get_locale
from flask_bootstrap import Bootstrap5

from kb.bootstrap import Services
from kb.config import Settings
from kb.paths import STATIC, TEMPLATES
from kb.web import labelled, navigation, presenting
from kb.web.aside import unproposed
from kb.web.assets import static_address
from kb.web.current import EXTENSION, visitor
from kb.web.errors import handle_errors
from kb.web.headers import limit
from kb.web.pages import BLUEPRINTS
from kb.web.request_log import LoggedFlask, keep_log
from kb.web.security import protect
from kb.web.signing import sign
from kb.web.speaking import speak

PRODUCT = "Casebook"


def create_app(settings: Settings, services: Services) -> Flask:
    """Make the application; read from top to bottom: settings, extensions, services, pages, errors."""
    app = LoggedFlask(
        "kb.web",
        template_folder=str(TEMPLATES),
        static_folder=str(STATIC),
        static_url_path=static_address(),
    )
    app.config.update(BOOTSTRAP_SERVE_LOCAL=True, PREFERRED_URL_SCHEME=settings.url.scheme)
    app.secret_key = services.secret_key
    app.extensions[EXTENSION] = services
    keep_log(app)
    limit(app, settings)
    protect(app, settings)
    sign(app, services.clock)
    Bootstrap5(app)
    speak(app)
    _teach_templates(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.add_url_rule("/healthz", "health", _health)
    app.add_url_rule("/favicon.ico", "favicon", _favicon)
    handle_errors(app)
    return app


def _teach_templates(app: Flask) -> None:
    presenting.register(app)
    labelled.register(app)
    app.add_template_global(unproposed)
    app.context_processor(
        lambda: {
            "product": PRODUCT,
            "get_locale": get_locale,
            "account": visitor(),
            "may": navigation.may,
            "navigation": navigation.placed(),
        }
    )


def _health() -> Response:
    return Response("ok\n", mimetype="text/plain")


def _favicon() -> Response:
    return send_from_directory(STATIC, "favicon.svg")
