"""Cross tables, sums and figures from the columns, under the audience's mask: no text is read, and nothing is done unit by unit to count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from kb.adapters.search.answer import over
from kb.adapters.search.array_file import Integers, Mask, Numbers
from kb.adapters.search.audience import Audience
from kb.adapters.search.reading import Reading
from kb.adapters.search.schema import NO_DAYS
from kb.adapters.search.segment import KINDS
from kb.domain.cross_table import CrossQuery, CrossTable, SumQuery, UnitFigures, UnitSum
from kb.domain.query import SearchQuery
from kb.domain.record import Origin
from kb.domain.unit import MAY_BE_UNSTATED, NOT_STATED, ORIGIN_FACETS, Facet, UnitKind

_UNIT_KINDS = tuple(map(UnitKind, KINDS))


class _Told(NamedTuple):
    """Which of some documents tell which values: pairs in the order of the documents, none twice."""

    places: Numbers
    """The documents, by their places among them all."""
    codes: Integers
    values: Sequence[str]

    def per_document(self, documents: int) -> Integers:
        """Give how many values each document tells."""
        return np.bincount(self.places, minlength=documents)

    def counted(self) -> dict[str, int]:
        """Give how many documents tell each value, the untold values left out."""
        return {self.values[code]: count for code, count in _some(np.bincount(self.codes))}


def cross(reading: Reading, query: CrossQuery) -> CrossTable:
    """Count two facets against each other over all that a query finds."""
    return over(
        reading, query.asked, lambda audience, found: _crossed(query, audience, np.flatnonzero(found))
    )


def sums(reading: Reading, query: SumQuery) -> Mapping[str, UnitSum]:
    """Sum up all that a query finds by each value of a facet."""
    return over(reading, query.asked, lambda audience, found: _sums(query, audience, np.flatnonzero(found)))


def figures(reading: Reading, query: SearchQuery, facets: Collection[Facet]) -> tuple[UnitFigures, ...]:
    """Give the figures of all units that a query finds, by id."""
    return over(
        reading, query, lambda audience, found: tuple(_figures(audience, np.flatnonzero(found), facets))
    )


def lacking(reading: Reading, query: SearchQuery, facet: Facet) -> Mapping[str, int]:
    """Count, by their group, the units that a query finds and that tell the viewer no value of a facet."""

    def counted(audience: Audience, found: Mask) -> Mapping[str, int]:
        told = audience.facets.stated(facet)
        known = told & audience.knows if facet in ORIGIN_FACETS else told
        return Counter(audience.columns.words("case", np.flatnonzero(found & ~known)))

    return over(reading, query, counted)


def _crossed(query: CrossQuery, audience: Audience, documents: Numbers) -> CrossTable:
    size = len(documents)
    rows = _headed(_told(audience, documents, query.rows), dict(query.under))
    columns = _told(audience, documents, query.columns)
    in_both = (rows.per_document(size) > 0) & (columns.per_document(size) > 0)
    made_up = audience.having(Facet.ORIGIN, frozenset({Origin.ILLUSTRATIVE.value}))
    return CrossTable(
        cells=_cells(rows, columns, size),
        rows=rows.counted(),
        columns=columns.counted(),
        total=size,
        unstated=size - int(np.count_nonzero(in_both)),
        illustrative=bool(made_up[documents].any()),
    )


def _sums(query: SumQuery, audience: Audience, documents: Numbers) -> dict[str, UnitSum]:
    by = _told_alone(audience, documents, query.by)
    cases = _distinct(by, audience.columns.cases[documents])
    days = _ascending(by, audience.columns.days[documents])
    values: dict[str, dict[Facet, dict[str, int]]] = {
        value: {facet: {} for facet in query.told} for value in by.values
    }
    for facet in query.told:
        cells = _cells(by, _told_alone(audience, documents, facet), len(documents))
        for (value, other), count in cells.items():
            values[value][facet][other] = count
    return {
        by.values[code]: UnitSum(count, cases[code], tuple(days[code]), values[by.values[code]])
        for code, count in _some(np.bincount(by.codes))
    }


def _distinct(by: _Told, marks: Integers) -> list[int]:
    """Count for each value the different marks of the documents that tell it."""
    width = int(marks.max(initial=0)) + 1
    pairs = np.unique(by.codes.astype(np.int64) * width + marks[by.places])
    counts: list[int] = np.bincount(pairs // width, minlength=len(by.values)).tolist()
    return counts


def _ascending(by: _Told, days: Integers) -> list[list[int]]:
    """Give for each value how long the documents took that tell it, as far as they say."""
    taken = days[by.places]
    stated = taken != NO_DAYS
    codes, taken = by.codes[stated], taken[stated]
    order = np.lexsort((taken, codes))
    ends = np.cumsum(np.bincount(codes, minlength=len(by.values)))
    return [part.tolist() for part in np.split(taken[order], ends[:-1])]


def _told(audience: Audience, documents: Numbers, facet: Facet) -> _Told:
    """Give what these documents tell the viewer; those that tell nothing come under that, of facets that may be untold."""
    places, codes = audience.facets.pairs(documents, facet)
    values = audience.facets.values[facet]
    if facet in ORIGIN_FACETS:
        known = audience.knows[documents[places]]
        places, codes = places[known], codes[known]
    if facet not in MAY_BE_UNSTATED:
        return _Told(places, codes, values)
    untold = np.flatnonzero(audience.unstated[facet][documents])
    return _joined(_Told(places, codes, values), untold, np.full(len(untold), len(values)), [NOT_STATED])


def _headed(told: _Told, under: dict[str, str]) -> _Told:
    """Let each document tell, once, also the headings above its values."""
    headings = sorted(set(under.values()))
    place = {heading: number for number, heading in enumerate(headings)}
    above = np.array([place.get(under.get(value, ""), -1) for value in told.values], dtype=np.intp)
    if not headings or not len(above):
        return told
    heads = above[told.codes]
    some = heads >= 0
    once = np.flatnonzero(np.bincount(told.places[some] * len(headings) + heads[some]))
    places, codes = np.divmod(once, len(headings))
    return _joined(told, places, codes + len(told.values), headings)


def _joined(told: _Told, places: Numbers, codes: Integers, values: Sequence[str]) -> _Told:
    """Add pairs with further values."""
    all_places = np.concatenate([told.places, places])
    order = np.argsort(all_places, kind="stable")
    all_codes = np.concatenate([told.codes, codes])
    return _Told(all_places[order], all_codes[order], [*told.values, *values])


def _cells(rows: _Told, columns: _Told, size: int) -> dict[tuple[str, str], int]:
    """Pair each document's rows with its columns, and count the pairs."""
    lengths = columns.per_document(size)
    begins = np.cumsum(lengths) - lengths
    times = lengths[rows.places]
    ends = np.cumsum(times)
    at = np.repeat(begins[rows.places] - (ends - times), times)
    at += np.arange(len(at))
    width = max(len(columns.values), 1)
    pairs = np.repeat(rows.codes, times).astype(np.int64) * width + columns.codes[at]
    return {
        (rows.values[pair // width], columns.values[pair % width]): count
        for pair, count in _some(np.bincount(pairs))
    }


def _some(counts: Integers) -> Iterator[tuple[int, int]]:
    """Give what counts anything, with its count."""
    present = np.flatnonzero(counts)
    return zip(present.tolist(), counts[present].tolist(), strict=True)


def _figures(audience: Audience, documents: Numbers, facets: Collection[Facet]) -> Iterator[UnitFigures]:
    columns = audience.columns
    order = np.argsort(columns.by_id[documents]).tolist()
    told = [_by_document(_told_alone(audience, documents, facet), len(documents)) for facet in facets]
    ids, cases = columns.words("id", documents), columns.words("case", documents)
    kinds, days = columns.kinds[documents].tolist(), columns.days[documents].tolist()
    for place in order:
        yield UnitFigures(
            id=ids[place],
            case=cases[place],
            kind=_UNIT_KINDS[kinds[place]],
            days=None if days[place] == NO_DAYS else days[place],
            values=dict(zip(facets, [each[place] for each in told], strict=True)),
        )


def _told_alone(audience: Audience, documents: Numbers, facet: Facet) -> _Told:
    """Give what is told, without a word for what is not."""
    told = _told(audience, documents, facet)
    stated = told.codes < len(audience.facets.values[facet])
    return _Told(told.places[stated], told.codes[stated], told.values)


def _by_document(told: _Told, size: int) -> list[tuple[str, ...]]:
    """Give the values of each document; the pairs come in the documents' order, so each has a stretch of them."""
    values = [told.values[code] for code in told.codes.tolist()]
    ends = [0, *np.cumsum(told.per_document(size)).tolist()]
    return [tuple(values[start:end]) for start, end in pairwise(ends)]
