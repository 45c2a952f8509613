"""Legislation: the checklist of each country, and several side by side. Nothing here counts, ranks or scores."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from kb.domain.marking import highest
from kb.domain.permission import Permission, permits
from kb.web.country import country_choices, country_name
from kb.web.current import current_account, services

pages = Blueprint("legislation", __name__, url_prefix="/legislation")

MOST_COMPARED = 6
"""Columns that can still be read, and printed across a page."""


@pages.get("")
def index() -> ResponseReturnValue:
    """List the countries about which somebody has written, in the order of their names."""
    account = current_account()
    views = services().reference.jurisdictions(account)
    return render_template(
        "legislation/index.html",
        views=sorted(views, key=lambda each: country_name(each.record.country)),
        countries=country_choices(),
        most=MOST_COMPARED,
        can_keep=permits(account, Permission.KEEP_REFERENCE),
    )


@pages.get("/<country>")
def show(country: str) -> ResponseReturnValue:
    """Show a country's checklist; of one about which nobody has written everything is unknown."""
    account = current_account()
    view = services().reference.jurisdiction(account, country)
    return render_template(
        "legislation/show.html",
        view=view,
        law=view.record,
        questions=services().reference.questions(account),
    )


@pages.get("/compare")
def compare() -> ResponseReturnValue:
    """Lay the checklists of several countries side by side, in the order of their names."""
    account = current_account()
    known = {code for code, _ in country_choices()}
    asked = dict.fromkeys(code.upper() for code in request.args.getlist("country"))
    wanted = [code for code in asked if code in known]
    chosen = wanted[:MOST_COMPARED]
    laws = [services().reference.jurisdiction(account, code) for code in sorted(chosen, key=country_name)]
    return render_template(
        "legislation/compare.html",
        laws=laws,
        marking=highest(*(each.record.audience.marking for each in laws if each.revision)),
        questions=services().reference.questions(account),
        countries=country_choices(),
        chosen=chosen,
        left_out=wanted[MOST_COMPARED:],
        most=MOST_COMPARED,
    )
