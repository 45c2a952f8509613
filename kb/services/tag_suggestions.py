"""Suggested tags for a lesson that is being written, from what exists for its writer alone: a tag that only hidden lessons bear weighs nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from kb.domain.account import Account
from kb.domain.case_study import CaseStudy
from kb.domain.concept import Concept
from kb.domain.errors import SearchUnavailable
from kb.domain.lexicon import FACETS
from kb.domain.permission import Permission, demand
from kb.domain.ports import Catalogue, Searcher
from kb.domain.similarity import MOST_SIMILAR, Passage, SimilarQuery
from kb.domain.tag_suggestion import FIELDS, MOST, Neighbour, SaidLabels, TagSuggestion, fits, suggested
from kb.domain.unit import LESSON_KINDS, Facet, SearchUnit, units_of
from kb.services.related import DRAFT
from kb.services.resolving import as_standing
from kb.services.vocabulary import Vocabularies, Vocabulary


class TagSuggestions:
    """Suggests concepts; while search is made anew, those alone that the text names."""

    def __init__(self, searcher: Searcher, catalogue: Catalogue, vocabularies: Vocabularies) -> None:
        self._searcher = searcher
        self._catalogue = catalogue
        self._vocabularies = vocabularies
        self._said: tuple[tuple[Concept, ...], SaidLabels] = ((), SaidLabels())

    def for_lesson(
        self, actor: Account | None, body: CaseStudy, key: str, *, case: str | None = None
    ) -> tuple[TagSuggestion, ...]:
        """Give what the lesson with this key may bear and does not yet, the best first, at most MOST of each facet.

        `case` is the id of the case that the text will be, whose own lessons count for nothing.
        """
        account = demand(actor, Permission.READ)
        lesson = body.lesson(key)
        units = {unit.id: unit for unit in units_of(case or DRAFT, 0, body)}
        unit = units.get(f"{case or DRAFT}/{key}")
        if lesson is None or unit is None:
            return ()
        vocabulary = self._vocabularies.of(account)
        said = self._labels(vocabulary).found_in((unit.title, unit.text), unit.language)
        found = suggested(said, self._neighbours(account, unit, case), FIELDS[lesson.kind])
        offered = {
            (FACETS[scheme], concept.key) for scheme in FACETS for concept in vocabulary.choices(scheme)
        }
        wanted = (each for each in found if (each.facet, each.key) in offered and fits(each, lesson))
        return tuple(_first(wanted))

    def _neighbours(self, account: Account, unit: SearchUnit, case: str | None) -> Sequence[Neighbour]:
        passage = Passage.written(unit, case)
        query = SimilarQuery(viewer=account.viewer, to=passage, kinds=LESSON_KINDS, limit=MOST_SIMILAR)
        try:
            hits = self._searcher.similar(query)
        except SearchUnavailable:
            return ()
        scores = {hit.id: hit.score for hit in hits}
        replacements = self._vocabularies.thesaurus().replacements
        entries = self._catalogue.searched({hit.case for hit in hits}) if hits else ()
        return [
            Neighbour(scores[each.id], as_standing(each.facets, replacements))
            for entry in entries
            for each in entry.units
            if each.id in scores and account.viewer.sees(each.readers)
        ]

    def _labels(self, vocabulary: Vocabulary) -> SaidLabels:
        """Give the labels of these concepts; for most people they are the same, so the last are kept."""
        kept, concepts = self._said, vocabulary.concepts
        if kept[0] != concepts:
            kept = self._said = (concepts, SaidLabels(vocabulary.thesaurus.standing))
        return kept[1]


def _first(found: Iterator[TagSuggestion]) -> Iterator[TagSuggestion]:
    counts: Counter[Facet] = Counter()
    for each in found:
        if counts[each.facet] < MOST[each.facet]:
            counts[each.facet] += 1
            yield each
