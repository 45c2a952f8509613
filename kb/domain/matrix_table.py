"""The matrix as it leaves the house: one value for programs, rows for spreadsheets, both with the marking of what was counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kb.domain.insight import Group, Line, MatrixRequest, MatrixView


def plain_matrix(view: MatrixView) -> dict[str, object]:
    """Give the table as plain values; a cell that is not there counts no case, which is not to say that there is no problem."""
    return {
        "counted": "case studies",
        "rows": "difficulty",
        "columns": list(view.matrix.columns),
        "asked": {**_narrowing(view.request), "sort": view.request.sort},
        "marking": view.marking.value,
        "illustrative": view.illustrative,
        "total": view.total,
        "totals": dict(view.matrix.totals),
        "years": dict(view.by_year.totals),
        "groups": [_plain_group(group) for group in view.matrix.groups],
        "by_year": [_plain_line(group.heading) for group in view.by_year.groups if group.heading],
        "reported_by_several": [each._asdict() for each in view.shared],
        "solved_elsewhere": {
            "open_in": view.country,
            "difficulties": [each._asdict() for each in view.openings],
        },
        "no_case_reported": [key for key, _ in view.silent],
    }


def matrix_rows(view: MatrixView) -> Iterator[Iterable[str]]:
    """Give a line of headings, then the rows of the page, where a group has no difficulty; of a cell that counts no case, nothing."""
    columns = view.matrix.columns
    yield ("group", "difficulty", "label", "cases", *columns, "marking", "illustrative", "narrowed")
    narrowed = "; ".join(f"{name}={value}" for name, value in _narrowing(view.request).items() if value)
    remarks = (view.marking.value, "yes" if view.illustrative else "no", narrowed)
    for group in view.matrix.groups:
        above = group.heading.key if group.heading else ""
        for line in (group.heading, *group.lines):
            if line:
                cells = (str(line.cells.get(column, "")) for column in columns)
                key = "" if line is group.heading else line.key
                yield (above, key, line.label, str(line.total), *cells, *remarks)
    totals = (str(view.matrix.totals.get(column, "")) for column in columns)
    yield ("", "", "All cases counted", str(view.total), *totals, *remarks)


def _narrowing(asked: MatrixRequest) -> dict[str, int | str | None]:
    return {"from": asked.since, "to": asked.until, "phenomenon": asked.phenomenon, "stage": asked.stage}


def _plain_group(group: Group) -> Mapping[str, object]:
    heading = _plain_line(group.heading) if group.heading else {}
    return {**heading, "difficulties": [_plain_line(line) for line in group.lines]}


def _plain_line(line: Line) -> dict[str, object]:
    return {"key": line.key, "label": line.label, "total": line.total, "cells": dict(line.cells)}
