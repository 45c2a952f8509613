"""Resources: training, tools, networks, hotlines and guidance."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from kb.domain.record import Kind
from kb.web.current import current_account, services

pages = Blueprint("resources", __name__, url_prefix="/resources")


@pages.get("")
def index() -> ResponseReturnValue:
    """List the resources."""
    entries = services().records.list(current_account(), Kind.RESOURCE)
    return render_template("resources/index.html", entries=entries)


@pages.get("/<identifier>")
def show(identifier: str) -> ResponseReturnValue:
    """Show a resource."""
    resource = services().records.resource(current_account(), identifier)
    return render_template("resources/show.html", resource=resource)
