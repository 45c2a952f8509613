"""What gunicorn loads: the application of the home that the environment names.

The one module of the package that acts on being imported, because that is how WSGI servers ask.
"""

from __future__ import annotations

import gc

from kb.bootstrap import services
from kb.config import Settings
from kb.domain.account import OPERATOR
from kb.web.app import create_app

_settings = Settings.read()
_services = services(_settings)
_services.indexing.tend(OPERATOR)
_services.digests.begin(OPERATOR)
app = create_app(_settings, _services)

# What lives as long as the process is not looked through again: that took 130 ms of some request, every few hundred.
gc.collect()
gc.freeze()
