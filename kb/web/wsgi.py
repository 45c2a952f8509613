"""What gunicorn loads: the application of the home that the environment names.

The one module of the package that acts on being imported, because that is how WSGI servers ask.
"""

from __future__ import annotations

from kb.bootstrap import services
from kb.config import Settings
from kb.web.app import create_app

_settings = Settings.read()
app = create_app(_settings, services(_settings))
