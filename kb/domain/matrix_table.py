"""The matrix as it leaves the house: one value for programs, rows for spreadsheets, both with the marking of what was counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kb.domain.insight import Group, Line, MatrixView


def plain_matrix(view: MatrixView) -> dict[str, object]:
    """Give the table as plain values; a cell that is not there counts no case, which is not to say that there is no problem."""
    asked = view.request
    return {
        "counted": "case studies",
        "rows": "difficulty",
        "columns": list(view.matrix.columns),
        "asked": {
            "from": asked.since,
            "to": asked.until,
            "phenomenon": asked.phenomenon,
            "stage": asked.stage,
            "sort": asked.sort,
        },
        "marking": view.marking.value,
        "illustrative": view.illustrative,
        "total": view.total,
        "totals": dict(view.matrix.totals),
        "groups": [_plain_group(group) for group in view.matrix.groups],
        "no_case_reported": [key for key, _ in view.silent],
    }


def matrix_rows(view: MatrixView) -> Iterator[Iterable[str]]:
    """Give a line of headings, then one per difficulty; of a cell that counts no case, nothing."""
    columns = view.matrix.columns
    yield ("group", "difficulty", "label", "cases", *columns, "marking", "illustrative")
    made_up = "yes" if view.illustrative else "no"
    for group in view.matrix.groups:
        above = group.heading.key if group.heading else ""
        for line in group.lines:
            cells = (str(line.cells.get(column, "")) for column in columns)
            yield (above, line.key, line.label, str(line.total), *cells, view.marking.value, made_up)


def _plain_group(group: Group) -> Mapping[str, object]:
    heading = _plain_line(group.heading) if group.heading else {}
    return {**heading, "difficulties": [_plain_line(line) for line in group.lines]}


def _plain_line(line: Line) -> dict[str, object]:
    return {"key": line.key, "label": line.label, "total": line.total, "cells": dict(line.cells)}
