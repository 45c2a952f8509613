"""Help: roles, markings, the language of search, and what is never held here."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from kb.domain.account import Role
from kb.domain.marking import Marking
from kb.web.current import current_account

pages = Blueprint("help", __name__, url_prefix="/help")


@pages.get("")
def index() -> ResponseReturnValue:
    """Explain; any account may read it, an administrator's too."""
    current_account()
    return render_template("help/index.html", markings=tuple(Marking), roles=tuple(Role))
