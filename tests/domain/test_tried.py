"""What was tried comes by how it went, and the best founded first."""

from __future__ import annotations

from kb.domain.cross_table import UnitFigures
from kb.domain.evidence import Confirmation, Evidence, Strength
from kb.domain.lesson import Outcome
from kb.domain.tried import by_outcome
from kb.domain.unit import Facet, UnitKind


def solution(name: str, outcome: str = "worked", countries: str = "AT", year: str = "2007") -> UnitFigures:
    values = {
        Facet.OUTCOME: tuple(outcome.split()),
        Facet.COUNTRY: tuple(countries.split()),
        Facet.YEAR: tuple(year.split()),
    }
    return UnitFigures(name, name.partition("/")[0], UnitKind.SOLUTION, None, values)


def test_outcomes_stand_apart_and_those_that_nobody_told_are_left_out() -> None:
    found = by_outcome([solution("a/s", "did-not-work"), solution("b/s"), solution("c/s", "")], {})

    assert found == ((Outcome.WORKED, ("b/s",)), (Outcome.FAILED, ("a/s",)), (Outcome.UNKNOWN, ("c/s",)))


def test_strength_comes_before_countries_and_these_before_the_year() -> None:
    solutions = [
        solution("old/s", year="2001"),
        solution("late/s", year="2009"),
        solution("undated/s", year=""),
        solution("wide/s", countries="AT BE DE", year="2001"),
        solution("again/s", year="2001"),
        solution("learned/s", year="2001"),
        solution("vain/s", countries="AT BE DE", year="2009"),
    ]
    known = {
        "again/s": (Evidence(strength=Strength.REPLICATED, countries=2), Confirmation()),
        "learned/s": (Evidence(strength=Strength.SINGLE), Confirmation(learned=True)),
        "vain/s": (Evidence(), Confirmation()),
    }

    ((_, names),) = by_outcome(solutions, known)
    assert names == ("again/s", "learned/s", "wide/s", "late/s", "old/s", "undated/s", "vain/s")
