"""What others have told already: lessons of other cases like those that somebody is writing, so that nothing is told twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from pydantic import Field

from kb.domain.account import Account
from kb.domain.case_study import CaseStudy
from kb.domain.errors import SearchUnavailable
from kb.domain.permission import Permission, demand
from kb.domain.ports import Catalogue, Searcher
from kb.domain.query import Hit, Sibling
from kb.domain.resemblance import Resemblance, band_of, telling_words, words_shared
from kb.domain.similarity import LINKING, Passage, SimilarQuery
from kb.domain.text import Value
from kb.domain.unit import SearchUnit, units_of
from kb.services.resolving import as_standing
from kb.services.vocabulary import Vocabularies

DRAFT = "draft"
"""Stands for the id of a case that has none yet."""


class RelatedLessons(Value):
    """By the key of a lesson what is like it, the most alike first."""

    by_lesson: Mapping[str, tuple[Resemblance, ...]] = Field(default_factory=dict)
    linked: Mapping[str, Sibling] = Field(default_factory=dict)
    """By its unit id each difficulty that one of the text is said to be, where the writer may see it."""
    search_works: bool = True

    def of(self, key: str) -> tuple[Resemblance, ...]:
        """Give what is like the lesson with this key."""
        return self.by_lesson.get(key, ())


class Related:
    """Finds them among what the actor may see."""

    def __init__(self, searcher: Searcher, catalogue: Catalogue, vocabularies: Vocabularies) -> None:
        self._searcher = searcher
        self._catalogue = catalogue
        self._vocabularies = vocabularies

    def to_draft(
        self,
        actor: Account | None,
        body: CaseStudy,
        *,
        case: str | None = None,
        only: Collection[str] | None = None,
    ) -> RelatedLessons:
        """Give for each lesson of a text that is being written (or `only` for those with these keys) what is like it.

        `case` is the id of the case that the text will be, which is left out. Nothing is kept, and nothing breaks while search is made anew.
        """
        account = demand(actor, Permission.READ)
        lessons = [
            unit
            for unit in units_of(case or DRAFT, 0, body)[1:]
            if only is None or unit.id.partition("/")[2] in only
        ]
        named = [unit for each in body.difficulties for unit in each.same_as]
        try:
            found = {unit.id: self._like(account, unit, case) for unit in lessons}
            search_works = True
        except SearchUnavailable:
            found, search_works = {}, False
        units = self._units(account, [*named, *(hit.id for hits in found.values() for hit in hits)])
        return RelatedLessons(
            by_lesson={
                unit.id.partition("/")[2]: tuple(_resemblances(unit, found.get(unit.id, ()), units))
                for unit in lessons
            },
            linked={name: _named(units[name]) for name in named if name in units},
            search_works=search_works,
        )

    def _like(self, account: Account, unit: SearchUnit, case: str | None) -> tuple[Hit, ...]:
        passage, kinds = Passage.written(unit, case), frozenset({unit.kind})
        return self._searcher.similar(SimilarQuery(viewer=account.viewer, to=passage, kinds=kinds))

    def _units(self, account: Account, names: Collection[str]) -> Mapping[str, SearchUnit]:
        """Give the units of these cases by their ids, as the catalogue has them now: the index may be a moment behind."""
        entries = self._catalogue.searched({name.partition("/")[0] for name in names}) if names else ()
        replacements = self._vocabularies.thesaurus().replacements
        return {
            unit.id: unit.model_copy(update={"facets": as_standing(unit.facets, replacements)})
            for entry in entries
            for unit in entry.units
            if account.viewer.sees(unit.readers)
        }


def _resemblances(
    unit: SearchUnit, hits: Sequence[Hit], units: Mapping[str, SearchUnit]
) -> Sequence[Resemblance]:
    own = _words(unit)
    others = {hit.id: _words(units[hit.id]) for hit in hits if hit.id in units}
    return [
        Resemblance(
            hit=hit,
            band=band_of(own, others[hit.id]),
            shared=tuple(sorted(pair for pair in unit.facets & units[hit.id].facets if pair[0] in LINKING)),
            words=words_shared(own, others[hit.id], others.values()),
        )
        for hit in hits
        if hit.id in others
    ]


def _words(unit: SearchUnit) -> Counter[str]:
    return telling_words(unit.title, unit.text)


def _named(unit: SearchUnit) -> Sibling:
    return Sibling(id=unit.id, kind=unit.kind, title=unit.title, language=unit.language)
