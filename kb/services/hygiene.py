"""Hygiene of the vocabularies: what a coordinator may want to look at, from one question each to index and catalogue.

Counts are the viewer's, as lists of tags and searches have them. Which country bears a tag is asked of the index under the
viewer's mask: what comes from a place that the viewer is not told counts as a place that is not known, so it never makes "one
country only".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from kb.domain.account import Account
from kb.domain.concept import Concept, ConceptStatus, Scheme
from kb.domain.country import Country
from kb.domain.cross_table import CrossQuery, CrossTable
from kb.domain.errors import SearchUnavailable
from kb.domain.near_labels import NearLabels, near_labels
from kb.domain.permission import Permission, demand, permits
from kb.domain.ports import Catalogue, Searcher
from kb.domain.query import Scope, SearchPage, SearchQuery
from kb.domain.record import Kind
from kb.domain.review_date import ReviewState
from kb.domain.revision import RecordRef
from kb.domain.text import Value
from kb.domain.unit import NOT_STATED, Facet
from kb.services.concepts import FACET_OF
from kb.services.still_true import Asked, StillTrue, StillTrueList
from kb.services.vain_searches import VainSearches
from kb.services.vocabulary import Vocabularies, Vocabulary

OVERUSED_SHARE = 0.25
"""Of all entries: what every fourth bears tells few of them apart."""
OVERUSED_LEAST = 20
"""Entries below which no share says anything."""
OVERUSED_SCHEMES = (Scheme.TAG, Scheme.DIFFICULTY)
"""Vocabularies that are to tell entries apart; of stages and channels some are simply frequent."""
TAGGED = (Scope.PRACTICES, Scope.SOLUTIONS)
"""Kinds of lesson that nothing but tags files: difficulties and border issues have their own categories."""
MOST_UNTAGGED = 200
"""Cases with untagged lessons that are named; the others are counted."""
LANGUAGES = ("en", "de", "es", "fr", "it", "ru")
"""In which the vocabularies are kept."""


class Used(Value):
    """A concept with how many entries bear it for this reader."""

    concept: Concept
    count: int
    country: Country | None = None
    """The only one that it is met in, where that is what is told."""


class Untagged(Value):
    """A case with so many lessons that bear no tag."""

    case: str
    title: str
    language: str
    count: int


class Untranslated(Value):
    """A concept, and the languages in which it has no preferred label."""

    concept: Concept
    languages: tuple[str, ...]


class Usage(Value):
    """What the index says of the vocabularies."""

    unused: tuple[Used, ...] = ()
    overused: tuple[Used, ...] = ()
    one_country: tuple[Used, ...] = ()
    untagged: tuple[Untagged, ...] = ()
    """Those with most such lessons; `untagged_more` are the cases beside them."""
    untagged_more: int = 0
    illustrative: bool = False
    """Whether illustrative records are among what was counted."""


class HygieneReport(Value):
    """All that may need a look."""

    near: tuple[NearLabels, ...] = ()
    proposals: tuple[Concept, ...] = ()
    untranslated: tuple[Untranslated, ...] = ()
    usage: Usage | None = None
    """None while search is being rebuilt."""
    in_vain: int | None = None
    """Searches in vain that wait; None for who does not watch them."""
    overdue: tuple[Asked, ...] = ()
    """Cases, practices, resources, instruments and countries."""


class Hygiene:
    """Looks the vocabularies through for coordinators; nothing here opens a record's file."""

    def __init__(
        self,
        vocabularies: Vocabularies,
        engine: Searcher,
        catalogue: Catalogue,
        vain_searches: VainSearches,
        still_true: StillTrue,
    ) -> None:
        self._vocabularies = vocabularies
        self._engine = engine
        self._catalogue = catalogue
        self._vain_searches = vain_searches
        self._still_true = still_true
        self._near: tuple[tuple[Concept, ...], tuple[NearLabels, ...]] = ((), ())

    def report(self, actor: Account | None, schemes: Iterable[Scheme] = tuple(Scheme)) -> HygieneReport:
        """Give what may need a look in some vocabularies, and among what everybody reads."""
        account = demand(actor, Permission.CURATE_CONCEPTS)
        wanted = frozenset(schemes)
        vocabulary = self._vocabularies.of(account)
        concepts = [each for each in vocabulary.concepts if each.scheme in wanted]
        due = self._still_true.list(account)
        watches = permits(account, Permission.WATCH_SEARCHES)
        return HygieneReport(
            near=tuple(each for each in self._near_of(vocabulary) if each.scheme in wanted),
            proposals=tuple(
                each.shown_to(account.viewer) for each in concepts if each.status is ConceptStatus.PROPOSED
            ),
            untranslated=tuple(_untranslated(concepts)),
            usage=self._usage(account, [each for each in concepts if _is_offered(each)]),
            in_vain=self._vain_searches.waiting(account) if watches else None,
            overdue=_overdue(due),
        )

    def _near_of(self, vocabulary: Vocabulary) -> tuple[NearLabels, ...]:
        """Compare the labels once for as long as the concepts are the same."""
        concepts, known = self._near
        if concepts != vocabulary.concepts:
            adopted = (each for each in vocabulary.concepts if each.status is ConceptStatus.ADOPTED)
            known = near_labels(adopted)
            self._near = (vocabulary.concepts, known)
        return known

    def _usage(self, account: Account, concepts: Iterable[Concept]) -> Usage | None:
        everything = SearchQuery(viewer=account.viewer, size=1)
        offered = list(concepts)
        try:
            found = self._engine.search(everything)
            countries = self._engine.cross(
                CrossQuery(asked=everything, rows=Facet.TAG, columns=Facet.COUNTRY)
            )
            untagged = sum(
                (
                    Counter(self._engine.lacking(everything.model_copy(update={"scope": scope}), Facet.TAG))
                    for scope in TAGGED
                ),
                Counter[str](),
            )
        except SearchUnavailable:
            return None
        uses = [
            Used(concept=each, count=counts.get(each.key, 0))
            for scheme, counts in _counts(found).items()
            for each in offered
            if each.scheme is scheme
        ]
        return Usage(
            unused=tuple(each for each in uses if not each.count),
            overused=tuple(_overused(uses, found)),
            one_country=tuple(_one_country(uses, countries)),
            untagged=tuple(self._untagged(account, untagged)),
            untagged_more=max(len(untagged) - MOST_UNTAGGED, 0),
            illustrative=found.illustrative,
        )

    def _untagged(self, account: Account, counts: Mapping[str, int]) -> Iterator[Untagged]:
        """Name the cases with most such lessons."""
        most = sorted(counts.items(), key=lambda each: (-each[1], each[0]))[:MOST_UNTAGGED]
        refs = {case: RecordRef(kind=Kind.CASE_STUDY, id=case) for case, _ in most}
        known = self._catalogue.known(account.viewer, refs.values())
        return (
            Untagged(case=case, title=entry.title, language=entry.language, count=count)
            for case, count in most
            if (entry := known.get(refs[case]))
        )


def _overdue(due: StillTrueList) -> tuple[Asked, ...]:
    """Give what is overdue of all kinds: cases first, each kind with the oldest date first."""
    known = (*due.own, *due.others, *due.practices, *due.references)
    return tuple(each for each in known if each.state is ReviewState.OVERDUE)


def _is_offered(concept: Concept) -> bool:
    return concept.status is ConceptStatus.ADOPTED and not concept.is_group


def _counts(found: SearchPage) -> Mapping[Scheme, Mapping[str, int]]:
    return {
        scheme: {each.value: each.count for each in found.counts(facet)} for scheme, facet in FACET_OF.items()
    }


def _overused(uses: Iterable[Used], found: SearchPage) -> Iterator[Used]:
    least = max(OVERUSED_LEAST, found.total * OVERUSED_SHARE)
    often = (each for each in uses if each.concept.scheme in OVERUSED_SCHEMES and each.count >= least)
    return iter(sorted(often, key=lambda each: (-each.count, each.concept.key)))


def _one_country(uses: Iterable[Used], table: CrossTable) -> Iterator[Used]:
    """Give the tags of which every entry tells the same country; one entry that tells none leaves it open."""
    places: dict[str, dict[str, int]] = {}
    for (tag, country), count in table.cells.items():
        places.setdefault(tag, {})[country] = count
    for each in uses:
        found = places.get(each.concept.key, {}) if each.concept.scheme is Scheme.TAG else {}
        if len(found) == 1 and NOT_STATED not in found:
            yield each.model_copy(update={"country": next(iter(found))})


def _untranslated(concepts: Iterable[Concept]) -> Iterator[Untranslated]:
    for each in concepts:
        known = {labels.language for labels in each.labels}
        if each.status is ConceptStatus.ADOPTED and (
            missing := [code for code in LANGUAGES if code not in known]
        ):
            yield Untranslated(concept=each, languages=tuple(missing))
