"""The lives of a submission and of a published case: every act, from every status, by everybody who might try."""

from __future__ import annotations

from itertools import product

import pytest

from kb.domain.account import Account, Role
from kb.domain.case_study import CaseStatus
from kb.domain.errors import Invalid, WrongState
from kb.domain.permission import Relation, permits
from kb.domain.workflow import (
    CASE_STEPS,
    CLOSED,
    EDITABLE,
    STEPS,
    WITH_COORDINATORS,
    Action,
    SubmissionStatus,
    after,
    case_after,
)

A, S, C = Action, SubmissionStatus, CaseStatus
OPEN = (S.DRAFT, S.SUBMITTED, S.IN_REVIEW, S.CHANGES_REQUESTED)
LIFE: dict[tuple[Action, SubmissionStatus], SubmissionStatus] = {
    (A.EDIT, S.DRAFT): S.DRAFT,
    (A.EDIT, S.CHANGES_REQUESTED): S.CHANGES_REQUESTED,
    (A.SUBMIT, S.DRAFT): S.SUBMITTED,
    (A.SUBMIT, S.CHANGES_REQUESTED): S.SUBMITTED,
    **{(A.WITHDRAW, status): S.WITHDRAWN for status in OPEN},
    **{(A.CO_AUTHORS, status): status for status in OPEN},
    **{(A.COMMENT, status): status for status in OPEN[1:]},
    **{(A.RESOLVE, status): status for status in OPEN[1:]},
    (A.TAKE, S.SUBMITTED): S.IN_REVIEW,
    (A.TAKE, S.IN_REVIEW): S.IN_REVIEW,
    (A.GIVE_BACK, S.IN_REVIEW): S.SUBMITTED,
    (A.HAND_OVER, S.IN_REVIEW): S.IN_REVIEW,
    (A.ASK, S.IN_REVIEW): S.IN_REVIEW,
    (A.OVERRIDE, S.IN_REVIEW): S.IN_REVIEW,
    (A.REQUEST_CHANGES, S.IN_REVIEW): S.CHANGES_REQUESTED,
    (A.DECLINE, S.IN_REVIEW): S.DECLINED,
    (A.APPROVE, S.IN_REVIEW): S.PUBLISHING,
    (A.COMPLETE, S.PUBLISHING): S.PUBLISHED,
    (A.REBASE, S.PUBLISHING): S.IN_REVIEW,
}
LIFE_OF_A_CASE: dict[tuple[Action, CaseStatus], CaseStatus] = {
    (A.PUBLISH, C.PUBLISHED): C.PUBLISHED,
    (A.PUBLISH, C.UNPUBLISHED): C.PUBLISHED,
    (A.CONFIRM, C.PUBLISHED): C.PUBLISHED,
    (A.RETIRE, C.PUBLISHED): C.RETIRED,
    (A.RETIRE, C.SUPERSEDED): C.RETIRED,
    (A.SUPERSEDE, C.PUBLISHED): C.SUPERSEDED,
    (A.SUPERSEDE, C.RETIRED): C.SUPERSEDED,
    (A.UNPUBLISH, C.PUBLISHED): C.UNPUBLISHED,
    (A.UNPUBLISH, C.SUPERSEDED): C.UNPUBLISHED,
    (A.UNPUBLISH, C.RETIRED): C.UNPUBLISHED,
    (A.REINSTATE, C.SUPERSEDED): C.PUBLISHED,
    (A.REINSTATE, C.RETIRED): C.PUBLISHED,
    (A.REINSTATE, C.UNPUBLISHED): C.PUBLISHED,
    **{(action, status): status for action in (A.RETAG, A.WIDEN, A.NARROW) for status in C},
}
NEEDS_A_REASON = {
    A.REQUEST_CHANGES, A.DECLINE, A.ASK, A.OVERRIDE,
    A.RETIRE, A.SUPERSEDE, A.UNPUBLISH, A.REINSTATE, A.WIDEN, A.NARROW,
}  # fmt: skip


def account(*roles: Role) -> Account:
    return Account(id="anna", email="", name="Anna", roles=frozenset(roles))


OFFICER, COORDINATOR = account(Role.PRESENTER), account(Role.COORDINATOR)
AUTHOR, FIRST, REVIEWER = Relation.AUTHOR, Relation.FIRST_AUTHOR, Relation.REVIEWER
WRITING = {A.EDIT, A.SUBMIT, A.WITHDRAW, A.COMMENT}
DECIDING = {A.GIVE_BACK, A.HAND_OVER, A.ASK, A.OVERRIDE, A.REQUEST_CHANGES, A.DECLINE, A.APPROVE}
WHO: dict[str, tuple[Account, tuple[Relation, ...], set[Action]]] = {
    "an officer": (OFFICER, (), set()),
    "who began it": (OFFICER, (AUTHOR, FIRST), {*WRITING, A.CO_AUTHORS}),
    "a co-author": (OFFICER, (AUTHOR,), WRITING),
    "a co-author who commented": (OFFICER, (AUTHOR, Relation.COMMENTER), {*WRITING, A.RESOLVE}),
    "a coordinator": (COORDINATOR, (), {A.TAKE, A.COMMENT}),
    "a coordinator who commented": (COORDINATOR, (Relation.COMMENTER,), {A.TAKE, A.COMMENT, A.RESOLVE}),
    "the coordinator who has it": (COORDINATOR, (REVIEWER,), {*DECIDING, A.COMMENT, A.RESOLVE}),
    "a coordinator who began it": (COORDINATOR, (AUTHOR, FIRST), {*WRITING, A.CO_AUTHORS}),
    "a coordinator who writes along": (COORDINATOR, (AUTHOR,), WRITING),
    "a co-author who has it all the same": (COORDINATOR, (AUTHOR, REVIEWER), {*WRITING, A.RESOLVE}),
    "an administrator": (account(Role.ADMINISTRATOR), tuple(Relation), set()),
}
OF_THE_OWNER = {A.PUBLISH, A.CONFIRM, A.WIDEN, A.NARROW}
STANDING = {A.RETAG, A.RETIRE, A.SUPERSEDE, A.UNPUBLISH, A.REINSTATE}
WHO_OF_A_CASE: dict[str, tuple[Account, tuple[Relation, ...], set[Action]]] = {
    "an officer": (OFFICER, (), set()),
    "its author, who works elsewhere by now": (OFFICER, (AUTHOR,), set()),
    "an officer of its owner": (OFFICER, (Relation.OWNER,), OF_THE_OWNER | STANDING),
    "a coordinator": (COORDINATOR, (), STANDING),
    "a coordinator of its owner": (COORDINATOR, (Relation.OWNER,), OF_THE_OWNER | STANDING),
    "an administrator": (account(Role.ADMINISTRATOR), tuple(Relation), set()),
}


@pytest.mark.parametrize("action", list(STEPS))
@pytest.mark.parametrize("status", list(SubmissionStatus))
def test_every_step_leads_where_the_table_says_or_nowhere(action: Action, status: SubmissionStatus) -> None:
    if (action, status) in LIFE:
        assert after(action, status, "Because.") is LIFE[action, status]
    else:
        with pytest.raises(WrongState, match="not possible now"):
            after(action, status, "Because.")


@pytest.mark.parametrize("action", list(CASE_STEPS))
@pytest.mark.parametrize("status", list(CaseStatus))
def test_every_act_on_a_published_case_leads_where_the_table_says_or_nowhere(
    action: Action, status: CaseStatus
) -> None:
    if (action, status) in LIFE_OF_A_CASE:
        assert case_after(action, status, "Because.") is LIFE_OF_A_CASE[action, status]
    else:
        with pytest.raises(WrongState, match=r"This case is .*not possible now"):
            case_after(action, status, "Because.")


@pytest.mark.parametrize("who", list(WHO))
def test_each_step_is_open_to_those_whose_it_is_in_every_status(who: str) -> None:
    """ASVS 5.0 V8.2: nobody publishes, or decides about, what they write."""
    actor, relations, may = WHO[who]
    for action, status in product(STEPS, SubmissionStatus):
        step = STEPS[action]
        possible = status in step.sources and permits(actor, step.by, *relations)
        assert possible == (action in may and (action, status) in LIFE), (action, status)


@pytest.mark.parametrize("who", list(WHO_OF_A_CASE))
def test_each_act_on_a_case_is_open_to_those_whose_it_is_in_every_status(who: str) -> None:
    actor, relations, may = WHO_OF_A_CASE[who]
    for action, status in product(CASE_STEPS, CaseStatus):
        step = CASE_STEPS[action]
        possible = status in step.sources and permits(actor, step.by, *relations)
        assert possible == (action in may and (action, status) in LIFE_OF_A_CASE), (action, status)


@pytest.mark.parametrize(("action", "status"), list(LIFE))
@pytest.mark.parametrize("reason", ["", "  \n"])
def test_what_another_will_ask_about_needs_a_reason(
    action: Action, status: SubmissionStatus, reason: str
) -> None:
    if action in NEEDS_A_REASON:
        with pytest.raises(Invalid) as refused:
            after(action, status, reason)
        assert refused.value.problems == (("reason", STEPS[action].ask),)
    else:
        assert after(action, status, reason) is LIFE[action, status]


@pytest.mark.parametrize(("action", "status"), list(LIFE_OF_A_CASE))
def test_what_changes_how_a_case_stands_needs_a_reason(action: Action, status: CaseStatus) -> None:
    if action in NEEDS_A_REASON:
        with pytest.raises(Invalid, match="Say why"):
            case_after(action, status)
    else:
        assert case_after(action, status) is LIFE_OF_A_CASE[action, status]


def test_no_step_leads_out_of_a_closed_submission() -> None:
    assert not any(status in CLOSED for _, status in LIFE)


def test_every_status_is_closed_editable_or_with_the_coordinators() -> None:
    assert set(SubmissionStatus) == CLOSED | EDITABLE | WITH_COORDINATORS
    assert not CLOSED & (EDITABLE | WITH_COORDINATORS)
