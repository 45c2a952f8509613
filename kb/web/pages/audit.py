"""The audit log, as administrators read it."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from kb.web.current import current_account, services

pages = Blueprint("audit", __name__, url_prefix="/admin/audit")


@pages.get("")
def index() -> ResponseReturnValue:
    """Show the newest lines of the audit log, of one account or other subject, or all."""
    subject = request.args.get("account") or request.args.get("subject") or None
    page = services().audit.read(current_account(), subject=subject)
    return render_template("admin/audit.html", page=page, subject=subject)
