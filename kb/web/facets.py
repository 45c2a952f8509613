"""The facets beside the results: words and addresses of their values, ready to be shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from kb.domain.query import FacetCount, SearchPage
from kb.domain.unit import Facet
from kb.web.presenting import facet_labels
from kb.web.searching import Addresses

SHOWN = 6
"""Values of a facet that are shown; the others are folded away."""


class Row(NamedTuple):
    """One value, and what a click on it leads to."""

    label: str
    results: int
    chosen: bool
    address: str
    """Of the value alone; of a chosen one, where it is taken off again."""
    also: str = ""
    """Where it may be had as well as those that are chosen, if any is."""


class FacetList(NamedTuple):
    """One facet with its values, the most frequent first."""

    facet: Facet
    narrowed: bool
    """Whether one of its values is chosen."""
    shown: Sequence[Row]
    folded: Sequence[Row]

    @property
    def is_open(self) -> bool:
        """Say whether what is folded away is to be seen: something chosen always is."""
        return any(row.chosen for row in self.folded)


def facet_lists(found: SearchPage, addresses: Addresses) -> Iterator[FacetList]:
    """Give the facets that have values, in the order of the facets."""
    for facet in Facet:
        if counts := found.counts(facet):
            narrowed = any(each.chosen for each in counts)
            label = facet_labels(facet)
            rows = [_row(each, label, addresses, narrowed=narrowed) for each in counts]
            yield FacetList(facet, narrowed, rows[:SHOWN], rows[SHOWN:])


def _row(each: FacetCount, label: Callable[[str], str], addresses: Addresses, *, narrowed: bool) -> Row:
    facet, value = each.facet, each.value
    if each.chosen:
        return Row(label(value), each.count, chosen=True, address=addresses.without(facet, value))
    also = addresses.also(facet, value) if narrowed else ""
    return Row(label(value), each.count, chosen=False, address=addresses.only(facet, value), also=also)
