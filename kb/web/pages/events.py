"""Events: the conferences and workshops at which cases were presented."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from kb.domain.record import Kind
from kb.web.current import current_account, services

pages = Blueprint("events", __name__, url_prefix="/events")


@pages.get("")
def index() -> ResponseReturnValue:
    """List the events."""
    return render_template(
        "events/index.html", entries=services().records.list(current_account(), Kind.EVENT)
    )


@pages.get("/<identifier>")
def show(identifier: str) -> ResponseReturnValue:
    """Show an event with its programme."""
    event = services().records.event(current_account(), identifier)
    return render_template("events/show.html", event=event)
