"""Mail: where it goes and whom it does not reach, for those who keep the accounts."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from kb.web.current import current_account, services

pages = Blueprint("mail", __name__, url_prefix="/admin/mail")


@pages.get("")
def index() -> ResponseReturnValue:
    """Show whom the last try did not reach, and why; nothing of what they were to be told, nor how much that is."""
    return render_template("mail/index.html", mail=services().digests.status(current_account()))
