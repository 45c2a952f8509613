"""Instruments: the channels between states, by what need they serve and by who may use them."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from kb.domain.instrument import Instrument, Need, Users
from kb.domain.marking import highest
from kb.domain.permission import Permission, permits
from kb.domain.reference import ReferenceStatus
from kb.services.reference_view import ReferenceView
from kb.web.country import country_name
from kb.web.current import current_account, services

pages = Blueprint("instruments", __name__, url_prefix="/instruments")

Views = tuple[ReferenceView[Instrument], ...]


@pages.get("")
def index() -> ResponseReturnValue:
    """List the instruments under each need that they serve, those first that the police use by themselves."""
    account = current_account()
    user = next((each for each in Users if each == request.args.get("user")), None)
    retired = request.args.get("status") == ReferenceStatus.RETIRED
    status = ReferenceStatus.RETIRED if retired else ReferenceStatus.CURRENT
    every = services().reference.instruments(account, status)
    views = tuple(each for each in every if user is None or user in each.record.users)
    return render_template(
        "instruments/index.html",
        groups=_grouped(views),
        total=len(views),
        user=user,
        users=Users,
        retired=retired,
        unwritten=() if user or retired else services().reference.unwritten(account),
        can_keep=permits(account, Permission.KEEP_REFERENCE),
    )


@pages.get("/<identifier>")
def show(identifier: str) -> ResponseReturnValue:
    """Show an instrument: what it gives, what a request must say, which countries, and how it went for others."""
    account = current_account()
    view = services().reference.instrument(account, identifier)
    experience = services().corridors.using(account, view.id)
    table = sorted(view.record.participation, key=lambda each: country_name(each.country))
    return render_template(
        "instruments/show.html",
        view=view,
        instrument=view.record,
        table=table,
        experience=experience,
        marking=highest(view.record.audience.marking, *((experience.marking,) if experience else ())),
    )


def _grouped(views: Views) -> list[tuple[Need | None, Views]]:
    """Give the views under each need, and those last that name none; one that serves several stands under each."""
    by_user = sorted(views, key=_first_user)
    groups: list[tuple[Need | None, Views]] = [
        (need, tuple(each for each in by_user if need in each.record.needs)) for need in Need
    ]
    groups.append((None, tuple(each for each in by_user if not each.record.needs)))
    return [(need, found) for need, found in groups if found]


def _first_user(view: ReferenceView[Instrument]) -> int:
    return min((list(Users).index(each) for each in view.record.users), default=len(Users))
