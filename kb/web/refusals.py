"""Writes that were refused to somebody signed in, told to the audit log: who, at which endpoint, on which id."""

from __future__ import annotations

from flask import request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import Forbidden, NotFound

from kb.domain import errors as core
from kb.domain.identifier import is_identifier
from kb.web.current import services, visitor
from kb.web.security import SAFE_METHODS

REFUSALS = (core.Forbidden, core.NotFound, Forbidden, NotFound, CSRFError)
"""Not allowed, hidden or missing, from another site, without this session's token. Typed words are never looked at."""
NAMING = ("identifier", "case")
"""The parts of an address that name a record or account."""
NOWHERE = "no such page"


def note_refusal(error: Exception) -> None:
    """Have it noted, where `error` refuses a write."""
    if request.method in SAFE_METHODS or not isinstance(error, REFUSALS):
        return
    named = next((str(value) for name, value in (request.view_args or {}).items() if name in NAMING), "")
    subject = named if is_identifier(named) else ""
    services().audit.refuse(visitor(), request.endpoint or NOWHERE, subject)
