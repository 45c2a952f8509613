"""What every account store promises, asked of SQLite and of the fake."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.adapters.accounts.accounts import SqlAccounts
from kb.adapters.accounts.database import open_database
from kb.domain.account import Account, Role
from kb.domain.errors import Invalid
from kb.domain.marking import Organisation
from kb.domain.ports import AccountStore, NewAccount
from tests.fakes.accounts import MemoryAccounts

AUSTRIA = Organisation(id="unit-at", name="Unit, Austria", country="AT")
BELGIUM = Organisation(id="unit-be", name="Unit, Belgium", country="BE")


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> AccountStore:
    if request.param == "memory":
        return MemoryAccounts()
    return SqlAccounts(open_database(tmp_path / "accounts.db"))


def new(identifier: str = "aaa", email: str = "a@example.org", **more: object) -> NewAccount:
    plain = {"name": "Somebody", "organisation": AUSTRIA, "roles": {Role.INVESTIGATOR}}
    return NewAccount.model_validate({"id": identifier, "email": email, **plain, **more})


def test_an_added_account_is_found_by_id_and_whole(store: AccountStore) -> None:
    added = store.add(
        new(name="Ирина", roles={Role.INVESTIGATOR, Role.COORDINATOR}, language="ru", demo=True)
    )

    assert store.get("aaa") == added
    assert added == Account(
        id="aaa",
        email="a@example.org",
        name="Ирина",
        organisation=AUSTRIA,
        roles=frozenset({Role.INVESTIGATOR, Role.COORDINATOR}),
        language="ru",
        demo=True,
    )


def test_an_account_without_organisation_and_roles_is_kept_as_such(store: AccountStore) -> None:
    store.add(new(organisation=None, roles=frozenset()))

    found = store.get("aaa")

    assert found is not None
    assert (found.organisation, found.roles) == (None, frozenset())


def test_nobody_is_found_where_nobody_is(store: AccountStore) -> None:
    assert store.get("aaa") is None
    assert store.by_email("a@example.org") is None
    assert store.list() == ()
    assert store.named({"aaa"}) == {}
    assert store.organisations() == ()


@pytest.mark.parametrize("typed", ["a@example.org", "A@Example.ORG", " a@example.org "])
def test_an_address_is_found_however_it_is_typed(store: AccountStore, typed: str) -> None:
    added = store.add(new())

    assert store.by_email(typed) == added


def test_an_address_that_is_taken_is_refused_however_it_is_typed(store: AccountStore) -> None:
    store.add(new())

    with pytest.raises(Invalid, match="already") as refused:
        store.add(new("bbb", "A@EXAMPLE.org"))

    assert refused.value.problems[0][0] == "email"
    assert [account.id for account in store.list()] == ["aaa"]


def test_accounts_are_listed_by_address(store: AccountStore) -> None:
    store.add(new("aaa", "Zoe@example.org"))
    store.add(new("bbb", "adam@example.org", organisation=BELGIUM))

    assert [account.id for account in store.list()] == ["bbb", "aaa"]


def test_the_named_are_those_that_exist(store: AccountStore) -> None:
    first, second = store.add(new()), store.add(new("bbb", "b@example.org"))
    store.add(new("ccc", "c@example.org"))

    assert store.named({"aaa", "bbb", "nobody"}) == {"aaa": first, "bbb": second}


CHANGES: dict[str, object] = {
    "name": "Another",
    "language": "fr",
    "roles": frozenset({Role.ADMINISTRATOR}),
    "organisation": BELGIUM,
    "active": False,
}
OWN = ("name", "language")


def test_what_its_owner_decides_is_kept_and_nothing_else(store: AccountStore) -> None:
    before = store.add(new())

    store.set_profile(before.model_copy(update=CHANGES))

    assert store.get("aaa") == before.model_copy(update={name: CHANGES[name] for name in OWN})


def test_what_administrators_decide_is_kept_and_nothing_else(store: AccountStore) -> None:
    before = store.add(new())

    store.set_standing(before.model_copy(update=CHANGES))

    decided = {name: value for name, value in CHANGES.items() if name not in OWN}
    assert store.get("aaa") == before.model_copy(update=decided)


def test_an_organisation_can_be_left(store: AccountStore) -> None:
    before = store.add(new())

    store.set_standing(before.model_copy(update={"organisation": None}))

    assert store.get("aaa") == before.model_copy(update={"organisation": None})


def test_changing_somebody_unknown_makes_nobody(store: AccountStore) -> None:
    account = Account(id="nobody", email="n@example.org", name="Nobody", roles=frozenset({Role.PRESENTER}))

    store.set_profile(account)
    store.set_standing(account)

    assert store.get("nobody") is None
    assert store.list() == ()


def test_a_new_account_has_no_password(store: AccountStore) -> None:
    store.add(new())

    assert store.password_hash("aaa") is None
    assert store.password_hash("nobody") is None


def test_a_password_hash_is_kept_until_the_next(store: AccountStore) -> None:
    store.add(new())

    store.set_password_hash("aaa", "one")
    store.set_password_hash("aaa", "two")

    assert store.password_hash("aaa") == "two"


def test_a_password_can_be_taken_away(store: AccountStore) -> None:
    store.add(new())
    store.set_password_hash("aaa", "one")

    store.set_password_hash("aaa", None)

    assert store.password_hash("aaa") is None


def test_organisations_come_by_name_and_with_the_accounts_that_bring_them(store: AccountStore) -> None:
    store.add(new("bbb", "b@example.org", organisation=BELGIUM))
    store.add(new())

    assert store.organisations() == (AUSTRIA, BELGIUM)


def test_a_renamed_organisation_is_renamed_for_all_its_accounts(store: AccountStore) -> None:
    store.add(new())
    store.add(new("bbb", "b@example.org"))
    renamed = AUSTRIA.model_copy(update={"name": "New name"})

    store.rename_organisation(AUSTRIA.id, renamed.name)
    store.rename_organisation("unknown", "Nobody's")

    assert {account.organisation for account in store.list()} == {renamed}
    assert store.organisations() == (renamed,)


def test_an_account_read_before_a_renaming_does_not_undo_it(store: AccountStore) -> None:
    before = store.add(new())
    store.rename_organisation(AUSTRIA.id, "New name")

    store.set_standing(before.model_copy(update={"active": False}))
    store.add(new("bbb", "b@example.org"))

    assert [each.name for each in store.organisations()] == ["New name"]
