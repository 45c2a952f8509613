"""Across borders: the door to what the cases of all countries have in common."""

from __future__ import annotations

from typing import NamedTuple

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from kb.web.current import current_account, services

pages = Blueprint("across", __name__, url_prefix="/across-borders")


class Door(NamedTuple):
    """A page behind this one, and the question that it answers."""

    endpoint: str
    label: LazyString
    question: LazyString


DOORS: tuple[Door, ...] = (
    Door(
        "difficulties.index",
        _l("Difficulties in common"),
        _l(
            "Who else met it? A table of difficulties and countries, and for each what was tried and how it went."
        ),
    ),
    Door(
        "corridors.index",
        _l("Corridors"),
        _l("What happens between two countries: channels, days, obstacles, and what got it moving."),
    ),
    Door(
        "corridors.ask",
        _l("Our investigation stopped at a border"),
        _l("Choose two countries and what you need: which channels are open, and how others fared."),
    ),
    Door(
        "instruments.index",
        _l("Instruments"),
        _l("What each channel gives, who may ask, what a request must say, and how long it takes."),
    ),
    Door(
        "legislation.index",
        _l("Legislation"),
        _l("What is an offence where: a checklist by country, each answer with its source. No score."),
    ),
    Door(
        "partners.index", _l("Partners"), _l("Companies, hotlines and others by type: with what they helped.")
    ),
    Door(
        "resources.index", _l("Resources"), _l("Training, tools, networks and guidance, with what they cost.")
    ),
    Door("events.index", _l("Events"), _l("Conferences and workshops, and the cases presented there.")),
)


@pages.get("")
def index() -> ResponseReturnValue:
    """Show a few numbers and the doors."""
    account = current_account()
    return render_template(
        "across/index.html",
        overview=services().insights.overview(account),
        doors=DOORS,
    )
