"""Corridors in addresses and on pages: what is asked for is read leniently, and every number is a link to its search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from flask import url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from kb.domain.corridor import Circle, Corridor, CorridorTable, Near
from kb.domain.instrument import Need
from kb.domain.query import Filter, Scope, SearchRequest
from kb.domain.unit import NOT_STATED
from kb.services.corridors import NARROWED_BY, CorridorsView
from kb.web.country import country_name
from kb.web.presenting import facet_label
from kb.web.searching import Addresses, chosen_filters, request_from
from kb.web.words import word

SHADES = 4
"""Numbers that are told apart by their shade; the last is of all that are larger."""


class Asked(NamedTuple):
    """What somebody typed into the question about a border, and what is missing in it."""

    start: str
    end: str
    need: Need | None
    question: tuple[Corridor, Need] | None
    """What can be answered; None until everything is chosen."""
    problems: tuple[str, ...]

    @classmethod
    def of(cls, arguments: MultiDict[str, str]) -> Asked:
        """Read the address; before anything was typed nothing is missing."""
        start, end = (arguments.get(name, "")[:2].upper() for name in ("from", "to"))
        need = next((each for each in Need if each == arguments.get("need")), None)
        corridor = Corridor.between(start, end)
        problems = (
            (corridor is None, _("Choose two different countries.")),
            (need is None, _("Choose what you need.")),
        )
        typed = bool(start or end or arguments.get("need"))
        question = (corridor, need) if corridor and need else None
        return cls(start, end, need, question, tuple(said for holds, said in problems if holds and typed))


def narrowed_from(arguments: MultiDict[str, str]) -> tuple[Filter, ...]:
    """Read by what the table is narrowed, as the search that its numbers open reads it."""
    return tuple(each for each in request_from(arguments).filters if each.facet in NARROWED_BY)


def by_name(codes: Iterable[str]) -> list[str]:
    """Give countries in the order of their names in the page's language: no other order would be without a ranking."""
    return sorted(codes, key=country_name)


def countries_told(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Give (code, name) by name; what is not stated comes last."""
    told = set(codes)
    named = [(code, country_name(code)) for code in by_name(told - {NOT_STATED})]
    return [*named, *((code, word(code)) for code in sorted(told & {NOT_STATED}))]


class TableCell(NamedTuple):
    """A number of the table, its shade, what it opens, and the two countries in words."""

    number: int
    level: int
    address: str
    words: str


class TablePage:
    """Countries in the order in which they are read; of a thousand cells, what a row shares is written once.

    A number opens the page of its pair; of a table that is narrowed the search for just those reports, as the page tells of all.
    """

    def __init__(self, table: CorridorTable, narrowed: tuple[Filter, ...]) -> None:
        self._cells = table.cells
        reports = SearchRequest(scope=Scope.CROSS_BORDER, filters=narrowed)
        self._reports = Addresses(reports).page(1) if narrowed else ""
        self.conditions = [
            f"{word(facet)}: {facet_label(facet, value)}" for facet, value in chosen_filters(reports)
        ]
        self.starts, self.ends = by_name(table.rows), by_name(table.columns)
        self._names = {code: country_name(code) for code in (*self.starts, *self.ends)}
        self._words = _("from %(start)s to %(end)s")

    def cells(self, start: str) -> Iterator[TableCell]:
        """Give what stands in each column of the row of a country."""
        pair = url_for("corridors.show", start=start, end="")
        row = f"{self._reports}&corridor={start}-" if self._reports else pair
        for end in self.ends:
            count = self._cells.get(Corridor(start, end), 0)
            words = self._words % {"start": self._names[start], "end": self._names[end]} if count else ""
            yield TableCell(count, min(count, SHADES), f"{row}{end}", words)


def titled(circle: Circle, corridor: Corridor) -> str:
    """Say where the reports of a circle are from."""
    start, end = map(country_name, corridor)
    words = {
        Near.HERE: _("%(start)s asked %(end)s", start=start, end=end),
        Near.BACK: _("%(end)s asked %(start)s", start=start, end=end),
        Near.ASKING: _("%(start)s asked any country", start=start),
        Near.ASKED: _("Any country asked %(end)s", end=end),
        Near.ANYWHERE: _("Anywhere"),
    }
    return str(words[circle.near])


def file_name(view: CorridorsView, ending: str) -> str:
    """Give the name under which the table is kept, with the marking of what it counts."""
    return f"corridors-TLP-{view.marking.value.replace('+', '-')}.{ending}"
