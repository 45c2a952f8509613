"""Concepts: what lists and pages of tags show to one reader. What coordinators do to them is in `concept_acts`."""

from __future__ import annotations

from collections.abc import Iterable

from kb.domain.account import Account
from kb.domain.concept import UNADOPTED, Concept, Scheme, concept_id
from kb.domain.errors import NotFound, SearchUnavailable
from kb.domain.folding import fold
from kb.domain.lexicon import FACETS
from kb.domain.permission import Permission, demand, permits
from kb.domain.ports import Searcher
from kb.domain.query import Filter, SearchPage, SearchQuery
from kb.domain.record import Kind
from kb.domain.revision import RecordRef, Revision
from kb.domain.text import Value
from kb.domain.unit import Facet
from kb.services.records import HistoryLine, Records, body_as, named
from kb.services.vocabulary import Vocabularies, Vocabulary

FACET_OF: dict[Scheme, Facet] = FACETS
"""The schemes whose concepts every search counts."""


class ConceptUse(Value):
    """A concept in a list, with the number of search units that bear it for this reader."""

    concept: Concept
    count: int | None
    """None where search cannot say: it cannot filter by the scheme, or is being rebuilt."""


class Branch(Value):
    """A concept with what stands under it."""

    use: ConceptUse
    narrower: tuple[Branch, ...] = ()

    @property
    def size(self) -> int:
        """Give how many concepts stand here."""
        return 1 + sum(each.size for each in self.narrower)


class ConceptList(Value):
    """A scheme as one reader may see it: what was merged into another stands with that one alone."""

    uses: tuple[ConceptUse, ...]
    tree: tuple[Branch, ...] = ()
    proposals: tuple[Concept, ...] = ()
    """Those that wait or were refused, of all for coordinators, of one's own for others."""
    illustrative: bool = False
    """Whether illustrative records are among those counted."""


class ConceptMeaning(Value):
    """What a concept means, as one reader may see it."""

    concept: Concept
    stands: str
    """The key of the concept that stands for it, if it was merged into one."""
    merged: tuple[Concept, ...] = ()
    """What was merged into that."""


class ConceptView(Value):
    """A concept's page: what it means and where it is used, as one reader may see it."""

    concept: Concept
    stands: str
    """The key of the concept that stands for it, if it was merged into one."""
    broader: Concept | None = None
    related: tuple[Concept, ...] = ()
    merged: tuple[Concept, ...] = ()
    """What was merged into it."""
    is_own: bool = False
    """Whether the reader proposed it."""
    revision: int
    narrower: tuple[Concept, ...] = ()
    uses: SearchPage | None = None
    """None for a scheme that search cannot filter by, and while search is being rebuilt."""
    search_works: bool = True
    can_curate: bool = False


class Concepts:
    """Use cases over concepts; lessons refer to keys, so nothing here touches a case."""

    def __init__(
        self,
        records: Records,
        vocabularies: Vocabularies,
        engine: Searcher,
    ) -> None:
        self._records = records
        self._vocabularies = vocabularies
        self._engine = engine

    def vocabulary(self, actor: Account | None) -> Vocabulary:
        """Give the concepts that exist for the actor, to look labels up."""
        return self._vocabularies.of(actor)

    def list(
        self, actor: Account | None, scheme: Scheme, language: str = "en", words: str = ""
    ) -> ConceptList:
        """List a scheme with the viewer's counts; a count equals what a search filtered by the concept returns.

        Of `words`, a part of any label in any language, those alone that have it, with what they stand under.
        """
        account = demand(actor, Permission.READ)
        found = self._all(account) if scheme in FACET_OF else None
        counts = {each.value: each.count for each in found.counts(FACET_OF[scheme])} if found else {}
        vocabulary = self._vocabularies.of(account)
        concepts = [each for each in vocabulary.scheme(scheme, language) if has_words(each, words)]
        members = [
            each for each in concepts if each.status not in UNADOPTED and vocabulary.stands(scheme, each.key)
        ]
        merged = {
            vocabulary.standing(scheme, each.key)
            for each in concepts
            if not vocabulary.stands(scheme, each.key)
        }
        wanted = {each.key for each in members} | merged
        uses = tuple(
            ConceptUse(concept=each, count=counts.get(each.key, 0) if found else None)
            for each in vocabulary.scheme(scheme, language)
            if each.key in wanted
        )
        return ConceptList(
            uses=uses,
            tree=self._tree(vocabulary, scheme, language, uses),
            proposals=tuple(each.shown_to(account.viewer) for each in concepts if each.status in UNADOPTED),
            illustrative=found is not None and found.illustrative,
        )

    def _tree(
        self, vocabulary: Vocabulary, scheme: Scheme, language: str, uses: tuple[ConceptUse, ...]
    ) -> tuple[Branch, ...]:
        """Put these uses under what they stand under; what is above one of them is there as well, though not counted."""
        known = {use.concept.key: use for use in uses}
        above = {key for key in known for key in vocabulary.thesaurus.ancestors(scheme, key)}
        under: dict[str | None, list[Concept]] = {}
        for concept in vocabulary.scheme(scheme, language):
            if concept.key in known.keys() | above:
                broader = vocabulary.thesaurus.broader(concept)
                under.setdefault(broader if broader and vocabulary.get(scheme, broader) else None, []).append(
                    concept
                )

        def branch(concept: Concept) -> Branch:
            use = known.get(concept.key) or ConceptUse(concept=concept, count=None)
            return Branch(use=use, narrower=tuple(map(branch, under.get(concept.key, ()))))

        return tuple(map(branch, under.get(None, ())))

    def meaning(self, actor: Account | None, scheme: Scheme, key: str) -> ConceptMeaning:
        """Give what a concept means and what stands for it, without its uses; raises NotFound."""
        account = demand(actor, Permission.READ)
        _, concept = self._current(account, scheme, key)
        vocabulary = self._vocabularies.of(account)
        stands = vocabulary.standing(scheme, key)
        return ConceptMeaning(
            concept=concept.shown_to(account.viewer),
            stands=stands,
            merged=vocabulary.thesaurus.merged_into(scheme, stands),
        )

    def get(self, actor: Account | None, scheme: Scheme, key: str, *, page: int = 1) -> ConceptView:
        """Give a concept's page; raises NotFound."""
        account = demand(actor, Permission.READ)
        revision, concept = self._current(account, scheme, key)
        vocabulary = self._vocabularies.of(account)
        uses, search_works = self._uses(account, scheme, key, page)
        broader = vocabulary.thesaurus.broader(concept)
        return ConceptView(
            concept=concept.shown_to(account.viewer),
            stands=vocabulary.standing(scheme, key),
            broader=vocabulary.get(scheme, broader) if broader else None,
            related=_known(vocabulary, scheme, concept.related),
            merged=vocabulary.thesaurus.merged_into(scheme, key),
            is_own=concept.proposer == account.id,
            revision=revision.number,
            narrower=vocabulary.narrower(scheme, key),
            uses=uses,
            search_works=search_works,
            can_curate=permits(account, Permission.CURATE_CONCEPTS),
        )

    def history(self, actor: Account | None, scheme: Scheme, key: str) -> tuple[HistoryLine, ...]:
        """Give the revisions of a concept, newest first."""
        return self._records.history(actor, concept_ref(scheme, key))

    def line(self, actor: Account | None, scheme: Scheme, key: str, number: int) -> HistoryLine:
        """Give the line of one revision; raises NotFound."""
        lines = (each for each in self.history(actor, scheme, key) if each.number == number)
        found = next(lines, None)
        if found is None:
            raise NotFound
        return found

    def _current(self, account: Account, scheme: Scheme, key: str) -> tuple[Revision, Concept]:
        revision = self._records.current(account, concept_ref(scheme, key))
        return revision, body_as(Concept, revision)

    def _all(self, account: Account) -> SearchPage | None:
        """Give what a search for everything counts; None while search is rebuilt."""
        try:
            return self._engine.search(SearchQuery(viewer=account.viewer, size=1))
        except SearchUnavailable:
            return None

    def _uses(self, account: Account, scheme: Scheme, key: str, page: int) -> tuple[SearchPage | None, bool]:
        """Give the units that bear the concept, and whether search works; a tag's page stands without it."""
        facet = FACET_OF.get(scheme)
        if facet is None:
            return None, True
        chosen = Filter(facet=facet, values=frozenset({key}))
        try:
            return self._engine.search(SearchQuery(viewer=account.viewer, filters=(chosen,), page=page)), True
        except SearchUnavailable:
            return None, False


def _known(vocabulary: Vocabulary, scheme: Scheme, keys: Iterable[str]) -> tuple[Concept, ...]:
    """Give what stands for these keys and exists for the reader."""
    stand = vocabulary.thesaurus.replacements.among_keys(scheme, keys)
    return tuple(concept for key in stand if (concept := vocabulary.get(scheme, key)))


def has_words(concept: Concept, words: str) -> bool:
    """Say whether these letters stand in any label of a concept, in any language."""
    wanted = fold(words.strip())
    return not wanted or any(
        wanted in fold(word) for labels in concept.labels for word in (labels.preferred, *labels.alternative)
    )


def concept_ref(scheme: Scheme, key: str) -> RecordRef:
    """Name a concept's record; raises NotFound for what can be no key."""
    if not key:
        raise NotFound
    return named(Kind.CONCEPT, concept_id(scheme, key))
