"""An account's standing, its second factor and its organisation, as administrators change them."""

from __future__ import annotations

import pytest

from kb.domain.account import OPERATOR, Account, Role
from kb.domain.errors import Forbidden, Invalid, NotFound
from kb.services.standing import OWN_ROLE, Standing
from tests.services.people import INVITATION, PASSWORD, STANDING, UNIT, People


def test_another_standing_ends_the_sessions_that_were_opened_for_the_old_one(
    people: People, anna: Account, admin: Account
) -> None:
    """ASVS 5.0 V7.4 and V8.3: what an account may changes at once."""
    session = people.sessions.open(anna).token

    changed = people.accounts.change_standing(admin, anna.id, STANDING)

    assert people.sessions.resolve(session) is None
    assert people.store.get("anna") == changed
    assert changed.roles == {Role.COORDINATOR}
    assert changed.organisation is not None
    assert (changed.organisation.name, changed.organisation.country) == ("Unit, France", "FR")
    row = people.log.rows[-1]
    assert (row.actor, row.action, row.subject) == ("admin", "account.standing-changed", "anna")
    assert row.detail == f"coordinator, {changed.organisation.id}"


def test_the_standing_that_an_account_has_already_ends_nothing(
    people: People, anna: Account, admin: Account
) -> None:
    session = people.sessions.open(anna).token
    same = Standing(roles=anna.roles, organisation=" UNIT,  Austria ", country="at")

    assert people.accounts.change_standing(admin, anna.id, same) == anna

    assert people.sessions.resolve(session)


def test_administrators_change_their_own_standing_but_stay_administrators(
    people: People, admin: Account
) -> None:
    both = Standing(
        roles=frozenset({Role.ADMINISTRATOR, Role.COORDINATOR}), organisation="Unit", country="FR"
    )

    with pytest.raises(Invalid, match=OWN_ROLE):
        people.accounts.change_standing(admin, admin.id, STANDING)
    changed = people.accounts.change_standing(admin, admin.id, both)
    alone = people.accounts.change_standing(
        changed, admin.id, Standing(roles=frozenset({Role.ADMINISTRATOR}))
    )

    assert changed.roles == both.roles
    assert alone.roles == {Role.ADMINISTRATOR}
    assert alone.organisation is None
    assert people.log.rows[-1].detail == "administrator"


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"roles": frozenset()}, ["roles"]),
        ({"roles": frozenset({Role.OPERATOR})}, ["roles"]),
        ({"organisation": " ", "country": ""}, ["organisation"]),
        ({"country": "Francia"}, ["country"]),
        ({"organisation": "x" * 301}, ["name"]),
    ],
)
def test_a_standing_that_cannot_be_kept_is_refused_at_its_field(
    people: People, anna: Account, change: dict[str, object], fields: list[str]
) -> None:
    with pytest.raises(Invalid) as refused:
        people.accounts.change_standing(OPERATOR, anna.id, STANDING.model_copy(update=change))

    assert [name for name, _ in refused.value.problems] == fields
    assert people.store.get("anna") == anna


def test_who_lost_their_device_begins_anew_with_a_new_password(
    people: People, anna: Account, admin: Account
) -> None:
    """ASVS 5.0 V6.4: after a reset of the factor a password that was stolen is not enough."""
    people.enrol(anna)
    session = people.sessions.open(anna).token

    link = people.accounts.reset_second_factor(admin, anna.id)

    assert people.sessions.resolve(session) is None
    assert people.second_factor.state(admin, "anna").recovery_left == 0
    with pytest.raises(Invalid):
        people.sessions.sign_in(anna.email, PASSWORD)
    people.passwords.set_by_link(link.token, "other words that last")
    assert people.sessions.sign_in(anna.email, "other words that last").token
    assert ("admin", "second-factor.reset", "anna") in people.audited()


def test_nobody_resets_their_own_factor_or_that_of_a_disabled_account(
    people: People, anna: Account, admin: Account
) -> None:
    with pytest.raises(Invalid, match="your own account"):
        people.accounts.reset_second_factor(admin, admin.id)

    people.accounts.disable(admin, anna.id)
    with pytest.raises(Invalid, match="Enable it first"):
        people.accounts.reset_second_factor(admin, anna.id)


def test_who_keeps_accounts_sees_whether_others_have_a_second_factor(
    people: People, anna: Account, admin: Account
) -> None:
    people.enrol(anna)

    assert people.second_factor.state(admin, "anna").on
    assert not people.second_factor.state(admin, "admin").on
    with pytest.raises(NotFound):
        people.second_factor.state(admin, "nobody")
    with pytest.raises(Forbidden):
        people.second_factor.state(anna, "admin")


def test_organisations_are_listed_with_how_many_act_for_them(
    people: People, anna: Account, admin: Account
) -> None:
    people.accounts.invite(admin, INVITATION)
    people.accounts.change_standing(admin, admin.id, Standing(roles=admin.roles))

    lines = people.accounts.organisations_with_counts(admin)

    assert [(each.organisation.name, each.accounts) for each in lines] == [
        ("Unit, Austria", 1),
        ("Unit, France", 1),
    ]


def test_a_renamed_organisation_has_its_new_name_for_everybody(
    people: People, anna: Account, admin: Account
) -> None:
    renamed = people.accounts.rename_organisation(admin, UNIT.id, "  Unit,   Vienna ")

    assert renamed == UNIT.model_copy(update={"name": "Unit, Vienna"})
    assert people.accounts.get(admin, "anna").organisation == renamed
    assert people.audited()[-1] == ("admin", "organisation.renamed", UNIT.id)
    assert people.accounts.rename_organisation(admin, UNIT.id, "UNIT, Vienna").name == "UNIT, Vienna"


@pytest.mark.parametrize("name", ["", "  ", "unit, wien", "x" * 301])
def test_a_name_that_cannot_be_kept_or_is_taken_renames_nothing(
    people: People, anna: Account, name: str
) -> None:
    wien = INVITATION.model_copy(update={"organisation": "Unit, Wien", "country": "AT"})
    people.accounts.invite(OPERATOR, wien)

    with pytest.raises(Invalid) as refused:
        people.accounts.rename_organisation(OPERATOR, UNIT.id, name)

    assert [field for field, _ in refused.value.problems] == ["name"]
    assert people.accounts.get(OPERATOR, "anna").organisation == UNIT


def test_an_organisation_that_does_not_exist_is_not_renamed(people: People) -> None:
    with pytest.raises(NotFound):
        people.accounts.rename_organisation(OPERATOR, "nowhere", "Name")
