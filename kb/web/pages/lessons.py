"""One lesson at its own address: what a result of search leads to."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from kb.domain.errors import NotFound
from kb.web.current import current_account, services
from kb.web.story import linked_lessons

pages = Blueprint("lessons", __name__, url_prefix="/cases/<identifier>/lessons")


@pages.get("/<key>")
def show(identifier: str, key: str) -> ResponseReturnValue:
    """Show a lesson with its case and the lessons it is linked with."""
    view = services().cases.get(current_account(), identifier)
    lesson = view.case.lesson(key)
    if lesson is None:
        raise NotFound
    linked = linked_lessons(view.case, lesson)
    return render_template("lessons/show.html", view=view, case=view.case, lesson=lesson, linked=linked)
