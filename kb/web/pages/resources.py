"""Resources: training, tools, networks, hotlines and guidance."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kb.domain.marking import highest
from kb.domain.permission import Permission, demand, permits
from kb.domain.reference import ReferenceStatus
from kb.domain.resource import Cost, Resource, ResourceType
from kb.services.reference_view import ResourceFilter
from kb.web.current import current_account, services
from kb.web.forms.resource import ResourceForm
from kb.web.pages.reference import reference_url
from kb.web.presenting import vocabulary

pages = Blueprint("resources", __name__, url_prefix="/resources")


@pages.get("")
def index() -> ResponseReturnValue:
    """List the resources, filtered by what they are, what they cost, their language and what they help with."""
    account, wanted = current_account(), _filter()
    every = services().reference.resources(account)
    views, untold = (
        services().reference.resources(account, wanted),
        services().reference.untold(account, wanted),
    )
    return render_template(
        "resources/index.html",
        views=views,
        untold=untold,
        marking=highest(*(each.record.audience.marking for each in (*views, *untold))),
        wanted=wanted,
        is_filtered=wanted != ResourceFilter(),
        types=ResourceType,
        languages=sorted({code for each in every for code in each.record.languages}),
        difficulties=sorted({key for each in every for key in each.record.difficulties}),
        can_keep=permits(account, Permission.KEEP_REFERENCE),
    )


@pages.get("/<identifier>")
def show(identifier: str) -> ResponseReturnValue:
    """Show a resource."""
    view = services().reference.resource(current_account(), identifier)
    return render_template("resources/show.html", view=view, resource=view.record)


@pages.route("/new", methods=["GET", "POST"])
def create() -> ResponseReturnValue:
    """Add a resource."""
    account = demand(current_account(), Permission.KEEP_REFERENCE)
    today = services().clock.now().date()
    blank = Resource(language=account.language, as_of=today)
    form = ResourceForm(blank, vocabulary(), account.language)
    view = form.attempt(lambda: services().reference_acts.add(account, form.words))
    if view is None:
        return render_template("resources/new.html", form=form), form.status
    flash(_("The resource is added; every officer finds it now."), "success")
    return redirect(reference_url(view))


def _filter() -> ResourceFilter:
    """Read the filters of the address; what is none of the list asks for nothing."""
    asked = request.args
    return ResourceFilter(
        type=next((each for each in ResourceType if each == asked.get("type")), None),
        cost=next((each for each in Cost if each == asked.get("cost")), None),
        language=asked.get("language", "")[:20],
        difficulty=asked.get("difficulty", "")[:80],
        status=next(
            (each for each in ReferenceStatus if each == asked.get("status")), ReferenceStatus.CURRENT
        ),
    )
