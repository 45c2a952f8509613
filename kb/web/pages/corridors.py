"""Corridors: what was reported of requests from country to country, and which channels there are between two."""

from __future__ import annotations

import json

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from kb.domain.corridor import Corridor
from kb.domain.corridor_file import corridor_rows, plain_corridors
from kb.domain.errors import NotFound
from kb.domain.instrument import Need
from kb.domain.spreadsheet import comma_separated
from kb.services.corridors import CorridorsView
from kb.web.corridors import Asked, TablePage, file_name, narrowed_from, titled
from kb.web.country import country_choices
from kb.web.current import current_account, services
from kb.web.searching import address_of

pages = Blueprint("corridors", __name__)


@pages.get("/corridors")
def index() -> ResponseReturnValue:
    """Show the table of countries."""
    view, filters = _table(), narrowed_from(request.args)
    return render_template(
        "corridors/index.html",
        view=view,
        table=view.table,
        page=TablePage(view.table, filters),
        chosen={each.facet: each.values for each in filters},
        asked={each.facet.value: sorted(each.values) for each in filters},
    )


@pages.get("/corridors.csv")
def comma_separated_values() -> ResponseReturnValue:
    """Give the same table for a spreadsheet."""
    view, filters = _table(), narrowed_from(request.args)
    rows = corridor_rows(view.table, view.marking, filters)
    return _file(comma_separated(rows), "text/csv", view, "csv")


@pages.get("/corridors.json")
def as_json() -> ResponseReturnValue:
    """Give the same table for a program."""
    view, filters = _table(), narrowed_from(request.args)
    plain = plain_corridors(view.table, view.marking, filters)
    return _file(json.dumps(plain, ensure_ascii=False), "application/json", view, "json")


@pages.get("/corridors/ask")
def ask() -> ResponseReturnValue:
    """Answer which channels there are for a need, with the experience of others."""
    account, asked = current_account(), Asked.of(request.args)
    return render_template(
        "corridors/ask.html",
        asked=asked,
        view=services().corridors.ways(account, *asked.question) if asked.question else None,
        own=account.organisation.country if account.organisation else "",
        countries=country_choices(),
        needs=tuple(Need),
        titled=titled,
    )


@pages.get("/corridors/<start>/<end>")
def show(start: str, end: str) -> ResponseReturnValue:
    """Show two countries, asking and asked."""
    corridor = Corridor.between(start, end)
    if corridor is None:
        raise NotFound
    view = services().corridors.pair(current_account(), corridor)
    return render_template("corridors/show.html", view=view, corridor=corridor, address_of=address_of)


def _table() -> CorridorsView:
    return services().corridors.table(current_account(), narrowed_from(request.args))


def _file(text: str, mimetype: str, view: CorridorsView, ending: str) -> Response:
    answer = Response(text, mimetype=mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="{file_name(view, ending)}"'
    return answer
