"""Demo accounts: one per role, where there is no account at all."""

from __future__ import annotations

import pytest

from kb.domain.account import OPERATOR, Account, Role
from kb.domain.errors import Forbidden
from kb.domain.second_factor import REQUIRED_FOR
from kb.domain.session import Stage
from kb.services.demo import AUSTRIA, BELGIUM
from tests.services.people import People


def test_the_first_start_makes_one_demo_account_per_role(people: People) -> None:
    made = people.demo.create(OPERATOR)

    assert {role for each in made for role in each.account.roles} == set(Role) - {Role.OPERATOR}
    assert {each.account.organisation for each in made} == {AUSTRIA, BELGIUM}
    assert all(each.account.demo and each.account.email.endswith("@example.org") for each in made)
    assert [people.sessions.sign_in(each.account.email, each.password).stage for each in made] == [
        Stage.CODE if each.secret else Stage.FULL for each in made
    ]
    assert len({each.password for each in made}) == len(made)
    assert [action for _, action, _ in people.audited()].count("account.demo") == len(made)


def test_demo_accounts_whose_role_needs_a_second_factor_come_with_one(people: People) -> None:
    made = people.demo.create(OPERATOR)

    assert {role for each in made if each.secret for role in each.account.roles} == REQUIRED_FOR
    for each in made:
        if each.secret:
            half = people.sessions.sign_in(each.account.email, each.password).token
            code = people.second_factor.current_code(OPERATOR, each.account.id)
            assert people.sessions.prove(half, code).stage is Stage.FULL


def test_demo_accounts_are_made_only_where_there_is_no_account(people: People, anna: Account) -> None:
    assert people.demo.create(OPERATOR) == ()
    assert people.store.list() == (anna,)


def test_only_an_operator_makes_demo_accounts(people: People, admin: Account) -> None:
    with pytest.raises(Forbidden):
        people.demo.create(admin)
