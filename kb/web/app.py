"""The application factory."""

from __future__ import annotations

from flask import Flask

from kb.bootstrap import Services
from kb.config import Settings
from kb.paths import STATIC, TEMPLATES
from kb.web.current import EXTENSION
from kb.web.pages import BLUEPRINTS


def create_app(settings: Settings, services: Services) -> Flask:
    """Make the application; read from top to bottom: settings, extensions, services, pages, errors."""
    app = Flask(__name__, template_folder=str(TEMPLATES), static_folder=str(STATIC))
    app.config["PREFERRED_URL_SCHEME"] = settings.url.scheme
    app.secret_key = services.secret_key
    app.extensions[EXTENSION] = services
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app
