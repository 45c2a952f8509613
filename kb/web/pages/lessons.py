"""One lesson at its own address: what a result of search leads to."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from kb.domain.errors import NotFound
from kb.domain.marking import highest
from kb.web import pending_search
from kb.web.current import current_account, services
from kb.web.presenting import vocabulary
from kb.web.story import difficulties_of, involved_in, outline_of

pages = Blueprint("lessons", __name__, url_prefix="/cases/<identifier>/lessons")


@pages.get("/<key>")
def show(identifier: str, key: str) -> ResponseReturnValue:
    """Show a lesson, the case around it, and lessons like it."""
    account = current_account()
    view = services().cases.get(account, identifier)
    lesson = view.case.lesson(key)
    if lesson is None:
        raise NotFound
    pending_search.opened()
    beside = services().applications.of_lesson(account, view.id, view.case, lesson)
    return render_template(
        "lessons/show.html",
        view=view,
        case=view.case,
        lesson=lesson,
        outline=outline_of(view.case),
        difficulties=difficulties_of(lesson, vocabulary()),
        involved=involved_in(view.case),
        talk=services().discussions.of(account, identifier),
        beside=beside,
        marking=highest(view.case.audience.marking, beside.marking),
        same=services().same_difficulties.of(account, view).get(key, ()),
        likeness=services().search.lessons_like(account, f"{view.id}/{key}"),
    )
