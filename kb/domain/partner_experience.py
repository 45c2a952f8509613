"""Partners: with which difficulties each type of partner helped, and in which it stood in the way, as reports tell.

It counts lessons, and judges nobody: who helped often may only have been asked often.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple


class Part(StrEnum):
    """What a partner did in a lesson."""

    HELPED = "helped"
    HINDERED = "hindered"


class PartnerReport(NamedTuple):
    """What one lesson tells one reader of the partners in it."""

    id: str
    case: str
    partners: Mapping[Part, frozenset[str]]
    difficulties: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    illustrative: bool = False


class Counts(NamedTuple):
    """In how many lessons a partner helped and hindered; one lesson may tell both."""

    helped: int = 0
    hindered: int = 0


class PartnerExperience(NamedTuple):
    """What lessons tell of one partner type."""

    lessons: Counts
    difficulties: Mapping[str, Counts]
    """Most told first."""
    countries: Mapping[str, Counts]
    """By code; where it is not told, as the report says."""
    illustrative: bool


def counts_by_partner(reports: Iterable[PartnerReport]) -> dict[str, Counts]:
    """Count, for every partner that a lesson names, in how many it helped and hindered."""
    found = {part: Counter[str]() for part in Part}
    for report in reports:
        for part, names in report.partners.items():
            found[part].update(names)
    return _counts(found)


def experience_with(partner: str, reports: Iterable[PartnerReport]) -> PartnerExperience:
    """Sum up what the lessons tell that name a partner."""
    naming = [report for report in reports if any(partner in names for names in report.partners.values())]
    return PartnerExperience(
        lessons=counts_by_partner(naming).get(partner, Counts()),
        difficulties=_counted(partner, naming, lambda report: report.difficulties),
        countries=_counted(partner, naming, lambda report: report.countries),
        illustrative=any(report.illustrative for report in naming),
    )


def _counted(
    partner: str, reports: Iterable[PartnerReport], values: Callable[[PartnerReport], Iterable[str]]
) -> dict[str, Counts]:
    found = {part: Counter[str]() for part in Part}
    for report in reports:
        for part, names in report.partners.items():
            if partner in names:
                found[part].update(values(report))
    return _counts(found)


def _counts(found: Mapping[Part, Counter[str]]) -> dict[str, Counts]:
    together = sum((Counter[str](count) for count in found.values()), Counter[str]())
    ordered = sorted(together, key=lambda each: (-together[each], each))
    return {each: Counts(found[Part.HELPED][each], found[Part.HINDERED][each]) for each in ordered}
