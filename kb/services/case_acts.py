"""What is done to a published case at once, without a review: its tags, its standing, its marking."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from kb.domain.account import Account
from kb.domain.case_study import CaseStatus, CaseStudy
from kb.domain.concept import Scheme
from kb.domain.errors import Invalid, StaleRevision, WrongState
from kb.domain.marking import Audience, Marking
from kb.domain.permission import Permission, demand
from kb.domain.ports import AccountStore, Clock
from kb.domain.revision import Revision
from kb.domain.session import demand_proof
from kb.domain.workflow import CASE_STEPS, Action, case_after
from kb.services.cases import Cases, CaseView, case_ref
from kb.services.records import Records, body_as, relations
from kb.services.remarking import Remarking
from kb.services.saving import Saving

TRIES = 5
"""How often a change that commutes with others is tried again on the newer revision."""

RED_FOR_STRANGERS = (
    "persons",
    "RED is for named persons: name one of your organisation at least, or nobody could change the marking again.",
)
UNPUBLISHED_FOR_NOBODY = (
    "reason",
    "Nobody of its owner's could bring this case back. Retire it instead, or ask who runs the server to purge it.",
)


class CaseActs:
    """Use cases that save a further revision of the published chain."""

    def __init__(
        self,
        cases: Cases,
        records: Records,
        saving: Saving,
        *,
        remarking: Remarking,
        accounts: AccountStore,
        clock: Clock,
    ) -> None:
        self._cases = cases
        self._records = records
        self._saving = saving
        self._remarking = remarking
        self._accounts = accounts
        self._clock = clock

    def retag(
        self,
        actor: Account | None,
        identifier: str,
        *,
        lesson: str | None = None,
        add: frozenset[str] = frozenset(),
        remove: frozenset[str] = frozenset(),
    ) -> CaseView:
        """Put tags on the case, or on one lesson of it, and take tags off; others' changes at the same time stand.

        What was merged into a tag goes and comes with it.
        """
        replacements = self._records.replacements

        def changed(tags: tuple[str, ...]) -> tuple[str, ...]:
            gone = frozenset(replacements.among_keys(Scheme.TAG, remove))
            kept = tuple(tag for tag in tags if replacements.of(Scheme.TAG, tag) not in gone)
            known = replacements.among_keys(Scheme.TAG, kept)
            return (*kept, *(tag for tag in sorted(add) if replacements.of(Scheme.TAG, tag) not in known))

        def change(case: CaseStudy) -> CaseStudy:
            if lesson is None:
                return case.model_copy(update={"tags": changed(case.tags)})
            if case.lesson(lesson) is None:
                raise Invalid(("lesson", "This lesson is no longer part of the case. Reload the page."))
            lessons = tuple(
                each.model_copy(update={"tags": changed(each.tags)}) if each.key == lesson else each
                for each in case.lessons
            )
            return case.model_copy(update={"lessons": lessons})

        signs = [f"+{tag}" for tag in sorted(add)] + [f"-{tag}" for tag in sorted(remove)]
        note = f"{lesson or 'case'}: {' '.join(signs)}"
        return self._change(actor, identifier, change, action=Action.RETAG, note=note)

    def retire(self, actor: Account | None, identifier: str, reason: str) -> CaseView:
        """Take a case out of search because it is no longer good advice; its page stays, with the reason."""
        return self._restate(actor, identifier, Action.RETIRE, reason)

    def supersede(self, actor: Account | None, identifier: str, by: str, reason: str) -> CaseView:
        """Take a case out of search because another, which the actor must be able to see, tells it better."""
        if by == identifier:
            raise Invalid(("by", "A case cannot take its own place. Give the other case's id."))
        self._records.current(actor, case_ref(by))
        return self._restate(actor, identifier, Action.SUPERSEDE, reason, superseded_by=by)

    def unpublish(self, actor: Account | None, identifier: str, reason: str) -> CaseView:
        """Take a case from readers: from then on it exists for its owner's organisation alone."""
        return self._restate(actor, identifier, Action.UNPUBLISH, reason)

    def reinstate(self, actor: Account | None, identifier: str, reason: str) -> CaseView:
        """Bring back a case that is not current, or was taken from readers."""
        return self._restate(actor, identifier, Action.REINSTATE, reason)

    def remark(self, actor: Account | None, identifier: str, audience: Audience, reason: str) -> CaseView:
        """Change who may see a case; only its owner's organisation does. Who, when and why is kept in the revision.

        What was seen cannot be unseen: raises ProveAgain where it widens and the actor has not just signed in.
        """
        account = demand(actor, Permission.READ)
        before = body_as(CaseStudy, self._records.current(account, case_ref(identifier)))
        action = Action.WIDEN if audience.widens(before.audience) else Action.NARROW
        demand(account, CASE_STEPS[action].by, *relations(account, before.owner))
        if audience == before.audience:
            raise WrongState("The marking is already so; nothing was changed.")
        if self._leaves_nobody(audience, before):
            raise Invalid(RED_FOR_STRANGERS)
        if action is Action.WIDEN:
            demand_proof(account, self._clock.now())

        def change(case: CaseStudy) -> CaseStudy:
            if case.audience != before.audience:
                raise WrongState(
                    "Somebody changed the marking at the same moment. Reload the page and look again."
                )
            return case.model_copy(update={"audience": audience})

        case_after(action, before.status, reason)
        try:
            return self._change(account, identifier, change, action=action, note=reason)
        finally:
            self._remarking.carry_over(account, case_ref(identifier), action=action, note=reason)

    def _leaves_nobody(self, audience: Audience, case: CaseStudy) -> bool:
        """Say whether it is a RED that names nobody of the owner's: no one could ever change anything again."""
        named = self._accounts.named(audience.persons).values()
        return audience.marking is Marking.RED and not any(each.viewer.owns(case.owner) for each in named)

    def _restate(
        self,
        actor: Account | None,
        identifier: str,
        action: Action,
        reason: str,
        *,
        superseded_by: str | None = None,
    ) -> CaseView:
        def change(case: CaseStudy) -> CaseStudy:
            status = case_after(action, case.status, reason)
            lost = case.owner is None or self._leaves_nobody(case.audience, case)
            if status is CaseStatus.UNPUBLISHED and lost:
                raise Invalid(UNPUBLISHED_FOR_NOBODY)
            standing = {"status": status, "status_reason": reason, "superseded_by": superseded_by}
            return case.model_copy(update=standing)

        return self._change(actor, identifier, change, action=action, note=reason)

    def _change(
        self,
        actor: Account | None,
        identifier: str,
        change: Callable[[CaseStudy], CaseStudy],
        *,
        action: Action,
        note: str,
    ) -> CaseView:
        """Make a further revision by `change`, tried again on the newer text where somebody else was quicker."""
        account = demand(actor, Permission.READ)
        for _ in range(TRIES - 1):
            with suppress(StaleRevision):
                return self._change_once(account, identifier, change, action=action, note=note)
        return self._change_once(account, identifier, change, action=action, note=note)

    def _change_once(
        self,
        account: Account,
        identifier: str,
        change: Callable[[CaseStudy], CaseStudy],
        *,
        action: Action,
        note: str,
    ) -> CaseView:
        revision = self._records.current(account, case_ref(identifier))
        case = body_as(CaseStudy, revision)
        demand(account, CASE_STEPS[action].by, *relations(account, case.owner, (case.author,)))
        changed = CaseStudy.model_validate(change(case).model_dump())
        if changed == case:
            return self._cases.view(account, revision)
        saved = self._saving.save(
            account, revision.ref, revision.number + 1, changed, action=action, note=note
        )
        return self._cases.view(account, Revision(header=saved.header, note=note, body=changed))
