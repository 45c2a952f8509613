"""Applications: "I applied this", said of a practice or a solution, corrected and taken back by who said so."""

from __future__ import annotations

from kb.domain.account import Account
from kb.domain.application import Application, ApplicationStatus
from kb.domain.case_study import CaseStatus, CaseStudy
from kb.domain.errors import Invalid, NotFound, StaleRevision, WrongState
from kb.domain.ground import Ground, audience_on, ground_of
from kb.domain.lesson import Lesson, LessonKind, Outcome, Solution
from kb.domain.marking import Audience, Marking, highest
from kb.domain.permission import Permission, demand, permits
from kb.domain.ports import AccountStore, Clock, Randomness
from kb.domain.practice import Practice
from kb.domain.record import Kind
from kb.domain.revision import RecordRef, Revision
from kb.domain.session import demand_proof
from kb.domain.text import Value
from kb.domain.workflow import Action
from kb.services.practices import PracticeFilter, PracticeLine, Practices, can_be_applied, practice_ref
from kb.services.reaching import Reaching
from kb.services.records import Records, body_as, named, relations
from kb.services.saving import Saving
from kb.services.weighing import ApplicationView, Weighed, Weighing

NOBODY_OWNS = "You act for no organisation; ask an administrator to give you one."
NOT_APPLICABLE = "It is no longer, or not yet, something to be applied. Reload its page to see how it stands."
AHEAD = "This month lies ahead. Say in which month you applied it."
NO_OUTCOME = "Say how it went."


class Subject(Value):
    """What is applied, as an account may see it: a practice, or a solution in its case."""

    practice: str | None = None
    solution: str | None = None
    title: str
    ground: Ground
    offered: tuple[Marking, ...]
    """The markings that an application of it may have, the widest first."""


class Told(Value):
    """What somebody tells of an application."""

    outcome: Outcome | None = None
    month: str = ""
    note: str = ""
    marking: Marking = Marking.GREEN
    chatham_house: bool = False


class LessonStanding(Value):
    """What stands beside a lesson: how often it was applied, and the practices that were distilled from it."""

    name: str
    kind: LessonKind
    weighed: Weighed = Weighed()
    practices: tuple[PracticeLine, ...] = ()
    can_apply: bool = False
    can_propose: bool = False

    @property
    def marking(self) -> Marking:
        """Give the narrowest marking of what stands here: a page that shows it bears that at least."""
        return highest(self.weighed.marking, *(line.practice.audience.marking for line in self.practices))


class Applications:
    """Use cases over applications."""

    def __init__(
        self,
        records: Records,
        saving: Saving,
        practices: Practices,
        *,
        weighing: Weighing,
        accounts: AccountStore,
        clock: Clock,
        randomness: Randomness,
    ) -> None:
        self._records = records
        self._saving = saving
        self._practices = practices
        self._weighing = weighing
        self._reaching = Reaching(accounts)
        self._clock = clock
        self._randomness = randomness

    def subject(
        self, actor: Account | None, *, practice: str | None = None, solution: str | None = None
    ) -> Subject:
        """Give what is to be applied; raises NotFound, or WrongState where it is no advice now."""
        account = demand(actor, Permission.APPLY)
        if practice is not None:
            return self._practice(account, practice)
        return self._solution(account, solution or "")

    def this_month(self) -> str:
        """Give the month of today, as an application tells it."""
        return self._clock.now().strftime("%Y-%m")

    def apply(self, actor: Account | None, subject: Subject, told: Told) -> ApplicationView:
        """Say that one's organisation applied it; raises Invalid, and Blocked for what must be kept nowhere."""
        account = demand(actor, Permission.APPLY)
        if account.organisation is None:
            raise Invalid(("owner", NOBODY_OWNS))
        today = self.subject(account, practice=subject.practice, solution=subject.solution)
        application = Application.model_validate(
            {
                "practice": today.practice,
                "solution": today.solution,
                "owner": account.organisation,
                "author": account.id,
                **self._fields(account, today, told),
            }
        )
        self._reaching.demand_within([today.ground], application.audience, application.owner)
        ref = RecordRef(kind=Kind.APPLICATION, id=self._randomness.identifier())
        saved = self._saving.save(account, ref, 1, application, action=Action.CREATE)
        return _view(account, Revision(header=saved.header, body=application))

    def get(self, actor: Account | None, identifier: str) -> ApplicationView:
        """Give an application of one's own, to be corrected; anybody else's is read beside what was applied."""
        account = demand(actor, Permission.READ)
        revision, _ = self._own(account, identifier)
        return _view(account, revision)

    def mine(self, actor: Account | None) -> tuple[ApplicationView, ...]:
        """Give what one has said so, newest first."""
        return self._weighing.mine(demand(actor, Permission.READ))

    def correct(self, actor: Account | None, identifier: str, number: int, told: Told) -> ApplicationView:
        """Correct what one has said in revision `number`."""
        account, revision, application = self._written(actor, identifier, number)
        subject = self.subject(account, practice=application.practice, solution=application.solution)
        changed = Application.model_validate(
            {**dict(application), **self._fields(account, subject, told, application)}
        )
        self._reaching.demand_within([subject.ground], changed.audience, changed.owner)
        return self._save(account, revision, changed, self._remarked(account, application, changed.audience))

    def withdraw(self, actor: Account | None, identifier: str, number: int) -> ApplicationView:
        """Take back what one has said: it counts nowhere from now on, and is shown to nobody else."""
        account, revision, application = self._written(actor, identifier, number)
        changed = application.model_copy(update={"status": ApplicationStatus.WITHDRAWN})
        return self._save(account, revision, changed, Action.WITHDRAW)

    def of_lesson(
        self, actor: Account | None, identifier: str, case: CaseStudy, lesson: Lesson
    ) -> LessonStanding:
        """Give what stands beside a lesson of a case that is given in the form shown to the actor."""
        account = demand(actor, Permission.READ)
        name = f"{identifier}/{lesson.key}"
        told = case.status is CaseStatus.PUBLISHED
        solution = isinstance(lesson, Solution)
        return LessonStanding(
            name=name,
            kind=lesson.kind,
            weighed=self._weighing.of_solution(account, name, case, lesson) if solution else Weighed(),
            practices=self._practices.list(account, PracticeFilter(lesson=name)),
            can_apply=solution and told and permits(account, Permission.APPLY),
            can_propose=told and permits(account, Permission.PROPOSE_PRACTICE),
        )

    def _fields(
        self, account: Account, subject: Subject, told: Told, before: Application | None = None
    ) -> dict[str, object]:
        if told.outcome is None:
            raise Invalid(("outcome", NO_OUTCOME))
        if told.month > self.this_month():
            raise Invalid(("month", AHEAD))
        owner = before.owner if before else account.organisation
        audience = audience_on([subject.ground], owner)
        if told.marking is not audience.marking:
            persons = (account.id,) if told.marking is Marking.RED else ()
            audience = Audience(marking=told.marking, persons=persons)
        return {
            "outcome": told.outcome,
            "month": told.month,
            "note": told.note,
            "audience": audience.model_copy(
                update={"chatham_house": told.chatham_house or audience.chatham_house}
            ),
        }

    def _practice(self, account: Account, identifier: str) -> Subject:
        practice = body_as(Practice, self._records.current(account, practice_ref(identifier)))
        if not can_be_applied(practice):
            raise WrongState(NOT_APPLICABLE)
        ground = ground_of(practice, account.viewer)
        return Subject(practice=identifier, title=practice.title, ground=ground, offered=_offered(ground))

    def _solution(self, account: Account, name: str) -> Subject:
        identifier, _, key = name.partition("/")
        case = body_as(CaseStudy, self._records.current(account, named(Kind.CASE_STUDY, identifier)))
        lesson = case.lesson(key)
        if not isinstance(lesson, Solution):
            raise NotFound
        if case.status is not CaseStatus.PUBLISHED:
            raise WrongState(NOT_APPLICABLE)
        ground = ground_of(case, account.viewer)
        return Subject(solution=name, title=lesson.title, ground=ground, offered=_offered(ground))

    def _own(self, account: Account, identifier: str) -> tuple[Revision, Application]:
        """Give an application of the account's own; of others' there is nothing to be read by its id."""
        revision = self._records.current(account, named(Kind.APPLICATION, identifier))
        application = body_as(Application, revision)
        if application.author != account.id:
            raise NotFound
        return revision, application

    def _written(
        self, actor: Account | None, identifier: str, number: int
    ) -> tuple[Account, Revision, Application]:
        account = demand(actor, Permission.READ)
        revision, application = self._own(account, identifier)
        demand(
            account,
            Permission.EDIT_APPLICATION,
            *relations(account, application.owner, (application.author,)),
        )
        if application.status is ApplicationStatus.WITHDRAWN:
            raise WrongState("It is withdrawn already. Say anew that you applied it.")
        if revision.number != number:
            raise StaleRevision(Kind.APPLICATION, identifier, number + 1)
        return account, revision, application

    def _remarked(self, account: Account, before: Application, audience: Audience) -> Action:
        """Give what a correction does to the marking; what was seen cannot be unseen, so widening wants a proof."""
        if audience == before.audience:
            return Action.EDIT
        demand(account, Permission.REMARK_CASE, *relations(account, before.owner))
        if not audience.widens(before.audience):
            return Action.NARROW
        demand_proof(account, self._clock.now())
        return Action.WIDEN

    def _save(
        self, account: Account, revision: Revision, changed: Application, action: Action
    ) -> ApplicationView:
        saved = self._saving.save(account, revision.ref, revision.number + 1, changed, action=action)
        return _view(account, Revision(header=saved.header, body=changed))


def _view(account: Account, revision: Revision) -> ApplicationView:
    application = body_as(Application, revision)
    return ApplicationView(
        id=revision.ref.id,
        revision=revision.number,
        application=application.shown_to(account.viewer),
        mine=application.author == account.id,
    )


def _offered(ground: Ground) -> tuple[Marking, ...]:
    """Give the markings from that of the ground on, RED only where persons are named already, CLEAR never."""
    least = max(ground.marking.rank, Marking.GREEN.rank)
    return tuple(
        marking
        for marking in Marking
        if marking.rank >= least and (marking is not Marking.RED or ground.marking is Marking.RED)
    )
