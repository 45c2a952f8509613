"""The audit log, as administrators read it."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from kb.web.acts import act
from kb.web.current import current_account, services
from kb.web.forms.audit import AuditForm

pages = Blueprint("audit", __name__, url_prefix="/admin/audit")
pages.add_app_template_filter(act)


@pages.get("")
def index() -> ResponseReturnValue:
    """Show a page of lines, the newest first."""
    form = AuditForm(request.args)
    question = form.question(request.args.get("before", ""), request.args.get("after", ""))
    page = services().audit.page(current_account(), question)
    return render_template("admin/audit.html", page=page, form=form, narrowed=form.narrowed)
