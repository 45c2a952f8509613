"""Likeness in memory: how many words and linking values two units share."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kb.domain.errors import NotFound
from kb.domain.marking import Viewer
from kb.domain.similarity import LINKING, Passage, SimilarQuery, Where
from kb.domain.unit import Facet, SearchUnit
from tests.fakes.standing import as_standing

_WORD = re.compile(r"\w+")


def ranked(units: Mapping[str, SearchUnit], query: SimilarQuery) -> list[tuple[SearchUnit, int]]:
    """Give the best unit of each other case that shares anything with how alike it is, the most alike first."""
    visible = {name: unit for name, unit in units.items() if query.viewer.sees(unit.readers)}
    passage = query.to if isinstance(query.to, Passage) else _passage(visible, query, query.to)
    passage = passage.model_copy(update={"facets": as_standing(passage.facets, query.standing)})
    scores = {
        name: _likeness(unit, passage)
        for name, unit in visible.items()
        if unit.case != passage.case and unit.kind in query.kinds and _is_from(unit, passage, query)
    }
    best: dict[str, tuple[SearchUnit, int]] = {}
    for name in sorted(scores, key=lambda each: (-scores[each], each)):
        if scores[name]:
            best.setdefault(visible[name].case, (visible[name], scores[name]))
    return list(best.values())[: query.limit]


def _passage(visible: Mapping[str, SearchUnit], query: SimilarQuery, name: str) -> Passage:
    if name not in visible:
        raise NotFound
    unit = visible[name]
    return Passage(
        title=unit.title,
        text=unit.text,
        language=unit.language,
        facets=frozenset(pair for pair in unit.facets if pair[0] in LINKING),
        countries=countries_known(unit, query.viewer),
        case=unit.case,
    )


def _likeness(unit: SearchUnit, passage: Passage) -> int:
    same = unit.language == passage.language
    words = _words(passage.title, passage.text) & _words(unit.title, unit.text) if same else set()
    return len(words) + 2 * len(unit.facets & passage.facets)


def _words(*texts: str) -> set[str]:
    return {word.casefold() for text in texts for word in _WORD.findall(text)}


def countries_known(unit: SearchUnit, viewer: Viewer) -> frozenset[str]:
    own = unit.owner is not None and viewer.organisation == unit.owner
    told = viewer.unrestricted or not unit.chatham_house or own
    return unit.values(Facet.COUNTRY) if told else frozenset()


def _is_from(unit: SearchUnit, passage: Passage, query: SimilarQuery) -> bool:
    known = countries_known(unit, query.viewer)
    match query.where:
        case Where.ANYWHERE:
            return True
        case Where.ABROAD:
            return not known or bool(known - passage.countries)
        case Where.AT_HOME:
            return bool(known) and known <= passage.countries
