"""Practices: reading the register of good practices, each with what speaks for it and against it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from kb.domain.account import Account
from kb.domain.case_links import case_of
from kb.domain.concept import Scheme
from kb.domain.entry import Listing, Order
from kb.domain.evidence import Strength
from kb.domain.ground import problems_on
from kb.domain.marking import Marking, highest
from kb.domain.permission import Permission, Relation, demand, permits
from kb.domain.ports import AccountStore, Catalogue
from kb.domain.practice import PRACTICE_STEPS, Practice, PracticeLabel, PracticeStatus
from kb.domain.record import Kind
from kb.domain.revision import RecordRef, Revision
from kb.domain.text import Value
from kb.domain.workflow import Action
from kb.services.difference import RevisionDifference, difference
from kb.services.kept_bodies import KeptBodies
from kb.services.reaching import Reaching
from kb.services.records import HistoryLine, Records, body_as, named, relations
from kb.services.weighing import CitedLesson, Weighed, Weighing

CURRENT = frozenset({PracticeStatus.PROPOSED, PracticeStatus.ENDORSED})


class PracticeFilter(Value):
    """Which practices are asked for: those to which everything applies that is given; retired ones only by name."""

    label: PracticeLabel | None = None
    status: PracticeStatus | None = None
    strength: Strength | None = None
    difficulty: str = ""
    lesson: str = ""
    """Those that rest on this lesson, or that it contradicts."""


class PracticeLine(Value):
    """A practice in a list."""

    id: str
    practice: Practice
    weighed: Weighed

    @property
    def record(self) -> Practice:
        """Give what is kept, under the name that every kind of record has for it."""
        return self.practice


class PracticeView(PracticeLine):
    """A practice's page, as one reader may see it, with what they may do."""

    revision: int
    saved_at: dt.datetime
    lessons: tuple[CitedLesson, ...] = ()
    contradicting: tuple[CitedLesson, ...] = ()
    proposer: str = ""
    """The name of who wrote it first, empty where unknown or withheld."""
    origin_withheld: bool = False
    can: frozenset[Action] = frozenset()
    can_apply: bool = False
    can_remark: bool = False
    outgrown: bool = False
    """A lesson that it rests on was narrowed since, and the reader may mend that: it reaches further than that lesson."""

    @property
    def marking(self) -> Marking:
        """Give the narrowest marking of all that the page shows."""
        lessons = (each.case.audience.marking for each in (*self.lessons, *self.contradicting))
        return highest(self.practice.audience.marking, self.weighed.marking, *lessons)


class Practices:
    """Reads the register."""

    def __init__(
        self,
        records: Records,
        catalogue: Catalogue,
        accounts: AccountStore,
        kept: KeptBodies,
        weighing: Weighing,
    ) -> None:
        self._records = records
        self._catalogue = catalogue
        self._accounts = accounts
        self._kept = kept
        self._weighing = weighing
        self._reaching = Reaching(accounts)

    def list(self, actor: Account | None, wanted: PracticeFilter | None = None) -> tuple[PracticeLine, ...]:
        """List the practices that exist for the actor and fit, by their statements."""
        account, wanted = demand(actor, Permission.READ), wanted or PracticeFilter()
        lines = (self._line(account, *each) for each in self._readable(account, wanted))
        return tuple(line for line in lines if wanted.strength in {None, line.weighed.evidence.strength})

    def line(self, actor: Account | None, identifier: str) -> PracticeLine | None:
        """Give a practice as a list shows it, to stand beside a result of search; None where it does not exist for the actor."""
        account, ref = demand(actor, Permission.READ), practice_ref(identifier)
        practice = self._kept.get(account.viewer, ref)
        return self._line(account, identifier, practice) if isinstance(practice, Practice) else None

    def get(self, actor: Account | None, identifier: str) -> PracticeView:
        """Give a practice as it stands now; raises NotFound."""
        account = demand(actor, Permission.READ)
        return self.view(account, self._records.current(account, practice_ref(identifier)))

    def revision(self, actor: Account | None, identifier: str, number: int) -> PracticeView:
        """Give an old revision; raises NotFound."""
        account, ref = demand(actor, Permission.READ), practice_ref(identifier)
        today = body_as(Practice, self._records.current(account, ref))
        return self.view(account, self._records.revision(account, ref, number), today)

    def difference(
        self, actor: Account | None, identifier: str, before: int, after: int
    ) -> RevisionDifference[PracticeView]:
        """Compare two revisions, each in the form that the actor may see; raises NotFound."""
        first, second = (self.revision(actor, identifier, number) for number in (before, after))
        return difference(first, second, lambda view: view.record, first.marking, second.marking)

    def history(self, actor: Account | None, identifier: str) -> tuple[HistoryLine, ...]:
        """Give the revisions of a practice, newest first."""
        return self._records.history(actor, practice_ref(identifier))

    def cited(self, actor: Account | None, names: tuple[str, ...]) -> tuple[CitedLesson, ...]:
        """Give the lessons of these names that exist for the actor."""
        return self._weighing.cited(demand(actor, Permission.READ), names)

    def shown(self, account: Account, practice: Practice, today: Practice | None = None) -> Practice:
        """Give a practice in the form shown to an account, naming no lesson that does not exist for it.

        Of merged concepts it names those that stand for them.
        """
        known = {each.name for each in self._weighing.cited(account, practice.lessons)}
        shown = self._standing(practice.shown_to(account.viewer, today))
        return shown.model_copy(
            update={
                "rests_on": tuple(name for name in shown.rests_on if name in known),
                "contradicted_by": tuple(name for name in shown.contradicted_by if name in known),
            }
        )

    def view(self, account: Account, revision: Revision, today: Practice | None = None) -> PracticeView:
        """Give the page of a revision that the account may read."""
        practice = body_as(Practice, revision)
        shown = self.shown(account, practice, today)
        lessons = self._weighing.cited(account, practice.rests_on)
        contradicting = self._weighing.cited(account, practice.contradicted_by)
        people = self._accounts.named(shown.writers[:1])
        stands = standing(account, practice)
        can_edit = permits(account, Permission.EDIT_PRACTICE, *stands)
        return PracticeView(
            id=revision.ref.id,
            practice=shown,
            weighed=self._weighing.of_practice(account, revision.ref.id, practice),
            revision=revision.number,
            saved_at=revision.header.saved_at,
            lessons=lessons,
            contradicting=contradicting,
            proposer=next((person.name for person in people.values()), ""),
            origin_withheld=practice.shown_to(account.viewer, today) is not practice,
            can=frozenset(_possible(account, practice)),
            can_apply=can_be_applied(practice) and permits(account, Permission.APPLY),
            can_remark=permits(account, Permission.REMARK_CASE, *stands),
            outgrown=can_edit and self._is_outgrown(practice, (*lessons, *contradicting)),
        )

    def _line(self, account: Account, identifier: str, practice: Practice) -> PracticeLine:
        return PracticeLine(
            id=identifier,
            practice=self.shown(account, practice),
            weighed=self._weighing.of_practice(account, identifier, practice),
        )

    def _is_outgrown(self, practice: Practice, cited: tuple[CitedLesson, ...]) -> bool:
        grounds = [each.ground for each in cited]
        implied = self._reaching.implied(practice.audience, practice.owner)
        return any(problems_on(grounds, practice.audience, practice.owner, implied))

    def _readable(self, account: Account, wanted: PracticeFilter) -> Iterator[tuple[str, Practice]]:
        difficulty = self._records.replacements.of(Scheme.DIFFICULTY, wanted.difficulty)
        wanted = wanted.model_copy(update={"difficulty": difficulty})
        statuses = frozenset({wanted.status} if wanted.status else CURRENT)
        listing = Listing(
            viewer=account.viewer,
            kinds=frozenset({Kind.PRACTICE}),
            statuses=frozenset(status.value for status in statuses),
            naming=case_of(wanted.lesson) or None,
            order=Order.TITLE,
        )
        for entry in self._catalogue.list(listing):
            body = self._kept.of(entry)
            if isinstance(body, Practice) and _fits(self._standing(body), wanted):
                yield entry.id, body

    def _standing(self, practice: Practice) -> Practice:
        """Give a practice with the concepts that stand now for those that it was written with."""
        among = self._records.replacements.among_keys
        return practice.model_copy(
            update={
                "difficulties": among(Scheme.DIFFICULTY, practice.difficulties),
                "tags": among(Scheme.TAG, practice.tags),
            }
        )


def _fits(practice: Practice, wanted: PracticeFilter) -> bool:
    return (
        wanted.label in {None, practice.label}
        and (not wanted.difficulty or wanted.difficulty in practice.difficulties)
        and (not wanted.lesson or wanted.lesson in practice.lessons)
    )


def standing(account: Account, practice: Practice) -> tuple[Relation, ...]:
    """Say how an account stands to a practice."""
    return relations(account, practice.owner, practice.writers)


def editing(account: Account, practice: Practice) -> tuple[Relation, ...]:
    """Say how an account stands to the words of a practice: once readers have them, coordinators alone change them."""
    return relations(account, practice.owner, () if practice.released else practice.writers)


def standing_for(action: Action, account: Account, practice: Practice) -> tuple[Relation, ...]:
    """Say how an account stands to a practice where it wants to take this step."""
    return editing(account, practice) if action is Action.EDIT else standing(account, practice)


def can_be_applied(practice: Practice) -> bool:
    """Say whether readers have it and it is good advice still."""
    return practice.released and practice.status is not PracticeStatus.RETIRED


def practice_ref(identifier: str) -> RecordRef:
    """Name a practice."""
    return named(Kind.PRACTICE, identifier)


def _possible(account: Account, practice: Practice) -> Iterator[Action]:
    for action, step in PRACTICE_STEPS.items():
        if practice.status in step.sources and permits(
            account, step.permission, *standing_for(action, account, practice)
        ):
            yield action
