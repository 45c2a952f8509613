"""Records as Hypothesis draws them: of every kind, marking and status."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

from kb.domain.case_study import CaseStatus, CaseStudy
from kb.domain.concept import Concept, ConceptStatus, Scheme
from kb.domain.event import Event
from kb.domain.marking import Audience, Marking, Organisation
from kb.domain.record import Kind
from kb.domain.resource import Resource
from kb.domain.revision import Body
from kb.domain.submission import Comment, Submission
from kb.domain.workflow import SubmissionStatus
from tests.crawl.canaries import Canaries
from tests.crawl.people import Person

T = TypeVar("T")


def one_of(values: Sequence[T], which: int) -> T:
    """Give one of several, by a number taken round them."""
    return values[which % len(values)]


class Told(NamedTuple):
    """A record as Hypothesis draws it; everything else in it is sown."""

    kind: Kind
    marking: Marking
    quiet: bool
    owner: Organisation | None
    variant: int
    """Which status, which author, which persons are named: taken round the lists of these."""

    def body(self, canaries: Canaries, cast: Sequence[Person]) -> Body:
        """Give the record, written by somebody of this cast."""
        officers = [each.id for each in cast if each.is_officer]
        author, other = (one_of(officers, self.variant + at) for at in (0, 1))
        return _BODIES[self.kind](self, canaries, author, other)

    def audience(self, *persons: str) -> Audience:
        named = persons if self.marking is Marking.RED else ()
        countries = ("FR",) if self.marking is Marking.AMBER and self.variant % 2 else ()
        return Audience(
            marking=self.marking,
            countries=countries,
            persons=tuple(dict.fromkeys(named)),
            chatham_house=self.quiet,
        )


def _case(told: Told, canaries: Canaries, author: str, other: str) -> CaseStudy:
    status = one_of([CaseStatus.PUBLISHED, *CaseStatus], told.variant)
    return canaries.sown(
        CaseStudy, audience=told.audience(author, other), owner=told.owner, author=author, status=status
    )


def _submission(told: Told, canaries: Canaries, author: str, other: str) -> Submission:
    return canaries.sown(
        Submission,
        based_on=0,
        status=one_of([*SubmissionStatus], told.variant),
        author=author,
        co_authors=(other,) if told.variant % 3 == 0 else (),
        reviewer=None,
        wanted=None,
        comments=(canaries.sown(Comment, by=author),),
        body=_case(told._replace(variant=0), canaries, author, other),
    )


def _concept(told: Told, canaries: Canaries, author: str, _: str) -> Concept:
    status, scheme = one_of([*ConceptStatus], told.variant), one_of([*Scheme], told.variant // 3)
    return canaries.sown(Concept, scheme=scheme, status=status, proposer=author, is_group=False)


def _event(told: Told, canaries: Canaries, author: str, other: str) -> Event:
    return canaries.sown(Event, audience=told.audience(author, other), owner=told.owner)


def _resource(told: Told, canaries: Canaries, author: str, other: str) -> Resource:
    return canaries.sown(Resource, audience=told.audience(author, other), owner=told.owner)


_BODIES: dict[Kind, Callable[[Told, Canaries, str, str], Body]] = {
    Kind.CASE_STUDY: _case,
    Kind.SUBMISSION: _submission,
    Kind.CONCEPT: _concept,
    Kind.EVENT: _event,
    Kind.RESOURCE: _resource,
}
