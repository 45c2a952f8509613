"""Weighing: what speaks for a practice or a solution and what against it, as one reader may see and know it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from kb.domain.account import Account
from kb.domain.application import Application, ApplicationStatus
from kb.domain.case_links import case_of
from kb.domain.case_study import CaseStatus, CaseStudy
from kb.domain.entry import Listing
from kb.domain.evidence import (
    Confirmation,
    Evidence,
    Experience,
    Reuse,
    confirmation_of,
    evidence_of,
    outcome_of,
    reuse_of,
)
from kb.domain.ground import Ground, ground_of
from kb.domain.identifier import is_unit
from kb.domain.lesson import Lesson, LessonBase, Outcome
from kb.domain.marking import Marking, highest
from kb.domain.ports import Catalogue
from kb.domain.practice import Practice
from kb.domain.record import Kind
from kb.domain.revision import RecordRef
from kb.domain.text import Value
from kb.services.kept_bodies import KeptBodies


class CitedLesson(Value):
    """A lesson that a practice names, with the case around it in the form shown to the reader."""

    name: str
    """As search names it: `CASE/KEY`."""
    case_id: str
    case: CaseStudy
    lesson: Lesson
    ground: Ground

    @property
    def outcome(self) -> Outcome:
        """Give how it went."""
        return outcome_of(self.case, self.lesson)

    @property
    def experience(self) -> Experience:
        """Give what it counts as."""
        return Experience.of(self.case, self.outcome)


class ApplicationView(Value):
    """An application in the form shown to the reader."""

    id: str
    revision: int
    application: Application
    mine: bool = False
    """Whether the reader said so, and may correct it."""

    @property
    def experience(self) -> Experience:
        """Give what it counts as."""
        return Experience.of(self.application, self.application.outcome)


class Weighed(Value):
    """Everything that a page shows beside a practice or a solution, none of it chosen by anybody."""

    applications: tuple[ApplicationView, ...] = ()
    evidence: Evidence = Evidence()
    confirmation: Confirmation = Confirmation()
    reuse: Reuse = Reuse()

    @property
    def marking(self) -> Marking:
        """Give the narrowest marking among the applications: a page that shows them bears it at least."""
        return highest(*(each.application.audience.marking for each in self.applications))


class Weighing:
    """Gathers experiences under the reader's audience, and weighs them by the rules of the domain."""

    def __init__(self, kept: KeptBodies, catalogue: Catalogue) -> None:
        self._kept = kept
        self._catalogue = catalogue

    def cited(self, account: Account, names: Iterable[str]) -> tuple[CitedLesson, ...]:
        """Give the lessons that exist for the reader, in the order of their names given."""
        return tuple(self._cited(account, names))

    def applications(
        self, account: Account, *, practice: str | None = None, solution: str | None = None
    ) -> tuple[ApplicationView, ...]:
        """Give the applications of one thing that exist for the reader, newest first; the thing itself is the caller's."""
        subject = practice or case_of(solution or "")
        found = (
            view
            for view in self._listed(account, target=subject)
            if (view.application.practice, view.application.solution) == (practice, solution)
        )
        return tuple(sorted(found, key=lambda view: (view.application.month, view.id), reverse=True))

    def mine(self, account: Account) -> tuple[ApplicationView, ...]:
        """Give what the reader applied, newest first."""
        found = (view for view in self._listed(account, author=account.id) if view.mine)
        return tuple(sorted(found, key=lambda view: (view.application.month, view.id), reverse=True))

    def of_practice(self, account: Account, identifier: str, practice: Practice) -> Weighed:
        """Weigh a practice by the lessons that it rests on, as long as they are told, and by its applications."""
        applications = self.applications(account, practice=identifier)
        lessons = [
            each.experience
            for each in self.cited(account, practice.rests_on)
            if each.case.status is CaseStatus.PUBLISHED
        ]
        used = [view.experience for view in applications]
        return Weighed(
            applications=applications,
            evidence=evidence_of([*lessons, *used], len(practice.evaluations)),
            confirmation=confirmation_of(lessons, used),
            reuse=reuse_of(used),
        )

    def of_solution(self, account: Account, name: str, case: CaseStudy, lesson: Lesson) -> Weighed:
        """Weigh a solution, given with its case in the form shown to the reader, by its applications."""
        return self.weighed(case, lesson, self.applications(account, solution=name))

    def weighed(
        self, case: CaseStudy, lesson: LessonBase, applications: tuple[ApplicationView, ...]
    ) -> Weighed:
        """Weigh a solution, given with its case in the form shown to the reader, by these applications of it."""
        told, used = Experience.of(case, outcome_of(case, lesson)), [view.experience for view in applications]
        return Weighed(
            applications=applications,
            evidence=evidence_of([told, *used]),
            confirmation=confirmation_of([told], used),
            reuse=reuse_of(used),
        )

    def applied_in(
        self, account: Account, cases: Collection[str]
    ) -> Mapping[str, tuple[ApplicationView, ...]]:
        """Give the applications of solutions of these cases that exist for the reader, by the names of the solutions."""
        found: defaultdict[str, tuple[ApplicationView, ...]] = defaultdict(tuple)
        for view in self._listed(account, targets=frozenset(cases)) if cases else ():
            found[str(view.application.solution)] += (view,)
        return dict(found)

    def _cited(self, account: Account, names: Iterable[str]) -> Iterator[CitedLesson]:
        for name in filter(is_unit, dict.fromkeys(names)):
            identifier, _, key = name.partition("/")
            case = self._kept.get(account.viewer, RecordRef(kind=Kind.CASE_STUDY, id=identifier))
            shown = case.shown_to(account.viewer) if isinstance(case, CaseStudy) else None
            lesson = shown.lesson(key) if shown else None
            if isinstance(case, CaseStudy) and shown and lesson:
                yield CitedLesson(
                    name=name,
                    case_id=identifier,
                    case=shown,
                    lesson=lesson,
                    ground=ground_of(case, account.viewer),
                )

    def _listed(
        self,
        account: Account,
        *,
        target: str | None = None,
        targets: frozenset[str] = frozenset(),
        author: str | None = None,
    ) -> Iterator[ApplicationView]:
        listing = Listing(
            viewer=account.viewer,
            kinds=frozenset({Kind.APPLICATION}),
            statuses=frozenset({ApplicationStatus.STANDING.value}),
            target=target,
            targets=targets,
            author=author,
        )
        for entry in self._catalogue.list(listing):
            body = self._kept.of(entry)
            if isinstance(body, Application):
                yield ApplicationView(
                    id=entry.id,
                    revision=entry.revision,
                    application=body.shown_to(account.viewer),
                    mine=body.author == account.id,
                )
