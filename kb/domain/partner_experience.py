"""Partners: with which difficulties each type of partner helped, and in which it stood in the way, as lessons tell.

It counts lessons, and judges nobody: who helped often may only have been asked often.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from kb.domain.cross_table import CrossTable


class Counts(NamedTuple):
    """In how many lessons a partner helped and hindered; one lesson may tell both."""

    helped: int = 0
    hindered: int = 0


class PartnerExperience(NamedTuple):
    """What lessons tell of one partner type: in all, by difficulty (most told first) and by country, or where it is not told."""

    lessons: Counts
    difficulties: Mapping[str, Counts]
    countries: Mapping[str, Counts]
    illustrative: bool


def side_by_side(helped: Mapping[str, int], hindered: Mapping[str, int]) -> dict[str, Counts]:
    """Lay the counts of both beside each other, most told first."""
    found = {each: Counts(helped.get(each, 0), hindered.get(each, 0)) for each in {*helped, *hindered}}
    return dict(sorted(found.items(), key=lambda each: (-sum(each[1]), each[0])))


def experience_of(helped: CrossTable, hindered: CrossTable) -> PartnerExperience:
    """Sum up what was counted, difficulties against countries, where a partner helped and where it hindered."""
    return PartnerExperience(
        lessons=Counts(helped.total, hindered.total),
        difficulties=side_by_side(helped.rows, hindered.rows),
        countries=side_by_side(helped.columns, hindered.columns),
        illustrative=helped.illustrative or hindered.illustrative,
    )
