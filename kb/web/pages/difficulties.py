"""Difficulties across countries: which ones the cases have in common, and what is known of each."""

from __future__ import annotations

import json

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kb.domain.insight import MatrixView
from kb.domain.matrix_table import matrix_rows, plain_matrix
from kb.domain.spreadsheet import comma_separated
from kb.web.current import current_account, services
from kb.web.difficulty import DifficultyPage
from kb.web.matrix import MatrixPage, folded_from, matrix_request_from

pages = Blueprint("difficulties", __name__)


@pages.get("/difficulties")
def index() -> ResponseReturnValue:
    """Show the matrix of difficulties and countries."""
    view = _matrix()
    return render_template(
        "difficulties/index.html",
        view=view,
        matrix=view.matrix,
        page=MatrixPage(view, folded_from(request.args)),
    )


@pages.get("/difficulties.csv")
def comma_separated_values() -> ResponseReturnValue:
    """Give the same table for a spreadsheet; the marking stands in each line and in the file's name."""
    view = _matrix()
    return _file(comma_separated(matrix_rows(view)), "text/csv", view, "csv")


@pages.get("/difficulties.json")
def as_json() -> ResponseReturnValue:
    """Give the same table for a program."""
    view = _matrix()
    return _file(json.dumps(plain_matrix(view), ensure_ascii=False), "application/json", view, "json")


@pages.get("/difficulties/<key>")
def show(key: str) -> ResponseReturnValue:
    """Show what is known of a difficulty; of one that was merged, lead to the one that stands for it."""
    account = current_account()
    view = services().difficulties.get(account, key)
    if view.stands != key:
        return redirect(url_for("difficulties.show", key=view.stands))
    if view.concept.is_group:
        return redirect(url_for("difficulties.index", _anchor=f"group-{key}"))
    return render_template(
        "difficulties/show.html", view=view, concept_=view.concept, page=DifficultyPage(view)
    )


def _matrix() -> MatrixView:
    account = current_account()
    return services().insights.matrix(account, matrix_request_from(request.args), account.language)


def _file(text: str, mimetype: str, view: MatrixView, ending: str) -> Response:
    answer = Response(text, mimetype=mimetype)
    name = f"difficulties-TLP-{view.marking.value.replace('+', '-')}.{ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
