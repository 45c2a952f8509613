"""What may need a look in the vocabularies, for coordinators; each line leads to where it is dealt with."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from kb.web.current import current_account, services

pages = Blueprint("hygiene", __name__, url_prefix="/tags")

MOST_SHOWN = 30
"""Lines of each list: who has dealt with these sees the next."""


@pages.get("/hygiene")
def index() -> ResponseReturnValue:
    """Show near-duplicates, what is used never, too often or in one place alone, what waits and what is missing."""
    account = current_account()
    return render_template(
        "tags/hygiene.html",
        report=services().hygiene.report(account),
        vocabulary_=services().concepts.vocabulary(account),
        most=MOST_SHOWN,
    )
