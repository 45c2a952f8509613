"""Phrases from positions: where terms of a field follow one another, as Whoosh's own phrase query would find them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kb.adapters.search.array_file import Integers, Numbers
from kb.adapters.search.inverted import Inverted

FAR_FEWER = 16
"""So many times fewer are looked up one by one in the many; otherwise both are sorted together."""


def following(inverted: Inverted, terms: Sequence[str]) -> Integers:
    """Give the documents of one segment in which the terms stand one after the other."""
    found = [inverted.terms.find(term) for term in terms]
    places = [place for place in found if place is not None]
    if len(places) < len(found):
        return np.zeros(0, dtype=np.int32)
    room = _longest(inverted, places) + len(terms)
    rarest_first = sorted(range(len(places)), key=lambda number: _count(inverted, places[number]))
    starts = _keys(inverted, places[rarest_first[0]], room) - rarest_first[0]
    for number in rarest_first[1:]:
        starts = _common(starts, _keys(inverted, places[number], room) - number)
        if not len(starts):
            break
    documents = starts // room
    first: Integers = documents[np.flatnonzero(np.diff(documents, prepend=-1))].astype(np.int32)
    return first


def _keys(inverted: Inverted, place: int, room: int) -> Numbers:
    """Give one ascending number for each place at which a term stands: `room` numbers for each document.

    A start that would be before the beginning falls into the room behind the document before, where nothing stands.
    """
    documents = np.repeat(inverted.documents_of(place).astype(np.intp), inverted.frequencies_of(place))
    keys: Numbers = documents * room + inverted.positions_of(place)
    return keys


def _common(few: Numbers, many: Numbers) -> Numbers:
    """Give the numbers that are in both, in order."""
    if len(few) * FAR_FEWER < len(many):
        at = np.minimum(np.searchsorted(many, few), len(many) - 1)
        both: Numbers = few[many[at] == few]
        return both
    return np.intersect1d(few, many, assume_unique=True)


def _count(inverted: Inverted, place: int) -> int:
    assert inverted.occurrences
    starts = inverted.occurrences.starts
    return int(starts[place + 1] - starts[place])


def _longest(inverted: Inverted, places: Sequence[int]) -> int:
    """Give the last position at which any of the terms stands."""
    return max(int(inverted.positions_of(place).max()) for place in places)
