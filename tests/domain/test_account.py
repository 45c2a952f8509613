from __future__ import annotations

import pytest

from kb.domain.account import OFFICER_ROLES, OFFICER_WITHOUT_ORGANISATION, OPERATOR, Account, Role
from kb.domain.marking import COORDINATOR, OFFICER, OFFICERS_VIEWER, OPERATOR_VIEWER, PUBLIC, Viewer
from tests.samples import VIENNA


def an_account(*roles: Role, **fields: object) -> Account:
    sound: dict[str, object] = {"id": "anna", "email": "anna@unit.example", "name": "Anna"}
    return Account.model_validate({**sound, "organisation": VIENNA, "roles": roles, **fields})


@pytest.mark.parametrize("role", sorted(OFFICER_ROLES))
def test_every_officer_role_gives_the_tokens_of_person_organisation_and_country(role: Role) -> None:
    account = an_account(role)

    assert account.is_officer
    assert account.viewer.organisation == "vienna"
    assert account.viewer.tokens >= {
        PUBLIC,
        OFFICER,
        "account:anna",
        "organisation:vienna",
        "country:AT",
    }


def test_only_a_coordinator_has_the_tokens_of_one() -> None:
    assert an_account(Role.COORDINATOR).viewer.tokens >= {COORDINATOR, "coordinator:anna"}
    assert COORDINATOR not in an_account(Role.INVESTIGATOR, Role.PRESENTER).viewer.tokens


@pytest.mark.parametrize("roles", [(), (Role.ADMINISTRATOR,)])
def test_without_an_officer_role_no_record_exists(roles: tuple[Role, ...]) -> None:
    assert not an_account(*roles).is_officer
    assert an_account(*roles).viewer == Viewer()


def test_an_administrator_who_is_also_an_officer_reads_as_an_officer() -> None:
    assert an_account(Role.ADMINISTRATOR, Role.PRESENTER).is_officer


def test_a_disabled_account_is_no_officer() -> None:
    account = an_account(Role.COORDINATOR, active=False)

    assert not account.is_officer
    assert account.viewer == Viewer()


def test_an_officer_without_organisation_sees_what_every_officer_sees() -> None:
    viewer = OFFICER_WITHOUT_ORGANISATION.viewer

    assert viewer.organisation is None
    assert viewer.tokens == OFFICERS_VIEWER.tokens | {"account:officer"}


def test_the_operator_is_unrestricted_and_no_officer() -> None:
    assert OPERATOR.viewer == OPERATOR_VIEWER
    assert not OPERATOR.is_officer
