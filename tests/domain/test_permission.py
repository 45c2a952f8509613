"""The table of permissions, read again from the roles' side."""

from __future__ import annotations

import pytest

from kb.domain.account import OPERATOR, Account, Role
from kb.domain.errors import Forbidden, NotSignedIn
from kb.domain.permission import RULES, Permission, Relation, demand, permits

P = Permission
EVERY_OFFICER = {P.READ, P.FOLLOW, P.DISCUSS, P.SUBMIT, P.PROPOSE_PRACTICE, P.APPLY, P.PROPOSE_CONCEPT}
COORDINATOR = EVERY_OFFICER | {
    P.REVIEW, P.TAKE_SUBMISSION, P.COMMENT, P.TAG_CASE, P.RETIRE_CASE, P.CURATE_CONCEPTS, P.WATCH_SEARCHES,
    P.MODERATE, P.ORGANISE_EVENT, P.EDIT_PRACTICE, P.ENDORSE_PRACTICE, P.RETIRE_PRACTICE, P.KEEP_REFERENCE,
}  # fmt: skip
ADMINISTRATOR = {P.KEEP_ACCOUNTS, P.READ_AUDIT}
OF_RELATION = {
    Relation.AUTHOR: {P.EDIT_SUBMISSION, P.COMMENT, P.EDIT_PRACTICE, P.EDIT_APPLICATION},
    Relation.FIRST_AUTHOR: {P.NAME_CO_AUTHORS},
    Relation.REVIEWER: {P.DECIDE, P.RESOLVE},
    Relation.COMMENTER: {P.RESOLVE},
    Relation.ORGANISER: {P.EDIT_EVENT},
    Relation.OWNER: {
        P.PROPOSE_CHANGE,
        P.TAG_CASE,
        P.RETIRE_CASE,
        P.CONFIRM_CASE,
        P.REMARK_CASE,
        P.RETIRE_PRACTICE,
    },
}


def actor(*roles: Role, active: bool = True) -> Account:
    return Account(id="anna", email="", name="Anna", roles=frozenset(roles), active=active)


def allowed(account: Account | None, *relations: Relation) -> set[Permission]:
    return {permission for permission in Permission if permits(account, permission, *relations)}


@pytest.mark.parametrize(
    ("roles", "may"),
    [
        ((Role.INVESTIGATOR,), EVERY_OFFICER),
        ((Role.PRESENTER,), EVERY_OFFICER),
        ((Role.COORDINATOR,), COORDINATOR),
        ((Role.ADMINISTRATOR,), ADMINISTRATOR),
        ((Role.ADMINISTRATOR, Role.PRESENTER), ADMINISTRATOR | EVERY_OFFICER),
        ((Role.OPERATOR,), ADMINISTRATOR | {P.READ, P.OPERATE, P.CURATE_CONCEPTS}),
        ((), set()),
    ],
)
def test_each_role_may_do_its_own_and_nothing_else(roles: tuple[Role, ...], may: set[Permission]) -> None:
    assert allowed(actor(*roles)) == may


@pytest.mark.parametrize("relation", list(Relation))
def test_an_officer_may_do_more_with_what_is_theirs(relation: Relation) -> None:
    assert allowed(actor(Role.PRESENTER), relation) == EVERY_OFFICER | OF_RELATION[relation]


@pytest.mark.parametrize("relation", list(Relation))
def test_an_administrator_has_no_right_to_a_record_even_if_it_is_theirs(relation: Relation) -> None:
    assert allowed(actor(Role.ADMINISTRATOR), relation) == ADMINISTRATOR


def test_nobody_reviews_a_submission_of_their_own() -> None:
    assert not permits(actor(Role.COORDINATOR), P.REVIEW, Relation.AUTHOR)
    assert permits(actor(Role.COORDINATOR), P.REVIEW, Relation.OWNER)


@pytest.mark.parametrize("account", [None, actor(*Role, active=False)])
def test_a_visitor_and_a_disabled_account_may_do_nothing(account: Account | None) -> None:
    assert allowed(account, *Relation) == set()
    with pytest.raises(NotSignedIn):
        demand(account, P.READ)


def test_a_demand_gives_the_actor_back() -> None:
    assert demand(OPERATOR, P.OPERATE) is OPERATOR


@pytest.mark.parametrize("permission", list(Permission))
def test_a_refusal_says_who_may(permission: Permission) -> None:
    with pytest.raises(Forbidden, match=r"\.$") as refused:
        demand(actor(), permission)
    assert str(refused.value) == RULES[permission].refusal
