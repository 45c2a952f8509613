"""Partners: what lessons tell of each type of partner, with what worked, what did not, and which desks dealt with it.

Numbers come from the columns of the index; of cases only those few are read whose desks are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kb.domain.account import Account
from kb.domain.case_study import CaseStudy
from kb.domain.concept import Concept, Scheme
from kb.domain.cross_table import CrossTable
from kb.domain.errors import NotFound
from kb.domain.lesson import LessonKind, Outcome
from kb.domain.marking import Marking, highest
from kb.domain.partner_experience import Counts, PartnerExperience, experience_of, side_by_side
from kb.domain.permission import Permission, demand
from kb.domain.query import Filter, SearchPage, SearchRequest, Sort
from kb.domain.record import Kind
from kb.domain.resource import Resource
from kb.domain.unit import Facet
from kb.services.insights import Insights
from kb.services.kept_bodies import KeptBodies
from kb.services.records import named
from kb.services.reference import References
from kb.services.reference_view import ReferenceView
from kb.services.searching import Searching
from kb.services.vocabulary import Vocabularies

MOST_SHOWN = 5
LESSONS = Filter(facet=Facet.KIND, values=frozenset(kind.value for kind in LessonKind))
"""Lessons name partners; the case has them gathered, and would count once more."""


class PartnerLine(NamedTuple):
    """A type of partner with its counts."""

    concept: Concept
    counts: Counts


class PartnersView(NamedTuple):
    """All types of partner, by label."""

    lines: tuple[PartnerLine, ...]
    illustrative: bool
    marking: Marking
    """The highest of what is counted."""


class DealtWith(NamedTuple):
    """A desk, by its role, that dealt with a partner in a case."""

    contact: str
    case: str
    title: str
    language: str
    """Of the case, in which both are written."""


class PartnerView(NamedTuple):
    """What is known of one type of partner."""

    concept: Concept
    stands: str
    """The key of the concept that stands for it."""
    experience: PartnerExperience
    worked: SearchPage
    """Solutions in which it helped, and that worked."""
    failed: SearchPage
    """Solutions in which it had a part, and that did not work."""
    hindered: SearchPage
    """Lessons in which it stood in the way."""
    desks: tuple[DealtWith, ...]
    resources: tuple[ReferenceView[Resource], ...]
    """Resources that such a partner provides."""
    marking: Marking
    """The highest of all that is counted and named."""


class Partners:
    """Answers who helped, and with what."""

    def __init__(
        self,
        insights: Insights,
        searching: Searching,
        references: References,
        vocabularies: Vocabularies,
        kept: KeptBodies,
    ) -> None:
        self._insights = insights
        self._searching = searching
        self._references = references
        self._vocabularies = vocabularies
        self._kept = kept

    def list(self, actor: Account | None, language: str = "en") -> PartnersView:
        """List the types of partner with the actor's counts; raises SearchUnavailable."""
        account = demand(actor, Permission.READ)
        concepts = self._vocabularies.of(account).choices(Scheme.PARTNER, language)
        types = Filter(facet=Facet.PARTNER, values=frozenset(each.key for each in concepts))
        naming = SearchRequest(filters=(LESSONS, types))
        helped, hindered = (
            self._insights.cross(account, naming, part, Facet.MARKING)
            for part in (Facet.HELPED, Facet.HINDERED)
        )
        counts = side_by_side(helped.rows, hindered.rows)
        told = {marking for table in (helped, hindered) for _, marking in table.cells}
        return PartnersView(
            lines=tuple(PartnerLine(each, counts.get(each.key, Counts())) for each in concepts),
            illustrative=helped.illustrative,
            marking=highest(*map(Marking, told)),
        )

    def get(self, actor: Account | None, key: str) -> PartnerView:
        """Tell of one type of partner; raises NotFound or SearchUnavailable."""
        account = demand(actor, Permission.READ)
        vocabulary = self._vocabularies.of(account)
        stands = vocabulary.standing(Scheme.PARTNER, key)
        concept = vocabulary.get(Scheme.PARTNER, stands)
        if concept is None:
            raise NotFound
        helped, hindered = (self._crossed(account, part, stands) for part in (Facet.HELPED, Facet.HINDERED))
        pages = tuple(self._searching.batch(account, _searches(stands)))
        worked, failed, hindered_in = pages
        hits = [hit for page in pages for hit in page.hits]
        markings = self._insights.cross(account, _naming(Facet.PARTNER, stands), Facet.MARKING, Facet.KIND)
        resources = tuple(
            each for each in self._references.resources(account) if each.record.provider_type == stands
        )
        return PartnerView(
            concept=concept,
            stands=stands,
            experience=experience_of(helped, hindered),
            worked=worked,
            failed=failed,
            hindered=hindered_in,
            desks=tuple(self._desks(account, dict.fromkeys(hit.case for hit in hits))),
            resources=resources,
            marking=highest(
                *map(Marking, markings.rows), *(each.record.audience.marking for each in resources)
            ),
        )

    def _crossed(self, account: Account, part: Facet, partner: str) -> CrossTable:
        return self._insights.cross(account, _naming(part, partner), Facet.DIFFICULTY, Facet.COUNTRY)

    def _desks(self, account: Account, cases: Iterable[str]) -> Iterator[DealtWith]:
        """Give the desks that these cases name as theirs, in the form in which the account is shown them."""
        for case in cases:
            body = self._kept.get(account.viewer, named(Kind.CASE_STUDY, case))
            shown = body.shown_to(account.viewer) if isinstance(body, CaseStudy) else None
            if shown and shown.contact:
                yield DealtWith(shown.contact, case, shown.title, shown.language)


def _naming(part: Facet, partner: str, *filters: Filter) -> SearchRequest:
    """Ask for the lessons in which a partner had this part."""
    return SearchRequest(
        filters=(LESSONS, Filter(facet=part, values=frozenset({partner})), *filters),
        sort=Sort.NEWEST,
        size=MOST_SHOWN,
    )


def _searches(partner: str) -> tuple[SearchRequest, ...]:
    worked, failed = (
        Filter(facet=Facet.OUTCOME, values=frozenset({each.value}))
        for each in (Outcome.WORKED, Outcome.FAILED)
    )
    return (
        _naming(Facet.HELPED, partner, worked),
        _naming(Facet.PARTNER, partner, failed),
        _naming(Facet.HINDERED, partner),
    )
